import { Client, type ClientOptions } from "@elastic/elasticsearch";
import { checkOptions } from "./check-options.ts";
import type { ConnectOptions } from "./connect-options.ts";
import { gatedTransport } from "./gate/gated-transport.ts";
import { LONGER } from "./gate/deadlines.ts";
import { mendedConnections } from "./mended-connection.ts";
import type { StoreServer } from "./store-server.ts";
import { tlsOptions } from "./tls-options.ts";

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
  /** For how long the cluster has answered nothing although it was asked, in milliseconds; 0 while that is less than `timeoutMs`. */
  readonly silentMs: () => number;
}

const TIMEOUT_MS = 10_000;

/**
 * A client for any supported server. Makes no request.
 *
 * All its requests, and those of its children, pass one gate: each has a deadline, eight are on their way at the same time, bodies have at most
 * 10 MB unless one document is larger, and what comes back is the answer of a store.
 *
 * @throws {StoreError} `STORE_OPTION_INVALID` with one sentence that names the option.
 */
export const connectStore = (options: ConnectOptions): ConnectedStore => {
  checkOptions(options);
  const { proxy, tls = {} } = options;
  const { Connection, server } = mendedConnections({ hasProxy: proxy !== undefined, fingerprint: tls.fingerprint });
  const { Transport, gate } = gatedTransport(options.timeoutMs ?? TIMEOUT_MS);
  const client = new Client({ ...clientOptions(options), Connection, Transport });
  return { client, server, silentMs: () => gate.silentMs };
};

const clientOptions = ({ tls = {}, folder = ".", ...options }: ConnectOptions): ClientOptions => {
  const { node = [], cloudId, auth, proxy, timeoutMs = TIMEOUT_MS, headers, compression } = options;
  const tlsOfNode = tlsOptions(tls, folder);
  return {
    ...(cloudId === undefined ? { nodes: [node].flat() } : { cloud: { id: cloudId } }),
    ...(Object.keys(tlsOfNode).length > 0 && { tls: tlsOfNode }),
    // The gate gives up by its own clock; this one must not be faster.
    requestTimeout: 2 * LONGER.change * timeoutMs,
    ...(auth !== undefined && { auth }),
    ...(proxy !== undefined && { proxy }),
    ...(headers !== undefined && { headers: { ...headers } }),
    ...(compression !== undefined && { compression }),
  };
};
