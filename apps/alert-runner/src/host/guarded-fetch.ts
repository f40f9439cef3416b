import { AlertError } from "@mozdef/alert/runtime";
import ipaddr from "ipaddr.js";
import { type LookupAddress, lookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { Agent, fetch as send, type RequestInit, type Response } from "undici";

/** What the code of alerts may reach beside public addresses. */
export interface OutboundOptions {
  /** Names of hosts, addresses and networks (`10.1.0.0/16`). */
  readonly allow: readonly string[];
}

/** Bytes of an answer. */
const LARGEST_ANSWER = 16 * 1_024 * 1_024;

const MOST_REDIRECTS = 5;

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * `fetch` for the code of alerts, which may take addresses from events: over http and https, to public addresses, and to private ones only as far
 * as the configuration says so. The address is looked at where the connection is made, so that a name cannot have another one by then, and
 * again at each redirect.
 */
export const guardedFetch = ({ allow }: OutboundOptions): typeof fetch => {
  const guard = new Guard(allow);
  const agent = new Agent({ connect: { lookup: guard.lookup } });
  const ask = async (url: URL, init: RequestInit, redirects: number): Promise<Response> => {
    guard.check(url);
    const answer = await send(url, { ...init, redirect: "manual", dispatcher: agent });
    const location = REDIRECTS.has(answer.status) ? answer.headers.get("location") : null;
    if (location === null || init.redirect === "manual") return answer;
    await answer.body?.cancel();
    if (init.redirect === "error" || redirects === MOST_REDIRECTS)
      throw refused(url, `at most ${init.redirect === "error" ? 0 : MOST_REDIRECTS} redirects`, "one more");
    return ask(new URL(location, url), redirected(init, answer.status, url, location), redirects + 1);
  };
  const guarded = async (input: string | URL | { readonly url: string }, init: RequestInit = {}) => {
    const url = new URL(typeof input === "string" || input instanceof URL ? input : input.url);
    try {
      return bounded(url, await ask(url, init, 0));
    } catch (cause) {
      throw causeOf(cause);
    }
  };
  return guarded as unknown as typeof fetch;
};

class Guard {
  readonly #names: ReadonlySet<string>;
  readonly #networks: readonly [ipaddr.IPv4 | ipaddr.IPv6, number][];

  constructor(allow: readonly string[]) {
    this.#names = new Set(allow.map((name) => name.toLowerCase()));
    this.#networks = allow.map(networkOf).filter((network) => network !== null);
  }

  /** @throws {AlertError} `ALERT_FETCH_REFUSED`. */
  check(url: URL): void {
    if (url.protocol !== "http:" && url.protocol !== "https:")
      throw refused(url, "an address of http or https", url.protocol.slice(0, 30));
    // A name is looked up, and its addresses are looked at then.
    const address = url.hostname.replaceAll(/[[\]]/g, "");
    if (isIP(address) !== 0 && !this.#isAllowed(address)) throw refusedAddress(url.hostname, address);
  }

  readonly lookup: LookupFunction = (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses: readonly LookupAddress[]) => {
      const wrong = this.#names.has(hostname.toLowerCase())
        ? undefined
        : addresses.find(({ address }) => !this.#isAllowed(address));
      const [first] = addresses;
      if (error !== null) callback(error, []);
      else if (wrong !== undefined) callback(refusedAddress(hostname, wrong.address), []);
      else if (options.all === true) callback(null, [...addresses]);
      else callback(null, first?.address ?? "", first?.family);
    });
  };

  #isAllowed(text: string): boolean {
    const address = ipaddr.process(text);
    return (
      address.range() === "unicast" ||
      this.#networks.some(([network, bits]) => network.kind() === address.kind() && address.match(network, bits))
    );
  }
}

/** Null for the name of a host. */
const networkOf = (entry: string): [ipaddr.IPv4 | ipaddr.IPv6, number] | null => {
  if (ipaddr.isValidCIDR(entry)) return ipaddr.parseCIDR(entry);
  if (!ipaddr.isValid(entry)) return null;
  const address = ipaddr.process(entry);
  return [address, address.kind() === "ipv4" ? 32 : 128];
};

/** What goes on to another place: credentials stay with whom they are for, and what was posted is asked for, as browsers do. */
const redirected = (init: RequestInit, status: number, from: URL, location: string): RequestInit => {
  const isElsewhere = new URL(location, from).origin !== from.origin;
  const headers = Object.entries(Object.fromEntries(new Headers(init.headers as HeadersInit))).filter(
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
const bounded = (url: URL, answer: Response): globalThis.Response => {
  const { body, status, statusText, headers } = answer;
  const init = { status, statusText, headers: [...headers] as [string, string][] };
  if (body === null) return new globalThis.Response(null, init);
  let bytes = 0;
  const counted = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      if (bytes > LARGEST_ANSWER)
        controller.error(refused(url, `an answer of at most ${LARGEST_ANSWER} bytes`, "a larger one"));
      else controller.enqueue(chunk);
    },
  });
  return new globalThis.Response((body as unknown as ReadableStream<Uint8Array>).pipeThrough(counted), init);
};

/** Without the path and the query: they may hold credentials. */
const refused = ({ origin }: URL, expected: string, received: string): AlertError =>
  new AlertError(
    "ALERT_FETCH_REFUSED",
    `context.fetch does not ask ${origin}. Expected: ${expected}. Received: ${received}.`,
  );

const refusedAddress = (host: string, address: string): AlertError =>
  new AlertError(
    "ALERT_FETCH_REFUSED",
    `context.fetch does not ask ${host.slice(0, 200)}. Expected: a public address, or one that outbound.allow of the configuration names. Received: ${address}.`,
  );

/** What the guard has thrown comes wrapped out of the connection. */
const causeOf = (error: unknown): unknown => {
  for (let cause = error; cause instanceof Error; cause = cause.cause) if (cause instanceof AlertError) return cause;
  return error;
};
