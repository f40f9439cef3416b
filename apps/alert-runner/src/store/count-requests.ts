import type { Client } from "@elastic/elasticsearch";
import type { Counter } from "prom-client";

/**
 * Counts what is asked of the store, by the API of the client: `bulk`, `msearch`; `other` is what alerts look up in their own process. Not by
 * `client.diagnostic`: whoever listens there takes the embedded store off its short path.
 */
export const countRequests = (client: Client, requests: Counter<"api">): void => {
  const { transport } = client;
  // Its three forms differ in what they return, which is passed on as it is.
  const send = transport.request.bind(transport) as (...request: Parameters<typeof transport.request>) => never;
  transport.request = (...request: Parameters<typeof transport.request>): never => {
    requests.inc({ api: request[0].meta?.name ?? "other" });
    return send(...request);
  };
};
