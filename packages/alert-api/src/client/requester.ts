import type { RouteName } from "../contract.ts";
import { ApiError, errorOf } from "./api-error.ts";
import type { CallAnswer, CallOptions, CallSettings, EndpointOf } from "./request-types.ts";

/** Where the service is, and how it is asked. */
export interface ClientOptions {
  /** `https://alerts.example.org`, with the path of a proxy if there is one; the empty text for pages of the service itself. */
  readonly url: string;
  /** A token, where the service has a log-in. Default: none. */
  readonly token?: string | undefined;
  /** Default: that of the platform. */
  readonly fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
}

/** Asks one route, which is given as the contract writes it. */
export type Requester = <Name extends RouteName>(
  endpoint: EndpointOf<Name>,
  options: CallOptions<Name>,
) => Promise<CallAnswer<Name>>;

/** The parts of a request, of whichever route. */
interface Parts extends CallSettings {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: object;
  readonly body?: unknown;
}

/**
 * Asks routes by their address instead of their name, so that a page loads no list of them.
 *
 * @returns a function that rejects with {@link ApiError}; what was aborted rejects as `fetch` does.
 */
export const createRequester = (options: ClientOptions): Requester => {
  const base = options.url.replace(/\/+$/, "");
  return async <Name extends RouteName>(endpoint: EndpointOf<Name>, wanted: CallOptions<Name>) => {
    const [method = "", path = ""] = endpoint.split(" ");
    const parts = wanted as Parts;
    const url = `${base}${filled(path, parts.params ?? {})}${searchOf(parts.query ?? {})}`;
    return (await send(options, url, initOf(method, parts, options.token), parts.answerStatus)) as CallAnswer<Name>;
  };
};

const ETAGS = new WeakMap<object, string>();

/** The version of what a call has given, for `ifMatch` of a change; undefined when the answer did not say. */
export const etagOf = (answer: object): string | undefined => ETAGS.get(answer);

const filled = (path: string, params: Readonly<Record<string, string>>): string =>
  path.replaceAll(/\{(\w+)\}/g, (_braces, name: string) => encodeURIComponent(params[name] ?? ""));

const searchOf = (query: object): string => {
  const search = query instanceof URLSearchParams ? query : new URLSearchParams(pairsOf(query));
  return search.size === 0 ? "" : `?${search.toString()}`;
};

type QueryValue = string | number | boolean | undefined;

/** A list is given as several values of one name. */
const pairsOf = (query: object): [string, string][] =>
  Object.entries(query as Readonly<Record<string, QueryValue | readonly QueryValue[]>>).flatMap(([name, value]) =>
    [value].flat().flatMap((each): [string, string][] => (each === undefined ? [] : [[name, String(each)]])),
  );

const initOf = (method: string, { signal, ifMatch, body }: Parts, token: string | undefined): RequestInit => ({
  method,
  headers: {
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...(ifMatch !== undefined && { "if-match": ifMatch }),
    ...(body !== undefined && { "content-type": typeof body === "string" ? LINES : JSON_TYPE }),
  },
  ...(signal !== undefined && { signal }),
  ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
});

const JSON_TYPE = "application/json";
/** Of events and searches as text: one line is JSON, too. */
const LINES = "application/x-ndjson";

const send = async (
  options: ClientOptions,
  url: string,
  init: RequestInit,
  answerStatus: number | undefined,
): Promise<unknown> => {
  const ask = options.fetch ?? fetch;
  const response = await ask(url, init).catch((cause: unknown) => {
    if (init.signal?.aborted === true) throw cause;
    throw new ApiError(0, "UNREACHABLE", "The alert service does not answer.", { cause });
  });
  const body = await bodyOf(response, init);
  const isAnswer = response.ok || (response.status === answerStatus && !isError(body));
  if (!isAnswer || body === undefined) throw errorOf(response.status, body);
  const etag = response.headers.get("etag");
  if (etag !== null && typeof body === "object" && body !== null) ETAGS.set(body, etag);
  return body;
};

/** What refuses a request, and not what was asked for with the same status. */
const isError = (body: unknown): boolean => typeof body !== "object" || body === null || "error" in body;

/** What says that it is JSON and is not, or ends too early, is undefined. */
const bodyOf = async (response: Response, { signal }: RequestInit): Promise<unknown> => {
  const isJson = response.headers.get("content-type")?.includes(JSON_TYPE) === true;
  try {
    return isJson ? ((await response.json()) as unknown) : await response.text();
  } catch (cause) {
    if (signal?.aborted === true) throw cause;
    return undefined;
  }
};
