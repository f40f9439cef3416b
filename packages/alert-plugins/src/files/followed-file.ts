import { readFile, stat } from "node:fs/promises";
import type { AlertError } from "@mozdef/alert/runtime";
import { asDataError, dataError } from "./data-error.ts";

/** Where a problem goes that does not end anything. */
export type Report = (problem: string) => void;

/**
 * What a file says, read again when the file has changed. It is looked at, not watched: notices of changes get lost on network disks and with
 * files that are replaced by renaming.
 */
export class FollowedFile<T> {
  readonly #path: string;
  readonly #read: (path: string) => Promise<T>;
  #seen: string | null = null;
  #known: { readonly value: T } | null = null;
  #failure: AlertError | null = null;
  #looking: Promise<void> | null = null;

  constructor(path: string, read: (path: string) => Promise<T>) {
    this.#path = path;
    this.#read = read;
  }

  /**
   * What it says now. When it can no longer be read, what it said before goes on, and the reason is reported once.
   *
   * @throws {AlertError} `PLUGIN_DATA_INVALID` when it could never be read.
   */
  async current(report: Report): Promise<T> {
    this.#looking ??= this.#look(report).finally(() => {
      this.#looking = null;
    });
    await this.#looking;
    if (this.#known === null) throw this.#failure ?? dataError(`${this.#path} was not read.`);
    return this.#known.value;
  }

  async #look(report: Report): Promise<void> {
    const seen = await stateOf(this.#path);
    if (seen === this.#seen) return;
    this.#seen = seen;
    try {
      this.#known = { value: await this.#read(this.#path) };
    } catch (thrown) {
      this.#failure = asDataError(`${this.#path} cannot be read`, thrown);
      if (this.#known !== null) report(`${this.#failure.message} What it said before goes on.`);
    }
  }
}

/** Differs when the file does, and when it is no longer there. */
const stateOf = async (path: string): Promise<string> => {
  try {
    const { mtimeMs, ctimeMs, size, ino } = await stat(path);
    return [mtimeMs, ctimeMs, size, ino].join();
  } catch (thrown) {
    return String((thrown as NodeJS.ErrnoException).code);
  }
};

/**
 * The bytes of a file.
 *
 * @throws {AlertError} `PLUGIN_DATA_INVALID` when it is larger than allowed.
 */
export const readBounded = async (path: string, largestBytes: number): Promise<Buffer> => {
  await checkSize(path, largestBytes);
  return readFile(path);
};

/** @throws {AlertError} `PLUGIN_DATA_INVALID` when a file is larger than allowed, or none. */
export const checkSize = async (path: string, largestBytes: number): Promise<void> => {
  const found = await stat(path);
  if (!found.isFile()) throw dataError(`${path} is not a file.`);
  if (found.size > largestBytes)
    throw dataError(`${path} is too large. Expected: at most ${largestBytes} bytes. Received: ${found.size}.`);
};
