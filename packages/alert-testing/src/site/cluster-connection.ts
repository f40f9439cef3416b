import type {
  BaseConnection,
  ConnectionRequestOptions,
  ConnectionRequestParams,
  ConnectionRequestResponse,
} from "@elastic/elasticsearch";
import { mendedConnections } from "@mozdef/alert-store";
import type { Prefixer } from "./prefix-requests.ts";
import type { SiteRequest } from "./test-site.ts";

/** A connection that writes down what passes, and gives a site its own names on a shared cluster. */
export const clusterConnection = (
  record: (request: SiteRequest) => void,
  prefixes: Prefixer,
): typeof BaseConnection => {
  class ClusterConnection extends mendedConnections().Connection {
    // The base declares a second form for streams, which no API used here asks for: hence the return type.
    override async request(params: ConnectionRequestParams, options: ConnectionRequestOptions): Promise<never> {
      const started = performance.now();
      const response = await super.request(prefixed(params, prefixes), options);
      record({ method: params.method, path: params.path, ms: performance.now() - started });
      return stripped(response, prefixes) as never;
    }
  }
  return ClusterConnection;
};

const prefixed = (params: ConnectionRequestParams, { path, body }: Prefixer): ConnectionRequestParams => {
  const text = typeof params.body === "string" || Buffer.isBuffer(params.body) ? params.body.toString() : null;
  if (text === null) return { ...params, path: path(params.path) };
  const changed = body(params.path, text);
  const headers = { ...params.headers, "content-length": String(Buffer.byteLength(changed)) };
  return { ...params, path: path(params.path), body: changed, headers };
};

const stripped = (response: ConnectionRequestResponse, { answer }: Prefixer): ConnectionRequestResponse => ({
  ...response,
  body: answer(response.body.toString()),
});
