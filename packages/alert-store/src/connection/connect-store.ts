import { Client } from "@elastic/elasticsearch";
import { mendedConnections } from "./mended-connection.ts";
import type { StoreServer } from "./store-server.ts";

/** Where a cluster is, and how it is spoken to. */
export interface ConnectOptions {
  /** `https://search.example.org:9200`, or several nodes of one cluster. */
  readonly node: string | readonly string[];
  readonly auth?:
    | { readonly username: string; readonly password: string }
    | { readonly apiKey: string }
    | { readonly bearer: string };
}

/** A client of a cluster, and what the cluster is. */
export interface ConnectedStore {
  /** The official client; it speaks to OpenSearch and to Elasticsearch 8 just as well. */
  readonly client: Client;
  /**
   * What the server is: it is asked once, with the first request or here.
   *
   * @throws {StoreError} `STORE_UNSUPPORTED`, `STORE_REFUSED`, `STORE_UNAVAILABLE`.
   */
  readonly server: () => Promise<StoreServer>;
}

/** A client for any supported server. Makes no request. */
export const connectStore = ({ node, auth }: ConnectOptions): ConnectedStore => {
  const { Connection, server } = mendedConnections();
  const client = new Client({ nodes: [node].flat(), Connection, ...(auth !== undefined && { auth }) });
  return { client, server };
};
