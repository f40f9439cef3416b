import type { AlertError } from "@mozdef/alert/runtime";
import { asDataError, dataError } from "../files/data-error.ts";
import type { ListFormat } from "./entries.ts";
import type { Indicators } from "./indicators.ts";
import type { ListServices, ListSource } from "./list-source.ts";
import { type ListBounds, readList } from "./read-list.ts";

export interface UrlListOptions {
  readonly name: string;
  readonly url: string;
  readonly format: ListFormat;
  readonly bounds: ListBounds;
  readonly headers: Readonly<Record<string, string>>;
  /** Between two requests. */
  readonly refreshMs: number;
  /** For one request, the answer included. */
  readonly requestMs: number;
}

/** What was read, and by what a server knows that it has not changed. */
interface Version {
  readonly indicators: Indicators;
  readonly validators: Readonly<Record<string, string>>;
}

/** After a failure it is tried again sooner. */
const RETRY_MS = 60_000;

/**
 * A list from a server. Alerts wait for it only until it has been read once: later it is read while they go on with what was there. Asked for at
 * an alert, and not by a clock: a service without alerts asks nobody.
 */
export class UrlList implements ListSource {
  readonly name: string;
  readonly #options: UrlListOptions;
  #version: Version | null = null;
  #failure: AlertError | null = null;
  #isReported = true;
  #nextMs = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | null = null;

  constructor(options: UrlListOptions) {
    this.name = options.name;
    this.#options = options;
  }

  async current(services: ListServices): Promise<Indicators> {
    if (performance.now() >= this.#nextMs) this.#reading ??= this.#read(services);
    if (this.#version === null) await this.#reading;
    if (!this.#isReported && this.#failure !== null) {
      this.#isReported = true;
      services.report(this.#failure.message);
    }
    if (this.#version === null) throw this.#failure ?? dataError(`threat list ${this.name} was not read.`);
    return this.#version.indicators;
  }

  /** A server that does not answer is no reason not to start; the log has it. */
  async prepare({ fetch, log }: ListServices): Promise<void> {
    await this.current({ fetch, log, report: () => undefined }).catch(() => undefined);
  }

  async #read({ fetch, log }: ListServices): Promise<void> {
    const { refreshMs } = this.#options;
    try {
      this.#version = (await this.#asked(fetch, log)) ?? this.#version;
      this.#failure = null;
      this.#nextMs = performance.now() + refreshMs;
    } catch (thrown) {
      const goesOn = this.#version === null ? "" : " The list that was read before goes on.";
      const { message } = asDataError("it cannot be read", thrown);
      this.#failure = dataError(`threat list ${this.name} from ${this.#origin}: ${message}${goesOn}`, thrown);
      this.#isReported = false;
      log.error(this.#failure.message);
      this.#nextMs = performance.now() + Math.min(refreshMs, RETRY_MS);
    } finally {
      this.#reading = null;
    }
  }

  /** Null when the list has not changed. */
  async #asked(fetching: typeof fetch, log: ListServices["log"]): Promise<Version | null> {
    const { url, headers, requestMs, format, bounds } = this.#options;
    const answer = await fetching(url, {
      headers: { "user-agent": "mozdef-alerts", ...headers, ...this.#version?.validators },
      signal: AbortSignal.timeout(requestMs),
    });
    if (answer.status === 304 && this.#version !== null) return null;
    if (answer.status !== 200 || answer.body === null) {
      await answer.body?.cancel();
      throw dataError(`expected 200, or 304 for a list that has not changed. Received: ${answer.status}.`);
    }
    const { indicators, note } = await readList(answer.body as AsyncIterable<Uint8Array>, format, bounds);
    // What a server gives while something is wrong with it; a list of one's own may be empty, in a file.
    if (indicators.size === 0) throw dataError("it is empty.");
    if (note !== null) log.warn(`threat list ${this.name}: ${note}`);
    return { indicators, validators: validatorsOf(answer.headers) };
  }

  /** Without the path and the query: they may hold credentials. */
  get #origin(): string {
    return new URL(this.#options.url).origin;
  }
}

const validatorsOf = (headers: Headers): Record<string, string> => {
  const [etag, modified] = [headers.get("etag"), headers.get("last-modified")];
  return {
    ...(etag !== null && { "if-none-match": etag }),
    ...(modified !== null && { "if-modified-since": modified }),
  };
};
