import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import type { Readable, Transform, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import path from "node:path";
import { RunnerError } from "../runner-error.ts";
import { splitLines } from "./split-lines.ts";

/** Standard output and input. */
const STANDARD = "-";

const isPacked = (file: string): boolean => file.endsWith(".gz");

/**
 * Writes a file, or to standard output. It is there under its name once it is whole and on the disk, and for its owner alone.
 *
 * @throws {RunnerError} `OPTION_INVALID` when it is there already.
 */
export const writeTransfer = async (file: string, chunks: AsyncIterable<string>): Promise<void> => {
  if (file === STANDARD) {
    await pipeline(chunks, process.stdout, { end: false });
    return;
  }
  if (existsSync(file)) throw new RunnerError("OPTION_INVALID", `${file} is there already. Name another file.`);
  const unfinished = `${file}.unfinished`;
  try {
    await pipe(
      chunks,
      isPacked(file) ? [createGzip()] : [],
      createWriteStream(unfinished, { mode: 0o600, flush: true }),
    );
    await rename(unfinished, file);
    await syncFolder(path.dirname(file));
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
};

const pipe = (chunks: AsyncIterable<string>, between: readonly Transform[], to: Writable): Promise<void> =>
  pipeline([chunks, ...between, to]);

/** The new name is to survive a power loss, too. */
const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/**
 * The lines of a file, or of standard input. A packed file that was cut off ends where it was cut.
 *
 * @throws {RunnerError} `OPTION_INVALID` when the file is not there.
 */
export const readTransfer = (file: string): AsyncIterable<string> => {
  if (file !== STANDARD && !existsSync(file)) throw new RunnerError("OPTION_INVALID", `There is no file ${file}.`);
  const input: Readable = file === STANDARD ? process.stdin : createReadStream(file);
  return splitLines(isPacked(file) ? unpacked(input) : input);
};

async function* unpacked(input: Readable): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip();
  input.once("error", (error) => gunzip.destroy(error));
  try {
    yield* input.pipe(gunzip) as AsyncIterable<Uint8Array>;
  } catch (error) {
    // Whoever reads the lines misses the last one, and says what came before.
    if (!isCutOff(error)) throw error;
  }
}

const isCutOff = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "Z_BUF_ERROR";
