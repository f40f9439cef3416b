import { AlertError } from "@mozdef/alert/runtime";
import { Agent, fetch as send, Headers, type RequestInit, type Response } from "undici";
import { Guard, refused } from "./outbound-guard.ts";

/** Where requests may go, and what may come back. */
export interface OutboundOptions {
  /** Names of hosts, addresses and networks (`10.1.0.0/16`), beside public addresses. */
  readonly allow: readonly string[];
  /**
   * Whether addresses come from the configuration: whoever runs the service has said where to go, be it a private address. Where an answer
   * leads on to is looked at nevertheless. Default: they come from the code of alerts, and perhaps from events.
   */
  readonly isConfigured?: boolean;
  /** Bytes of an answer. Default 16 MiB. */
  readonly largestAnswer?: number;
  /** Until an answer has come whole, in milliseconds. Default: one minute. */
  readonly timeoutMs?: number;
}

const MIB = 1_024 * 1_024;

/** Plugins read lists of a million entries. They come from the configuration, not from a pack, and have limits of their own. */
export const FOR_PLUGINS = { largestAnswer: 256 * MIB, timeoutMs: 300_000 };

const MOST_REDIRECTS = 5;

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * The one `fetch` of the service: over http and https, to public addresses, and to private ones only as far as the configuration says so. The
 * address is looked at where the connection is made, so that a name cannot have another one by then, and again at each redirect. Errors
 * say nothing of an address but its origin.
 */
export const guardedFetch = (options: OutboundOptions): typeof fetch => {
  const { largestAnswer = 16 * MIB, timeoutMs = 60_000 } = options;
  const ask = asking(options);
  const guarded = async (input: string | URL | { readonly url: string }, init: RequestInit = {}) => {
    const { url, headers } = withoutCredentials(input, init);
    const limit = AbortSignal.timeout(timeoutMs);
    const signal = init.signal == null ? limit : AbortSignal.any([init.signal, limit]);
    try {
      return bounded(url, await ask(url, { ...init, headers, signal }, 0), largestAnswer);
    } catch (cause) {
      throw causeOf(cause);
    }
  };
  return guarded as unknown as typeof fetch;
};

type Ask = (url: URL, init: RequestInit, redirects: number) => Promise<Response>;

const asking = ({ allow, isConfigured = false }: OutboundOptions): Ask => {
  const guard = new Guard(allow);
  const agents = { free: new Agent(), guarded: new Agent({ connect: { lookup: guard.lookup } }) };
  const ask: Ask = async (url, init, redirects) => {
    if (url.protocol !== "http:" && url.protocol !== "https:")
      throw refused(url, "an address of http or https", url.protocol.slice(0, 30));
    const isFree = isConfigured && redirects === 0;
    if (!isFree) guard.check(url);
    const dispatcher = isFree ? agents.free : agents.guarded;
    const answer = await send(url, { ...init, redirect: "manual", dispatcher });
    const location = REDIRECTS.has(answer.status) ? answer.headers.get("location") : null;
    if (location === null || init.redirect === "manual") return answer;
    await answer.body?.cancel();
    if (init.redirect === "error" || redirects === MOST_REDIRECTS)
      throw refused(url, `at most ${init.redirect === "error" ? 0 : MOST_REDIRECTS} redirects`, "one more");
    const { url: next } = withoutCredentials(new URL(location, url), {});
    return ask(next, redirected(init, answer.status, url, next), redirects + 1);
  };
  return ask;
};

/**
 * A name and a password in an address are sent as one would expect: `fetch` itself refuses them, and its error has the whole address.
 *
 * @throws {AlertError} `ALERT_FETCH_REFUSED`.
 */
const withoutCredentials = (input: string | URL | { readonly url: string }, { headers: given }: RequestInit) => {
  const text = typeof input === "string" || input instanceof URL ? input : input.url;
  if (!URL.canParse(text))
    throw new AlertError("ALERT_FETCH_REFUSED", "context.fetch was given what is not an address.");
  const url = new URL(text);
  const headers = new Headers(given);
  if (url.username !== "" && !headers.has("authorization"))
    headers.set(
      "authorization",
      `Basic ${Buffer.from(decodeURIComponent(`${url.username}:${url.password}`)).toString("base64")}`,
    );
  url.username = "";
  url.password = "";
  return { url, headers };
};

/** What goes on to another place: credentials stay with whom they are for, and what was posted is asked for, as browsers do. */
const redirected = (init: RequestInit, status: number, from: URL, to: URL): RequestInit => {
  const isElsewhere = to.origin !== from.origin;
  const headers = Object.entries(Object.fromEntries(new Headers(init.headers))).filter(
    ([name]) => !isElsewhere || !/^(?:authorization|cookie|proxy-authorization)$/i.test(name),
  );
  const isAskedFor = status === 303 || ((status === 301 || status === 302) && init.method?.toUpperCase() === "POST");
  return {
    ...init,
    headers: Object.fromEntries(headers),
    ...(isAskedFor && { method: "GET", body: null }),
  };
};

/** The answer, which breaks off when it is too large. */
const bounded = (url: URL, answer: Response, largest: number): globalThis.Response => {
  const { body, status, statusText, headers } = answer;
  const init = { status, statusText, headers: [...headers] as [string, string][] };
  if (body === null) return new globalThis.Response(null, init);
  let bytes = 0;
  const counted = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      if (bytes > largest) controller.error(refused(url, `an answer of at most ${largest} bytes`, "a larger one"));
      else controller.enqueue(chunk);
    },
  });
  return new globalThis.Response((body as unknown as ReadableStream<Uint8Array>).pipeThrough(counted), init);
};

/** What the guard has thrown comes wrapped out of the connection. */
const causeOf = (error: unknown): unknown => {
  for (let cause = error; cause instanceof Error; cause = cause.cause) if (cause instanceof AlertError) return cause;
  return error;
};
