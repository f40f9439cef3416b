import {
  type BaseConnection,
  type ConnectionOptions,
  type ConnectionRequestOptions,
  type ConnectionRequestParams,
  type ConnectionRequestResponse,
  HttpConnection,
  UndiciConnection,
} from "@elastic/elasticsearch";
import { askServer } from "./ask-server.ts";
import { explained } from "./explain-failure.ts";
import { mendPageSort } from "./mend-page-sort.ts";
import { mendPointInTime, mendPointInTimeAnswer } from "./mend-point-in-time.ts";
import { storeError } from "../store-error.ts";
import { once } from "./once.ts";
import { pinnedConnection } from "./pinned-connection.ts";
import type { StoreServer } from "./store-server.ts";

/** A kind of connection for one client, and what it is connected to. */
export interface MendedConnections {
  readonly Connection: typeof BaseConnection;
  /** What the server is, asked once; the first node that answers says it. */
  readonly server: () => Promise<StoreServer>;
}

/** How the server is reached. */
export interface MendedOptions {
  readonly hasProxy?: boolean;
  readonly fingerprint?: string | undefined;
}

const baseConnection = (hasProxy: boolean, fingerprint: string | undefined): typeof BaseConnection => {
  if (fingerprint !== undefined) return pinnedConnection(fingerprint);
  return hasProxy ? HttpConnection : UndiciConnection;
};

/**
 * Connections, for one client, that speak to every supported server: the official client itself speaks to
 * Elasticsearch 9 alone. Before its first request it asks the server what it is. Then it mends the types of contents, the
 * header by which the client knows its product, and the requests that OpenSearch has under other paths.
 *
 * @param options.hasProxy - Only the client's older connection, over `node:http`, knows proxies. Default false.
 * @param options.fingerprint - Of a certificate that is trusted; see `tls.fingerprint` of `connectStore`.
 */
export const mendedConnections = ({ hasProxy = false, fingerprint }: MendedOptions = {}): MendedConnections => {
  const Base = baseConnection(hasProxy, fingerprint);
  const serverBehind = once((ask: () => Promise<StoreServer>) => ask());
  const connections: MendedConnection[] = [];

  class MendedConnection extends Base {
    constructor(options: ConnectionOptions) {
      super(options);
      connections.push(this);
    }

    server(options: ConnectionRequestOptions = ASKED_BY_HAND): Promise<StoreServer> {
      return serverBehind(() =>
        askServer(async (path, querystring, accept) => {
          const asked = { method: "GET", path, querystring, headers: { accept } };
          const { statusCode, headers, body } = await this.#send(asked, options);
          return { statusCode, headers, body: parsed(body.toString()) };
        }),
      );
    }

    // The base declares a second form for streams, which no API used here asks for: hence the return type.
    override async request(params: ConnectionRequestParams, options: ConnectionRequestOptions): Promise<never> {
      const server = await this.server(options);
      const response = await this.#send(mendRequest(server, params), options);
      return mendAnswer(server, params, response) as never;
    }

    async #send(params: ConnectionRequestParams, options: ConnectionRequestOptions) {
      try {
        return await super.request(params, options);
      } catch (error) {
        throw explained(error, this.url);
      }
    }
  }
  return { Connection: MendedConnection, server: () => firstOf(connections.map((one) => () => one.server())) };
};

const ASKED_BY_HAND: ConnectionRequestOptions = { requestId: 0, name: "server", context: null };

const firstOf = async (asks: readonly (() => Promise<StoreServer>)[]): Promise<StoreServer> => {
  const failures: unknown[] = [];
  for (const ask of asks)
    try {
      return await ask();
    } catch (error) {
      failures.push(error);
    }

  throw storeError("Cannot ask the store what it is", failures[0]);
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

const isElasticsearch8 = ({ family, version }: StoreServer): boolean =>
  family === "elasticsearch" && version?.startsWith("8") === true;

const mendRequest = (server: StoreServer, params: ConnectionRequestParams): ConnectionRequestParams => {
  if (server.family === "opensearch") return mendPageSort(server, mendPointInTime(withPlainTypes(params)));
  return isElasticsearch8(server) ? withPlainTypes(params) : params;
};

/** Elasticsearch 8 refuses the types of version 9, OpenSearch those of any. */
const withPlainTypes = (params: ConnectionRequestParams): ConnectionRequestParams => {
  const { "content-type": content, accept, ...headers } = params.headers ?? {};
  return {
    ...params,
    headers: {
      ...headers,
      ...(content !== undefined && { "content-type": plainType(content) }),
      ...(accept !== undefined && { accept: plainType(accept) }),
    },
  };
};

const plainType = (type: string): string =>
  type.replaceAll("application/vnd.elasticsearch+", "application/").replaceAll(/;\s*compatible-with=\d+/g, "");

const mendAnswer = (
  { family }: StoreServer,
  params: ConnectionRequestParams,
  response: ConnectionRequestResponse,
): ConnectionRequestResponse => {
  // OpenSearch does not send it, and a proxy may take it away.
  const headers = { ...response.headers, "x-elastic-product": "Elasticsearch" };
  if (family !== "opensearch" || response.statusCode !== 200) return { ...response, headers };
  return { ...response, headers, body: mendPointInTimeAnswer(params, response.body) };
};
