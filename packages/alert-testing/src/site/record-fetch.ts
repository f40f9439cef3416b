import { isPlainObject } from "../build/merge.ts";
import { TestingError } from "../testing-error.ts";

/** What an outgoing request gets back instead of a network. The first one that fits is taken, as often as asked. */
export interface Reply {
  /** The whole address, or a regular expression that it matches. */
  readonly url: string | RegExp;
  /** Default: any. */
  readonly method?: string;
  /** Default 200. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text is sent as it is, anything else as JSON. Default: nothing. */
  readonly body?: unknown;
}

/** A request that an alert, a plugin or an action made. */
export interface RecordedRequest {
  readonly method: string;
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed when it is JSON, else text; null when there was none. */
  readonly body: unknown;
}

/** A `fetch` without a network: keeps what was asked, answers as told. */
export interface RecordingFetch {
  readonly fetch: typeof fetch;
  readonly requests: readonly RecordedRequest[];
}

/**
 * Replaces the network.
 *
 * The returned `fetch` rejects with {@link TestingError} `TEST_FETCH_UNEXPECTED` when no reply fits.
 */
export const recordFetch = (replies: readonly Reply[]): RecordingFetch => {
  const requests: RecordedRequest[] = [];
  return {
    requests,
    fetch: async (input, init) => {
      const request = await recorded(new Request(input, init));
      requests.push(request);
      const reply = replies.find((candidate) => fits(candidate, request));
      if (reply !== undefined) return responseOf(reply);
      throw new TestingError(
        "TEST_FETCH_UNEXPECTED",
        `No reply for ${request.method} ${request.url}. Add one: replies: [{ url: ${JSON.stringify(request.url)}, body: { ... } }].`,
      );
    },
  };
};

/** The same network, with what is asked through it kept apart. */
export const tapFetch = (network: typeof fetch): RecordingFetch => {
  const requests: RecordedRequest[] = [];
  return {
    requests,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      requests.push(await recorded(request.clone()));
      return network(request);
    },
  };
};

const recorded = async (request: Request): Promise<RecordedRequest> => ({
  method: request.method,
  url: request.url,
  headers: Object.fromEntries(request.headers),
  body: bodyOf(await request.text()),
});

const bodyOf = (text: string): unknown => {
  if (text === "") return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
};

const fits = ({ url, method }: Reply, request: RecordedRequest): boolean =>
  (method === undefined || method.toUpperCase() === request.method) &&
  // The address is compared as a Request writes it: with the slash after the host.
  (typeof url === "string" ? new URL(url).href === request.url : url.test(request.url));

const responseOf = ({ status = 200, headers = {}, body }: Reply): Response => {
  const isJson = Array.isArray(body) || isPlainObject(body) || typeof body === "number" || typeof body === "boolean";
  const text = isJson ? JSON.stringify(body) : typeof body === "string" ? body : null;
  return new Response(text, { status, headers: { ...(isJson && { "content-type": "application/json" }), ...headers } });
};
