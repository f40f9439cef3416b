import type { Duplex } from "node:stream";
import { deserialize, serialize } from "node:v8";

/** What the process of the alerts and the other one speak through: the third file descriptor of the former. */
export const CHANNEL_FD = 3;

const LENGTH_BYTES = 4;

/** Longer than anything that is said; whoever announces more has written by hand. */
const LONGEST_BYTES = 512 * 1_024 * 1_024;

export interface FramesOptions {
  /** What is said first in each frame, so that nobody else speaks: 16 bytes. Default: everybody may. */
  readonly key?: Buffer;
  readonly hear: (message: unknown) => void;
  /** Told once of what is no frame; nothing is heard after it. */
  readonly onBroken: (reason: string) => void;
}

/**
 * Messages over a stream, as copies of what was said. The channel that Node.js makes between processes does the same, but what is written
 * to it by hand ends the process that reads it.
 */
export class Frames {
  readonly #stream: Duplex;
  readonly #options: FramesOptions;
  #pending: Buffer[] = [];
  #length = 0;
  #wanted = LENGTH_BYTES;
  #isBroken = false;

  constructor(stream: Duplex, options: FramesOptions) {
    this.#stream = stream;
    this.#options = options;
    stream.on("data", (chunk: Buffer) => this.#take(chunk));
    // The other side has ended; whoever asks for that is told by the end of the process or of the stream.
    stream.on("error", () => undefined);
  }

  /**
   * @param key - See {@link FramesOptions.key}.
   * @throws {Error} when it cannot be copied, such as a function.
   */
  say(message: unknown, key: Buffer = NO_KEY): void {
    const data = serialize(message);
    const head = Buffer.alloc(LENGTH_BYTES);
    head.writeUInt32BE(key.length + data.length);
    if (this.#stream.writable) this.#stream.write(Buffer.concat([head, key, data]));
  }

  #take(chunk: Buffer): void {
    if (this.#isBroken) return;
    this.#pending.push(chunk);
    this.#length += chunk.length;
    while (this.#length >= this.#wanted) this.#next();
  }

  /** A length, or a frame of the length that came before. */
  #next(): void {
    const all = this.#pending.length === 1 ? (this.#pending[0] ?? NO_KEY) : Buffer.concat(this.#pending);
    if (this.#wanted === LENGTH_BYTES) {
      const wanted = LENGTH_BYTES + all.readUInt32BE();
      this.#wanted = wanted;
      this.#pending = [all];
      if (wanted > LONGEST_BYTES || wanted === LENGTH_BYTES) this.#break("it is empty or too long");
      return;
    }
    const frame = all.subarray(LENGTH_BYTES, this.#wanted);
    this.#pending = [all.subarray(this.#wanted)];
    this.#length = all.length - this.#wanted;
    this.#wanted = LENGTH_BYTES;
    this.#open(frame);
  }

  #open(frame: Buffer): void {
    const { key = NO_KEY, hear } = this.#options;
    let message: unknown;
    try {
      if (!key.equals(frame.subarray(0, key.length))) throw new Error("somebody else speaks");
      message = deserialize(frame.subarray(key.length));
    } catch (error) {
      this.#break(error instanceof Error ? error.message : String(error));
      return;
    }
    hear(message);
  }

  #break(reason: string): void {
    this.#isBroken = true;
    this.#pending = [];
    this.#length = 0;
    this.#wanted = LENGTH_BYTES;
    this.#options.onBroken(reason);
  }
}

const NO_KEY = Buffer.alloc(0);
