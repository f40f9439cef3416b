import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import {
  BaseConnection,
  type ConnectionRequestOptions,
  type ConnectionRequestOptionsAsStream,
  type ConnectionRequestParams,
  type ConnectionRequestResponse,
  type ConnectionRequestResponseAsStream,
  errors,
} from "@elastic/elasticsearch";
import type { JsonLines } from "./http/json-lines.ts";
import type { StoreRequest, StoreResponse } from "./api/handle-request.ts";
import type { Waiting } from "./api/waiting.ts";

type Options = ConnectionRequestOptions | ConnectionRequestOptionsAsStream;
/** What {@link EmbeddedConnection} takes: a body in lines, too. */
export type EmbeddedRequestParams = Omit<ConnectionRequestParams, "body"> & {
  readonly body?: ConnectionRequestParams["body"] | JsonLines;
};

type Response = ConnectionRequestResponse & ConnectionRequestResponseAsStream;

/**
 * A connection of the official client that calls a store in this process instead of the network.
 *
 * `EmbeddedSearch.Connection` serves a single store. If you open many stores, extend this class once and look the store up
 * by `this.url`; a class per store would be compiled again each time.
 */
export abstract class EmbeddedConnection extends BaseConnection {
  /** Answers one request, as `EmbeddedSearch.handle` does. */
  protected abstract handle(request: StoreRequest): StoreResponse | Promise<StoreResponse>;

  override async request(params: ConnectionRequestParams, options: Options): Promise<Response> {
    const { signal } = options;
    if (signal?.aborted === true) throw new errors.RequestAbortedError("Request aborted");
    const { statusCode, headers, body } = await this.answer(params, new Patience(options.timeout, signal));
    // The client types its two kinds of answer as overloads and picks one by the options.
    return { statusCode, headers, body: "asStream" in options ? Readable.from([body]) : body } as unknown as Response;
  }

  /**
   * The answer as the store gives it.
   *
   * @throws {TimeoutError | RequestAbortedError} when the client does not wait for it any more.
   */
  async answer(
    { method, path, querystring, headers, body: sent }: EmbeddedRequestParams,
    patience?: Patience,
  ): Promise<StoreResponse> {
    const body = sent instanceof Readable ? await buffer(sent) : (sent ?? undefined);
    const answer = this.handle({ method, path, querystring, headers, body, signal: patience });
    if (!(answer instanceof Promise) || !patience) return answer;
    const answered = await answer;
    patience.check();
    return answered;
  }

  override close(): Promise<void> {
    return Promise.resolve();
  }
}

/** How long a client waits, from now on. */
export class Patience implements Waiting {
  readonly #untilMs: number;
  readonly #signal: Waiting | undefined;

  /** @param timeoutMs - Default: no limit. */
  constructor(timeoutMs: number | null | undefined, signal?: Waiting) {
    this.#untilMs = performance.now() + (timeoutMs ?? Infinity);
    this.#signal = signal;
  }

  get aborted(): boolean {
    return this.#signal?.aborted === true || performance.now() > this.#untilMs;
  }

  /** @throws {TimeoutError | RequestAbortedError} when it is over. */
  check(): void {
    if (this.#signal?.aborted === true) throw new errors.RequestAbortedError("Request aborted");
    if (this.aborted) throw new errors.TimeoutError("Request timed out");
  }
}

/** The connection of a single store. */
export const connectionTo = (
  handle: (request: StoreRequest) => StoreResponse | Promise<StoreResponse>,
): typeof BaseConnection =>
  class extends EmbeddedConnection {
    protected override handle(request: StoreRequest): StoreResponse | Promise<StoreResponse> {
      return handle(request);
    }
  };
