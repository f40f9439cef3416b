import type { Cluster } from "../cluster/cluster.ts";
import { illegalArgument, ApiError, unsupported } from "../errors/api-error.ts";
import { checkedLines, decodeBody } from "../http/decode-body.ts";
import { filterByPath } from "../http/filter-path.ts";
import { JsonLines, takesLines } from "../http/json-lines.ts";
import { Parameters } from "../http/parameters.ts";
import { prettyJson } from "../http/pretty-json.ts";
import { parseJson } from "../json/json.ts";
import { plainAnswer } from "../json/plain-answer.ts";
import { type Writable, writeJson } from "../json/write-json.ts";
import { StorageError } from "../storage/storage-error.ts";
import { wrongMediaType } from "./media-type.ts";
import type { ApiRequest } from "./request.ts";
import type { Answer, Router } from "./router.ts";
import { UNSUPPORTED_APIS } from "./routes.ts";
import type { Waiting } from "./waiting.ts";

/** A request as it comes in, from HTTP or from a client in the same process. */
export interface StoreRequest {
  readonly method: string;
  /** Without the query string, percent-encoded, e.g. `/events/_search`. */
  readonly path: string;
  /** Without `?`. */
  readonly querystring?: string | undefined;
  /** Names in lower case. Only `content-encoding` and `accept` are read. */
  readonly headers?: Readonly<Record<string, string | readonly string[] | undefined>> | undefined;
  readonly body?: string | Uint8Array | JsonLines | undefined;
  /** Says when nobody waits for the answer any more, such as an `AbortSignal`: a long search ends then. */
  readonly signal?: Waiting | undefined;
}

/** What is sent back. */
export interface StoreResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON, or empty for HEAD. */
  readonly body: string;
}

/** Answers one request: at once, or later when it takes long. Never throws or rejects: an error is an answer too. */
export const handleRequest = (
  request: StoreRequest,
  router: Router,
  cluster: Cluster,
): StoreResponse | Promise<StoreResponse> => {
  const values = new Map(new URLSearchParams(request.querystring ?? ""));
  const answer = answerOf(request, values, router, cluster);
  if (!(answer instanceof Promise)) return new StoreAnswer(request, values, answer);
  return answer.then(
    (later) => new StoreAnswer(request, values, later),
    (error: unknown) => new StoreAnswer(request, values, failureOf(error)),
  );
};

/** An answer whose text is made when it is asked for. Who is in the same process may take it as objects, see {@link StoreAnswer.read}. */
export class StoreAnswer implements StoreResponse {
  readonly statusCode: number;
  readonly #request: StoreRequest;
  readonly #values: ReadonlyMap<string, string>;
  readonly #answer: Writable;
  #text: string | undefined;

  constructor(request: StoreRequest, values: ReadonlyMap<string, string>, { status, body, isError }: Answer) {
    this.statusCode = status;
    this.#request = request;
    this.#values = isError === true ? withoutFilter(values) : values;
    this.#answer = body;
  }

  get body(): string {
    return (this.#text ??= this.#request.method === "HEAD" ? "" : textOf(this.#answer, this.#values));
  }

  get headers(): Readonly<Record<string, string>> {
    return responseHeaders(this.#request, this.body);
  }

  /** What reading {@link StoreAnswer.body} gives; undefined when it is empty or has to be read to know. */
  read(deserialize: (text: string) => unknown): unknown {
    const isWhole = this.#request.method !== "HEAD" && this.#answer !== "" && !isShaped(this.#values);
    return isWhole ? plainAnswer(this.#answer, deserialize) : undefined;
  }
}

const answerOf = (
  request: StoreRequest,
  values: ReadonlyMap<string, string>,
  router: Router,
  cluster: Cluster,
): Answer | Promise<Answer> => {
  try {
    return dispatch(request, values, router, cluster);
  } catch (error) {
    return failureOf(error);
  } finally {
    cluster.storage.turn();
  }
};

const failureOf = (error: unknown): Answer => {
  const known = error instanceof ApiError ? error : internalError(error);
  return { status: known.status, body: { error: known.toJson(), status: known.status }, isError: true };
};

const withoutFilter = (values: ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
  new Map([...values].filter(([name]) => name !== "filter_path"));

/** Only a stack overflow can still break a parser, and then the input is to blame. */
const internalError = (error: unknown): ApiError => {
  if (error instanceof RangeError && /call stack/i.test(error.message))
    return illegalArgument("The request is nested too deeply");
  if (error instanceof StorageError && error.code === "STORAGE_FULL") return diskFull(error.message);
  if (error instanceof StorageError) return new ApiError(503, { type: "storage_exception", reason: error.message });
  const reason = error instanceof Error ? error.message : String(error);
  return new ApiError(500, { type: "internal_error", reason: `This is a fault of the embedded store: ${reason}` });
};

/** As Elasticsearch when its disk is nearly full: the same request succeeds once there is room. */
const diskFull = (reason: string): ApiError =>
  new ApiError(429, {
    type: "cluster_block_exception",
    reason: `blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, index has read-only-allow-delete block]; ${reason}`,
  });

const dispatch = (
  request: StoreRequest,
  values: ReadonlyMap<string, string>,
  router: Router,
  cluster: Cluster,
): Answer | Promise<Answer> => {
  const path = pathParts(request.path);
  const found = router.find(request.method, path);
  // Looks like the name of an index, but is an API of Elasticsearch.
  if (found.kind === "none" || (found.kind === "wrong_method" && path.length === 1)) refuseUnsupported(path);
  if (found.kind === "wrong_method") return wrongMethod(request, found.allowed);
  if (found.kind === "none") return noHandler(request);
  const lines = takesLines(request.path) ? linesOf(request) : undefined;
  const body = lines === undefined ? bodyOf(request) : "";
  const refused = lines === undefined && body === "" ? undefined : wrongMediaType(headerOf(request, "content-type"));
  if (refused) return refused;
  const parameters = new Parameters(values);
  const apiRequest: ApiRequest = {
    method: request.method,
    path: request.path,
    parameters,
    part: (name) => found.parts.get(name) ?? "",
    body,
    lines,
    waiting: request.signal,
  };
  return cluster.storage.transaction(() => {
    const answer = found.handler(apiRequest, cluster);
    try {
      parameters.end(request.path);
    } catch (error) {
      // What it would answer later is not asked for any more.
      if (answer instanceof Promise) answer.catch(() => undefined);
      throw error;
    }
    return answer;
  });
};

const linesOf = (request: StoreRequest): JsonLines | undefined => {
  const isInLines = request.body instanceof JsonLines && headerOf(request, "content-encoding") === undefined;
  return isInLines ? checkedLines(request.body) : undefined;
};

const bodyOf = (request: StoreRequest): string => {
  const { body } = request;
  return decodeBody(body instanceof JsonLines ? body.toString() : body, headerOf(request, "content-encoding"));
};

const pathParts = (path: string): readonly string[] =>
  path
    .split("/")
    .filter((part) => part !== "")
    .map(decodePart);

const decodePart = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    throw illegalArgument(`partial escape sequence at end of string: ${part}`);
  }
};

const headerOf = ({ headers }: StoreRequest, name: string): string | undefined => {
  const value = headers && Object.hasOwn(headers, name) ? headers[name] : undefined;
  return typeof value === "string" || value === undefined ? value : value.join(",");
};

const uriOf = ({ path, querystring = "" }: StoreRequest): string =>
  querystring === "" ? path : `${path}?${querystring}`;

const wrongMethod = (request: StoreRequest, allowed: readonly string[]): Answer => {
  const reason = `Incorrect HTTP method for uri [${uriOf(request)}] and method [${request.method}]`;
  return { status: 405, body: { error: `${reason}, allowed: [${allowed.join(", ")}]`, status: 405 }, isError: true };
};

const refuseUnsupported = (parts: readonly string[]): void => {
  const api = parts.find((part) => UNSUPPORTED_APIS.has(part));
  if (api !== undefined) throw unsupported(`The API [${api}]`);
};

const noHandler = (request: StoreRequest): Answer => ({
  status: 400,
  body: { error: `no handler found for uri [${uriOf(request)}] and method [${request.method}]` },
  isError: true,
});

const textOf = (body: Writable, values: ReadonlyMap<string, string>): string => {
  const text = body === "" ? "" : writeJson(body);
  const paths = values.get("filter_path");
  if (!isShaped(values) || text === "") return text;
  const filtered = paths === undefined ? text : writeJson(filterByPath(parseJson(text), paths) ?? {});
  return isPretty(values) ? prettyJson(filtered) : filtered;
};

const isPretty = (values: ReadonlyMap<string, string>): boolean =>
  values.has("pretty") && values.get("pretty") !== "false";

/** Whether another text than that of the whole answer is wanted. */
const isShaped = (values: ReadonlyMap<string, string>): boolean => values.has("filter_path") || isPretty(values);

const responseHeaders = (request: StoreRequest, text: string): Record<string, string> => {
  const accepted = headerOf(request, "accept") ?? "";
  const vendor = /application\/vnd\.elasticsearch\+json; ?compatible-with=\d+/.exec(accepted)?.[0];
  return {
    "content-type": vendor ?? "application/json",
    "content-length": String(Buffer.byteLength(text)),
    "x-elastic-product": "Elasticsearch",
  };
};
