import { HttpError } from "../http/http-error.ts";
import type { ByteBudget } from "./byte-budget.ts";

const FIRST_BYTES = 64 * 1_024;

/**
 * Collects a body in one buffer that grows. Senders choose how small their chunks are, and a million chunks of a byte would need a
 * hundred times their own size when they were kept one by one.
 */
export class BodyCollector {
  readonly #budget: ByteBudget;
  readonly #most: number;
  #buffer: Buffer = Buffer.alloc(0);
  #length = 0;
  #held = 0;

  /** @param most - Bytes, inclusive. */
  constructor(budget: ByteBudget, most: number) {
    this.#budget = budget;
    this.#most = most;
  }

  get length(): number {
    return this.#length;
  }

  /** What was collected. It shares its memory with this collector. */
  get bytes(): Buffer {
    return this.#buffer.subarray(0, this.#length);
  }

  /**
   * Takes memory before it is used, for the body or for what unpacks it.
   *
   * @throws {HttpError} `INTAKE_BUSY` when all requests together hold too much.
   */
  hold(bytes: number): void {
    if (!this.#budget.take(bytes)) throw intakeBusy(this.#budget);
    this.#held += bytes;
  }

  /**
   * @param expected - The size of the whole body when the sender has said it: it is not believed beyond the first bytes.
   * @throws {HttpError} `BODY_TOO_LARGE`, `INTAKE_BUSY`.
   */
  add(chunk: Buffer, expected: number | undefined): void {
    const length = this.#length + chunk.length;
    if (length > this.#most) throw bodyTooLarge(this.#most);
    if (length > this.#buffer.length) this.#grow(length, expected);
    chunk.copy(this.#buffer, this.#length);
    this.#length = length;
  }

  /** Gives everything back. The bytes must not be used any more. */
  release(): void {
    this.#budget.give(this.#held);
    this.#held = 0;
    this.#buffer = Buffer.alloc(0);
    this.#length = 0;
  }

  #grow(needed: number, expected: number | undefined): void {
    const first = Math.min(expected ?? FIRST_BYTES, FIRST_BYTES);
    const size = Math.min(this.#most, Math.max(needed, first, 2 * this.#buffer.length));
    const wanted = expected !== undefined && expected >= needed ? Math.min(size, expected) : size;
    this.hold(wanted - this.#buffer.length);
    const buffer = Buffer.allocUnsafe(wanted);
    this.#buffer.copy(buffer, 0, 0, this.#length);
    this.#buffer = buffer;
  }
}

/** @param most - The limit, in bytes. */
export const bodyTooLarge = (most: number): HttpError =>
  new HttpError(
    "BODY_TOO_LARGE",
    `The body is too large: the limit is ${most} bytes, unpacked (limits.bodyBytes). Send fewer events at a time.`,
  );

export const intakeBusy = ({ limit }: ByteBudget): HttpError =>
  new HttpError(
    "INTAKE_BUSY",
    `Other requests hold all of the ${limit} bytes that bodies may take at once (limits.inFlightBytes). Nothing of this one was saved: send it again later.`,
  );
