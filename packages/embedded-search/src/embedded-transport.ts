import {
  type BaseConnection,
  type ConnectionRequestParams,
  errors,
  Serializer,
  Transport,
  type TransportOptions,
  type TransportRequestOptions,
  type TransportRequestParams,
  type TransportResult,
} from "@elastic/elasticsearch";
import { StoreAnswer, type StoreResponse } from "./api/handle-request.ts";
import { EmbeddedConnection, type EmbeddedRequestParams, Patience } from "./connection.ts";
import { parseDuration } from "./dates/duration.ts";
import { JsonLines, takesLines } from "./http/json-lines.ts";
import { linesOfBody } from "./lines-of-body.ts";

/** Request options that the short path handles. With any other option, the request takes the ordinary path. */
const KNOWN_OPTIONS: ReadonlySet<string> = new Set([
  "context",
  "ignore",
  "meta",
  "maxRetries",
  "requestTimeout",
  "retryOnTimeout",
]);

/** Client options that the short path does not handle. */
const UNSUPPORTED_OPTIONS = [
  "compression",
  "context",
  "generateRequestId",
  "maxPathLength",
  "openTelemetry",
  "opaqueIdPrefix",
  "sniffInterval",
  "sniffOnStart",
] as const;

/** Statuses that the ordinary path retries. */
const isTrouble = (status: number): boolean => status >= 502 && status <= 504;

/**
 * For the official client on top of a store in this process: a shorter request path that skips what only a network needs.
 *
 * With each request the client's own `Transport` leaves objects that only a full garbage collection frees, which costs more
 * than a short search itself. This one does the same in fewer steps. Whatever it does not handle (streams, `signal`,
 * `compression`, listeners of `client.diagnostic`, ...) takes the ordinary path; OpenTelemetry spans are made there only.
 *
 * @example
 * const client = new Client({ node: "http://embedded", Connection: store.Connection, Transport: EmbeddedTransport });
 */
export class EmbeddedTransport extends Transport {
  readonly #options: TransportOptions;
  readonly #serializer: Serializer | undefined;
  readonly #json: Readonly<Record<string, string>>;
  readonly #lines: Readonly<Record<string, string>>;

  constructor(options: TransportOptions) {
    super(options);
    this.#options = options;
    this.#serializer = UNSUPPORTED_OPTIONS.some((name) => isSet(options[name])) ? undefined : options.serializer;
    const { jsonContentType = "application/json", ndjsonContentType = "application/x-ndjson" } =
      options.vendoredHeaders ?? {};
    const headers = { accept: jsonContentType, ...lowerCase(options.headers) };
    this.#json = Object.freeze({ "content-type": jsonContentType, ...headers });
    this.#lines = Object.freeze({ "content-type": ndjsonContentType, ...headers });
  }

  // The overloads of the ordinary one return different types depending on `meta`, which one body cannot express.
  override async request(params: TransportRequestParams, options: TransportRequestOptions = {}): Promise<never> {
    const result =
      this.#serializer && isShort(params, options) ? await this.#send(params, options, this.#serializer) : undefined;
    if (result === undefined) return super.request<never>(params, options);
    return (options.meta === true ? result : result.body) as never;
  }

  /** @returns undefined when the ordinary path is needed: nothing was sent, or the store is in trouble and the request may be retried. */
  async #send(
    params: TransportRequestParams,
    options: TransportRequestOptions,
    serializer: Serializer,
  ): Promise<TransportResult | undefined> {
    const [connection] = this.connectionPool.connections;
    const limitMs = timeoutOf(options.requestTimeout ?? this.#options.requestTimeout);
    if (connection === undefined || limitMs === undefined || this.diagnostic.eventNames().length > 0) return undefined;
    const request = this.#requestOf(params, serializer, isDirect(connection));
    const { name = "embedded" } = this.#options;
    const answer = await answerOf(connection, request, name, new Patience(limitMs));
    const { statusCode } = answer;
    if (isTrouble(statusCode) && (options.maxRetries ?? this.#options.maxRetries ?? 0) > 0) return undefined;
    const result: TransportResult = {
      body: bodyOf(params, answer, serializer),
      statusCode,
      get headers() {
        return answer.headers;
      },
      warnings: null,
      meta: {
        context: options.context ?? null,
        name,
        request: { params: asText(request), options, id: 0 },
        connection,
        attempts: 0,
        aborted: false,
      },
    };
    const isAnswer = statusCode < 400 || options.ignore?.includes(statusCode) === true || isMissing(params, statusCode);
    if (isAnswer) return result;
    const { redaction = { type: "replace" } } = this.#options;
    throw new errors.ResponseError(result, { redaction });
  }

  #requestOf(
    { method, path, querystring, body, bulkBody }: TransportRequestParams,
    serializer: Serializer,
    isDirect: boolean,
  ): EmbeddedRequestParams {
    const request = { method, path, querystring: serializer.qserialize(querystring), headers: this.#json };
    if (body != null) return { ...request, body: serializer.serialize(body as Record<string, unknown>) };
    if (bulkBody == null) return request;
    const parts = bulkBody as Record<string, unknown>[];
    const lines = isDirect && takesLines(path) ? linesOfBody(parts, serializer) : undefined;
    return { ...request, body: lines ?? serializer.ndserialize(parts), headers: this.#lines };
  }
}

/** As the ordinary path tells of it. The text is made when somebody reads it. */
const asText = (request: EmbeddedRequestParams): ConnectionRequestParams => {
  const { body, ...others } = request;
  if (!(body instanceof JsonLines)) return request as ConnectionRequestParams;
  return Object.defineProperty(others, "body", { enumerable: true, get: () => body.toString() });
};

/** How long a client waits; undefined when the ordinary path has to read it. */
const timeoutOf = (asked: number | string | null | undefined): number | undefined =>
  typeof asked === "string" ? parseDuration(asked) : (asked ?? Infinity);

const isSet = (value: unknown): boolean => value != null && value !== false;

const lowerCase = (headers: TransportOptions["headers"]): Record<string, string> =>
  Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]));

/** Is it plain JSON, with known options only? */
const isShort = ({ body, bulkBody }: TransportRequestParams, options: TransportRequestOptions): boolean => {
  for (const name in options)
    if (!KNOWN_OPTIONS.has(name) && isSet(options[name as keyof TransportRequestOptions])) return false;
  return (body == null || isPlainObject(body)) && (bulkBody == null || Array.isArray(bulkBody));
};

const isPlainObject = (body: unknown): boolean => {
  const prototype: unknown = typeof body === "object" && body !== null ? Object.getPrototypeOf(body) : undefined;
  return prototype === Object.prototype || prototype === null;
};

/** HEAD asks whether something exists, and "no" is a valid answer. */
const isMissing = ({ method }: TransportRequestParams, status: number): boolean => method === "HEAD" && status === 404;

/** A connection of another kind, or one that looks at what passes, is asked as the client asks it. */
const isDirect = (connection: BaseConnection): connection is EmbeddedConnection =>
  connection instanceof EmbeddedConnection && connection.request === EmbeddedConnection.prototype.request;

const answerOf = async (
  connection: BaseConnection,
  request: EmbeddedRequestParams,
  name: string | symbol,
  patience: Patience,
): Promise<StoreResponse> => {
  if (isDirect(connection)) return connection.answer(request, patience);
  const sent = request as ConnectionRequestParams;
  const { statusCode, headers, body } = await connection.request(sent, { requestId: 0, name, context: null });
  return { statusCode, headers: headers as StoreResponse["headers"], body: body.toString() };
};

const bodyOf = ({ method }: TransportRequestParams, answer: StoreResponse, serializer: Serializer): unknown => {
  if (method === "HEAD") return answer.statusCode < 400;
  const read = (text: string): unknown => serializer.deserialize(text);
  const isOwn = serializer.deserialize === Serializer.prototype.deserialize;
  const plain = isOwn && answer instanceof StoreAnswer ? answer.read(read) : undefined;
  if (plain !== undefined) return plain;
  return answer.body === "" ? answer.body : read(answer.body);
};
