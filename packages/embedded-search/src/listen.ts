import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { StoreRequest, StoreResponse } from "./api/handle-request.ts";
import { MAX_BODY_BYTES } from "./http/decode-body.ts";
import { type Guard, guardOf } from "./guard-request.ts";

/** Where to listen. */
export interface ListenOptions {
  /** 0 = any free one. Default 9200. */
  readonly port?: number;
  /** Default 127.0.0.1: there is no authentication. */
  readonly host?: string;
  /**
   * Names that requests may have in `Host`, beside those of loopback and `host`: `["store.example.org"]`. Others are refused, so that no web
   * page can point a name of its own at the store. Default: none.
   */
  readonly allowedHosts?: readonly string[];
}

/** A store that answers over HTTP. */
export interface ListeningStore {
  readonly host: string;
  readonly port: number;
  readonly url: string;
  /** Lets requests in progress finish. */
  close(): Promise<void>;
}

type Handle = (request: StoreRequest) => StoreResponse | Promise<StoreResponse>;

/** Serves a store over HTTP until it is closed. Rejects when the port is taken. */
export const listen = async (
  handle: Handle,
  { port = 9200, host = "127.0.0.1", allowedHosts = [] }: ListenOptions,
): Promise<ListeningStore> => {
  const shownHost = host.includes(":") ? `[${host}]` : host;
  const guard = guardOf([shownHost, ...allowedHosts]);
  const server = createServer((request, response) => void serve(handle, guard, request, response));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const { port: bound } = server.address() as AddressInfo;
  return { host, port: bound, url: `http://${shownHost}:${bound}`, close: () => closeServer(server) };
};

const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });

const serve = async (
  handle: Handle,
  guard: Guard,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  try {
    const body = await readBody(request);
    const signal = { aborted: false };
    response.once("close", () => (signal.aborted = true));
    const answer = body === undefined ? tooLong : await answerOf(handle, guard, request, body, signal);
    response.writeHead(
      answer.statusCode,
      body === undefined ? { ...answer.headers, connection: "close" } : answer.headers,
    );
    response.end(answer.body);
  } catch (error) {
    // The client disconnected in the middle; there is nobody left to answer.
    response.destroy(error instanceof Error ? error : undefined);
  }
};

const answerOf = (
  handle: Handle,
  guard: Guard,
  request: IncomingMessage,
  body: Uint8Array,
  signal: StoreRequest["signal"],
): StoreResponse | Promise<StoreResponse> => {
  const { method = "GET", url = "/", headers } = request;
  const refused = guard(headers, body.byteLength > 0);
  if (refused !== undefined) return refused;
  const [path, querystring] = splitUrl(url);
  return handle({ method, path, querystring, headers, body, signal });
};

const splitUrl = (url: string): readonly [path: string, querystring: string | undefined] => {
  const at = url.indexOf("?");
  return at === -1 ? [url, undefined] : [url.slice(0, at), url.slice(at + 1)];
};

/** undefined = longer than allowed; the rest is read and dropped, so that the client sees the answer. */
const readBody = async (request: IncomingMessage): Promise<Uint8Array | undefined> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= MAX_BODY_BYTES) chunks.push(chunk);
    else chunks.length = 0;
    if (length > 2 * MAX_BODY_BYTES) return undefined;
  }
  return length <= MAX_BODY_BYTES ? Buffer.concat(chunks) : undefined;
};

const tooLong: StoreResponse = {
  statusCode: 413,
  headers: { "content-type": "application/json", "x-elastic-product": "Elasticsearch" },
  body: JSON.stringify({
    error: {
      root_cause: [{ type: "content_too_long_exception", reason: "The request body is too long" }],
      type: "content_too_long_exception",
      reason: `The request body is longer than the limit of ${MAX_BODY_BYTES} bytes`,
    },
    status: 413,
  }),
};
