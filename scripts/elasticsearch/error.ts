/** Something this machine lacks, or a server that does not come up; the message says what to do. */
export class ElasticsearchError extends Error {
  readonly code = "ELASTICSEARCH_UNAVAILABLE";

  constructor(message: string) {
    super(message);
    this.name = "ElasticsearchError";
  }
}

export const fail = (...lines: readonly string[]): never => {
  throw new ElasticsearchError(lines.join("\n"));
};
