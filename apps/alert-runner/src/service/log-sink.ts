import { writeSync } from "node:fs";

/** What waits for a reader at most, in bytes; lines beyond it are left out. */
const MOST_BYTES = 1_048_576;

/** Until it is tried again whether somebody reads, in milliseconds. */
const RETRY_MS = 50;

/** For how long the end of the process waits for a reader, in milliseconds. */
const EXIT_MS = 2_000;

/** As pino has them. */
const WARN = 40;

/** What waits, and how many lines are lost with it: one that says how many were left out stands for those. */
interface Waiting {
  bytes: Buffer;
  readonly lines: number;
}

/**
 * Writes lines to a descriptor that may have a slow reader, or none any more: whoever writes never waits, memory is bounded, and the process
 * can end. What had to be left out is said by a line in its place.
 */
export class LogSink {
  readonly #fd: number;
  readonly #show: (line: string) => string;
  #waiting: Waiting[] = [];
  #bytes = 0;
  #leftOut = 0;
  #retry: NodeJS.Timeout | undefined;

  /**
   * @param fd - That of a pipe has to be one that does not block, as Node.js makes those of `process.stdout` and `process.stderr`.
   * @param show - Makes of each line of JSON what is written. Default: the line itself.
   */
  constructor(fd: number, show = (line: string): string => line) {
    this.#fd = fd;
    this.#show = show;
    process.once("exit", () => this.flushSync());
  }

  write(line: string): void {
    // A gap is closed when there is room again, so that there are few of them.
    if (this.#leftOut > 0 && this.#bytes < MOST_BYTES / 2) this.#sayLeftOut();
    const bytes = Buffer.from(this.#show(line));
    if (this.#leftOut > 0 || this.#bytes + bytes.length > MOST_BYTES) this.#leftOut += 1;
    else this.#push({ bytes, lines: 1 });
    if (this.#retry === undefined) this.#drain();
  }

  /** Waits for a reader, but not for long. */
  flushSync(): void {
    if (this.#leftOut > 0) this.#sayLeftOut();
    const end = performance.now() + EXIT_MS;
    while (this.#isBusy() && performance.now() < end) Atomics.wait(SLEEPING, 0, 0, RETRY_MS / 5);
  }

  #push(waiting: Waiting): void {
    this.#waiting.push(waiting);
    this.#bytes += waiting.bytes.length;
  }

  #sayLeftOut(): void {
    const lines = this.#leftOut;
    const msg = `${lines} lines of the log were left out: they could not be written in time`;
    this.#leftOut = 0;
    const line = this.#show(`${JSON.stringify({ level: WARN, time: Date.now(), msg })}\n`);
    this.#push({ bytes: Buffer.from(line), lines });
  }

  #drain(): void {
    this.#retry = undefined;
    if (!this.#isBusy()) return;
    this.#retry = setTimeout(() => this.#drain(), RETRY_MS);
    // What is left then is for the end of the process.
    this.#retry.unref();
  }

  /** Writes what can be written. @returns Whether there is more. */
  #isBusy(): boolean {
    try {
      for (let [first] = this.#waiting; first !== undefined; [first] = this.#waiting)
        this.#written(first, writeSync(this.#fd, first.bytes));
    } catch (cause) {
      if (cause instanceof Error && "code" in cause && cause.code === "EAGAIN") return true;
      // The reader is gone, or the disk is full.
      this.#leftOut += this.#waiting.reduce((sum, { lines }) => sum + lines, 0);
      this.#waiting = [];
      this.#bytes = 0;
    }
    return false;
  }

  #written(first: Waiting, length: number): void {
    this.#bytes -= length;
    first.bytes = first.bytes.subarray(length);
    if (first.bytes.length === 0) this.#waiting.shift();
  }
}

const SLEEPING = new Int32Array(new SharedArrayBuffer(4));
