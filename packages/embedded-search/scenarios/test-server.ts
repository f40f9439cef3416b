/** A server to compare against. */
export interface TestServer {
  readonly url: string;
  /** Stops it if it was started here. */
  readonly stop: () => Promise<void>;
}

/** The server at a URL; without one, a real Elasticsearch that is started now. */
export const testServer = async (url: string | undefined): Promise<TestServer> => {
  if (url !== undefined) return { url, stop: () => Promise.resolve() };
  const { startElasticsearch } = await import("../../../scripts/elasticsearch/start.ts");
  return startElasticsearch({ isInMemory: true });
};
