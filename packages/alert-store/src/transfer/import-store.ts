import type { AlertStore } from "../alert-store.ts";
import { ensureIndices } from "../own-indices.ts";
import { rotateIndices, setUpStore, type SetupOptions } from "../setup.ts";
import { StoreError, storeError } from "../store-error.ts";
import type { TransferProgress } from "./export-store.ts";
import {
  invalid,
  readLine,
  type TransferDocument,
  type TransferEnd,
  type TransferHeader,
  type TransferLine,
} from "./format.ts";
import { kindOfIndex } from "./own-kind.ts";
import type { Pause } from "./patience.ts";
import { type Written, writeTransferred } from "./write-documents.ts";

export interface ImportOptions extends SetupOptions {
  readonly now: Date;
  /** Waits for some milliseconds, when the store is busy. */
  readonly pause: Pause;
  /** Whether documents that are there already are replaced. Default false: they stay as they are. */
  readonly replaces?: boolean;
  /** Names of the indices that packs keep. Default: those of `indices`. */
  readonly packIndices?: readonly string[];
  readonly onProgress?: (progress: TransferProgress) => void;
}

/** A document that was not written, and why. */
export interface RefusedDocument extends Pick<TransferDocument, "index" | "id"> {
  readonly reason: string;
}

/** What an import has come to. */
export interface ImportReport {
  readonly header: TransferHeader;
  readonly documents: number;
  readonly written: number;
  /** Of those: events of which a part did not fit and is kept in `unmapped`. */
  readonly inPart: number;
  /** Documents that were there already and are as they were. */
  readonly present: number;
  readonly refused: number;
  /** The first twenty of the refused. */
  readonly refusals: readonly RefusedDocument[];
  /** What could not be set up, in sentences. */
  readonly warnings: readonly string[];
}

/** Documents, and characters of their lines, that are held at once. */
const MOST_DOCUMENTS = 1_000;
const MOST_CHARACTERS = 4 * 1_024 * 1_024;

const SHOWN = 20;

/**
 * Reads what `exportStore` has written into a store: its templates and aliases are made first. Documents keep their ids, so that doing it
 * again changes nothing. What the store refuses is counted and said.
 *
 * @param lines - Without their ends.
 * @throws {StoreError} `STORE_TRANSFER_INVALID` when a line is wrong, `STORE_TRANSFER_INCOMPLETE` when some are missing; what came before is
 *   written by then, and the message says how much.
 */
export const importStore = async (
  store: AlertStore,
  lines: AsyncIterable<string>,
  options: ImportOptions,
): Promise<ImportReport> => {
  const work = new Import(store, options);
  let header: TransferHeader | undefined;
  let end: TransferEnd | undefined;
  for await (const { line, characters } of readLines(lines))
    if (line.kind === "header") {
      header = line.header;
      await work.begin();
    } else if (line.kind === "document") await work.take(line.document, characters);
    else end = line.end;

  if (header === undefined) throw invalid("it is empty");
  return { header, ...(await work.end(end)) };
};

/** Lines that can be read; the last one is left out when it was cut off within. */
async function* readLines(
  lines: AsyncIterable<string>,
): AsyncGenerator<{ readonly line: TransferLine; readonly characters: number }> {
  let number = 0;
  let broken: StoreError | undefined;
  let isEnded = false;
  for await (const text of lines) {
    if (broken !== undefined) throw broken;
    number += 1;
    if (isEnded) throw invalid(`line ${number} comes after the line that ends it`);
    try {
      const line = readLine(text, number);
      isEnded = line.kind === "end";
      yield { line, characters: text.length };
    } catch (error) {
      if (number === 1 || !isCutText(error)) throw error;
      broken = error;
    }
  }
}

/** Whether it may be of a line that ends too soon. */
const isCutText = (error: unknown): error is StoreError =>
  error instanceof StoreError && error.cause instanceof SyntaxError;

class Import {
  readonly #store: AlertStore;
  readonly #options: ImportOptions;
  readonly #packIndices: readonly string[];
  readonly #read = new Map<string, number>();
  /** By index: why nothing is written to it; null when it is. */
  readonly #refusals = new Map<string, string | null>();
  readonly #shown: RefusedDocument[] = [];
  readonly #counts = { written: 0, inPart: 0, present: 0, refused: 0 };
  #warnings: readonly string[] = [];
  #pending: TransferDocument[] = [];
  #characters = 0;
  #total = 0;

  constructor(store: AlertStore, options: ImportOptions) {
    this.#store = store;
    this.#options = options;
    this.#packIndices = options.packIndices ?? Object.keys(options.indices ?? {});
  }

  async begin(): Promise<void> {
    const { warnings } = await setUpStore(this.#store, this.#options.now, this.#options);
    this.#warnings = warnings;
  }

  async take(document: TransferDocument, characters: number): Promise<void> {
    const { index } = document;
    this.#read.set(index, (this.#read.get(index) ?? 0) + 1);
    this.#total += 1;
    const refusal = await this.#refusalOf(index);
    if (refusal !== null) {
      this.#count(document, { kind: "refused", reason: refusal });
      return;
    }
    this.#pending.push(document);
    this.#characters += characters;
    if (this.#pending.length >= MOST_DOCUMENTS || this.#characters >= MOST_CHARACTERS) await this.#write();
  }

  async #write(): Promise<void> {
    const { replaces = false, pause, onProgress } = this.#options;
    const documents = this.#pending;
    this.#pending = [];
    this.#characters = 0;
    const results = await writeTransferred(this.#store, documents, { replaces, pause });
    for (const [at, document] of documents.entries()) {
      const result = results[at];
      if (result !== undefined) this.#count(document, result);
    }
    const { index } = documents.at(-1) ?? { index: "" };
    onProgress?.({ index, documents: this.#read.get(index) ?? 0, total: this.#total });
  }

  #count({ index, id }: TransferDocument, result: Written): void {
    if (result.kind === "inPart") this.#counts.written += 1;
    this.#counts[result.kind] += 1;
    if (result.kind === "refused" && this.#shown.length < SHOWN) this.#shown.push({ index, id, reason: result.reason });
  }

  /** Why nothing can be written to an index; null when it is there and the service's own. */
  async #refusalOf(index: string): Promise<string | null> {
    const known = this.#refusals.get(index);
    if (known !== undefined) return known;
    const refusal = await this.#made(index);
    this.#refusals.set(index, refusal);
    return refusal;
  }

  async #made(index: string): Promise<string | null> {
    if (kindOfIndex(index, this.#packIndices) === null)
      return "neither the service nor a pack of this configuration keeps an index of this name";
    try {
      await ensureIndices(this.#store, [index]);
      return null;
    } catch (error) {
      if (error instanceof StoreError && error.code === "STORE_INDEX_FOREIGN") return error.message;
      throw error;
    }
  }

  async end(end: TransferEnd | undefined): Promise<Omit<ImportReport, "header">> {
    if (this.#pending.length > 0) await this.#write();
    await this.#show();
    const report = { documents: this.#total, ...this.#counts, refusals: this.#shown, warnings: this.#warnings };
    if (end === undefined) throw this.#incomplete("its last line is missing, so it was cut off");
    for (const name of new Set([...Object.keys(end.indices), ...this.#read.keys()])) {
      const [expected, read] = [end.indices[name] ?? 0, this.#read.get(name) ?? 0];
      if (expected !== read) throw this.#incomplete(`it has ${read} of ${expected} documents of ${name}`);
    }
    return report;
  }

  #incomplete(what: string): StoreError {
    const { written, present, refused } = this.#counts;
    return new StoreError(
      "STORE_TRANSFER_INCOMPLETE",
      `The import is not whole: ${what}. Of ${this.#total} documents that it has, ${written} were written, ${present} were there already, ${refused} were refused. Import the whole export: what is there stays as it is.`,
    );
  }

  /** Searches see everything, and the aliases have the indices that were made. */
  async #show(): Promise<void> {
    const { client, names } = this.#store;
    const made = [...this.#refusals].flatMap(([name, refusal]) => (refusal === null ? [names.physical(name)] : []));
    await rotateIndices(this.#store, this.#options.now);
    try {
      // One by one: hundreds of names do not fit into an address.
      for (const index of made) await client.indices.refresh({ index });
    } catch (cause) {
      throw storeError("Cannot refresh what was imported", cause);
    }
  }
}
