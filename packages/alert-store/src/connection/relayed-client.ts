import {
  BaseConnection,
  Client,
  type ConnectionRequestOptions,
  type ConnectionRequestParams,
  errors,
} from "@elastic/elasticsearch";
import { LARGEST_BODY } from "./gate/bodies.ts";
import { inLane } from "./gate/lanes.ts";

/** A request to a store that another process has. */
export interface RelayedRequest {
  readonly method: string;
  /** Without the query string, percent-encoded. */
  readonly path: string;
  /** Without `?`. */
  readonly querystring: string;
  readonly body: string | null;
}

/** The answer, whatever its status. */
export interface RelayedAnswer {
  readonly statusCode: number;
  /** JSON, or empty. */
  readonly body: string;
}

/** Brings a request to the process that has the store. Rejects when the store does not answer. */
export type Relay = (request: RelayedRequest) => Promise<RelayedAnswer>;

const HEADERS = { "content-type": "application/json", "x-elastic-product": "Elasticsearch" };

/** The official client for a process that has no store of its own: each request is brought to the one that has. */
export const relayedClient = (relay: Relay): Client => {
  class RelayedConnection extends BaseConnection {
    // The base declares a second form for streams, which no API used here asks for: hence the return type.
    override async request(
      { method, path, querystring, body }: ConnectionRequestParams,
      _options: ConnectionRequestOptions,
    ): Promise<never> {
      const request = { method, path, querystring: querystring ?? "", body: textOf(body) };
      try {
        return { ...(await relay(request)), headers: HEADERS } as never;
      } catch (error) {
        throw new errors.ConnectionError(error instanceof Error ? error.message : String(error));
      }
    }

    override close(): Promise<void> {
      return Promise.resolve();
    }
  }
  return new Client({ node: "http://relayed", Connection: RelayedConnection, maxRetries: 0 });
};

const textOf = (body: ConnectionRequestParams["body"]): string | null => {
  if (body == null) return null;
  if (typeof body === "string" || Buffer.isBuffer(body)) return body.toString();
  throw new TypeError("A stream cannot be relayed.");
};

/** APIs that only read, by the last part of their path, and the methods they are asked by. */
const READING: Readonly<Record<string, readonly string[]>> = {
  _count: ["GET", "POST"],
  _field_caps: ["GET", "POST"],
  _mget: ["GET", "POST"],
  _msearch: ["GET", "POST"],
  _pit: ["POST", "DELETE"],
  _search: ["GET", "POST"],
};

/** `DELETE /_pit` closes a point in time; with anything before it, and for all other APIs, DELETE is refused. */
const isReading = ({ method, path }: RelayedRequest): boolean => {
  const last = path.split("/").at(-1) ?? "";
  if (Object.hasOwn(READING, last))
    return READING[last]?.includes(method) === true && (method !== "DELETE" || path === "/_pit");
  return method === "GET" || method === "HEAD";
};

/**
 * Answers a request that was brought here: of code that may read, and nothing else.
 *
 * @throws what the client throws when the store does not answer.
 */
export const answerRelayed = async (client: Client, request: RelayedRequest): Promise<RelayedAnswer> => {
  if (!isReading(request)) return refused(request);
  if ((request.body?.length ?? 0) > LARGEST_BODY) return tooLarge(request);
  const { method, path, querystring, body } = request;
  const isLines = path.endsWith("/_msearch");
  const sent = body === null ? {} : isLines ? { bulkBody: body } : { body };
  // A body that is text already would be announced as plain text.
  const headers = { "content-type": isLines ? "application/x-ndjson" : "application/json", accept: "application/json" };
  try {
    const { statusCode, body: answer } = await client.transport.request(
      { method, path, querystring, ...sent },
      { meta: true, headers, ...inLane("alerts") },
    );
    return { statusCode, body: method === "HEAD" ? "" : JSON.stringify(answer) };
  } catch (error) {
    if (!(error instanceof errors.ResponseError) || error.statusCode === undefined) throw error;
    return { statusCode: error.statusCode, body: method === "HEAD" ? "" : JSON.stringify(error.body ?? "") };
  }
};

const tooLarge = ({ body }: RelayedRequest): RelayedAnswer => {
  const reason = `the body has ${body?.length ?? 0} characters, more than ${LARGEST_BODY}`;
  return { statusCode: 413, body: JSON.stringify({ error: { type: "content_too_large", reason }, status: 413 }) };
};

const refused = ({ method, path }: RelayedRequest): RelayedAnswer => {
  const reason = `alerts may only read; what they keep goes through context.state: ${method} ${path.slice(0, 200)}`;
  return { statusCode: 403, body: JSON.stringify({ error: { type: "security_exception", reason }, status: 403 }) };
};
