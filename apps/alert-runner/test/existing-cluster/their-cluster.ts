const NAME = "logs-system.auth-default";
const TEMPLATE = "logs-system.auth";

/** As in Elastic Agent's templates, as far as alerts may look. */
const MAPPINGS = {
  properties: {
    "@timestamp": { type: "date" },
    message: { type: "text" },
    tags: { type: "keyword" },
    process: { properties: { name: { type: "keyword" }, pid: { type: "long" } } },
    source: { properties: { ip: { type: "ip" }, port: { type: "long" } } },
    user: { properties: { name: { type: "keyword" } } },
    host: { properties: { name: { type: "keyword" }, hostname: { type: "keyword" } } },
    event: {
      properties: Object.fromEntries(
        ["dataset", "module", "category", "action", "outcome"].map((name) => [name, { type: "keyword" }]),
      ),
    },
    data_stream: {
      properties: Object.fromEntries(["type", "dataset", "namespace"].map((name) => [name, { type: "keyword" }])),
    },
  },
};

type Json = Record<string, unknown>;

interface Stats {
  readonly indices: Readonly<
    Record<
      string,
      {
        readonly primaries: {
          readonly docs: { readonly count: number; readonly deleted: number };
          readonly indexing: { readonly index_total: number; readonly delete_total: number };
        };
      }
    >
  >;
}

/** What is in a cluster, to compare it with what is in it later. */
export interface ClusterState {
  readonly value: unknown;
  /** As a table of Markdown. */
  readonly table: (title: string) => string;
}

/** The cluster of a team, seen by those who run it. */
export class TheirCluster {
  readonly #url: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #hasStreams: boolean;

  /** @param user - Name and password, with a colon between; without, the server has no security, and data streams. */
  constructor(url: string, user: string | undefined) {
    this.#url = url;
    this.#hasStreams = user === undefined;
    this.#headers = user === undefined ? {} : { authorization: `Basic ${Buffer.from(user).toString("base64")}` };
  }

  /** Makes the data stream, or where the server has none an index of that name, and puts documents into it. */
  async fill(documents: readonly object[]): Promise<void> {
    await this.empty();
    if (this.#hasStreams)
      await this.#call("PUT", `/_index_template/${TEMPLATE}`, {
        index_patterns: [`${TEMPLATE}-*`],
        data_stream: {},
        template: { mappings: MAPPINGS },
      });
    else await this.#call("PUT", `/${NAME}`, { mappings: MAPPINGS });
    const lines = documents.flatMap((document) => [{ create: {} }, document]);
    const body = `${lines.map((line) => JSON.stringify(line)).join("\n")}\n`;
    const { errors } = await this.#call("POST", `/${NAME}/_bulk?refresh=true`, body);
    if (errors !== false) throw new Error("The events could not be put into the cluster of the team.");
  }

  async empty(): Promise<void> {
    if (!this.#hasStreams) {
      await this.#call("DELETE", `/${NAME}?ignore_unavailable=true`);
      return;
    }
    const streams = (await this.#call("GET", "/_data_stream")).data_streams as { name: string }[];
    if (streams.some(({ name }) => name === NAME)) await this.#call("DELETE", `/_data_stream/${NAME}`);
    const { index_templates } = await this.#call("GET", "/_index_template");
    const isThere = (index_templates as { name: string }[]).some(({ name }) => name === TEMPLATE);
    if (isThere) await this.#call("DELETE", `/_index_template/${TEMPLATE}`);
  }

  async state(): Promise<ClusterState> {
    await this.#call("POST", "/_refresh");
    const { indices } = (await this.#call("GET", "/_stats")) as unknown as Stats;
    // Those of the server's own security change with each key.
    const names = Object.keys(indices).filter((name) => !name.startsWith(".security"));
    const rows = names.toSorted().map((name) => {
      const { docs, indexing } = indices[name]?.primaries ?? never(name);
      return {
        name,
        documents: docs.count,
        deleted: docs.deleted,
        writes: indexing.index_total,
        deletes: indexing.delete_total,
      };
    });
    const { index_templates } = await this.#call("GET", "/_index_template");
    const templates = (index_templates as { name: string }[]).map(({ name }) => name).toSorted();
    const kept = names.length === 0 ? {} : await this.#call("GET", `/${names.map(encodeURIComponent).join(",")}`);
    return { value: { rows, templates, kept }, table: (title) => tableOf(title, rows) };
  }

  async #call(method: string, path: string, body?: unknown): Promise<Json> {
    const response = await fetch(`${this.#url}${path}`, {
      method,
      headers: {
        ...this.#headers,
        "content-type": typeof body === "string" ? "application/x-ndjson" : "application/json",
      },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text) as Json;
  }
}

const never = (name: string): never => {
  throw new Error(`The server says nothing of ${name}.`);
};

const tableOf = (title: string, rows: readonly Readonly<Record<string, string | number>>[]): string =>
  [
    `| ${title} | documents | deleted | written | deletions |`,
    "| --- | --- | --- | --- | --- |",
    ...rows.map((row) => `| ${Object.values(row).join(" | ")} |`),
  ].join("\n");
