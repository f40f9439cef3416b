import type { Readable, Writable } from "node:stream";
import type { Limits } from "../config/config-schema.ts";
import { HttpError } from "../http/http-error.ts";
import { bodyTooLarge } from "./body-collector.ts";

/** The bytes of a request on their way, until they have all come, took too long, or nobody wants the rest. */
export class Arrival {
  readonly #payload: Readable;
  readonly #maxBytes: number;
  readonly #maxMs: number;
  #bytes = 0;

  /** @param limits - Longest time until the end, in milliseconds; most bytes, as they are sent. */
  constructor(payload: Readable, { bodyMs, bodyBytes }: Pick<Limits, "bodyBytes" | "bodyMs">) {
    this.#payload = payload;
    this.#maxMs = bodyMs;
    this.#maxBytes = bodyBytes;
  }

  /** How many have come so far, as they were sent. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Packed bytes have the limit of unpacked ones: they may unpack to nothing at all, for as long as a sender likes. */
  pipe(target: Writable): void {
    this.#payload.on("data", (chunk: Buffer) => {
      this.#bytes += chunk.length;
      if (this.#bytes > this.#maxBytes) target.destroy(bodyTooLarge(this.#maxBytes));
    });
    this.#payload.pipe(target);
  }

  unpipe(target: Writable): void {
    this.#payload.unpipe(target);
    this.#payload.resume();
  }

  /**
   * Feeds every chunk to `add` until the stream ends. Once that throws, the rest of what the sender sends is thrown away: it reads
   * no answer before it has sent everything.
   *
   * @param stream - The request itself, or what unpacks it.
   * @throws {HttpError} `BODY_INVALID` when the sender goes away, `BODY_TIMEOUT`; or what `add` or the stream throws.
   */
  read(stream: Readable, add: (chunk: Buffer) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => fail(timeout(this.#maxMs)), this.#maxMs);
      const settle = (): void => {
        clearTimeout(timer);
        stream.off("data", onData);
      };
      const fail = (error: Error): void => {
        settle();
        this.#payload.resume();
        reject(error);
      };
      const onData = (chunk: Buffer): void => {
        try {
          add(chunk);
        } catch (error) {
          fail(error as Error);
        }
      };
      stream.on("data", onData);
      stream.on("end", () => {
        settle();
        resolve();
      });
      stream.on("error", (error) => fail(stream === this.#payload ? cut() : error));
      // The unpacker may still hold some of the body when all of it has arrived.
      this.#payload.on("close", () => {
        if (!this.#payload.readableEnded) fail(cut());
      });
      this.#payload.on("error", () => fail(cut()));
    });
  }
}

const cut = (): HttpError => new HttpError("BODY_INVALID", "The connection was closed before the body had ended.");

const timeout = (maxMs: number): HttpError =>
  new HttpError("BODY_TIMEOUT", `The body took longer than ${maxMs} ms (limits.bodyMs). Nothing was saved.`);
