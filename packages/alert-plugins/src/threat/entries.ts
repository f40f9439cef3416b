import { parse } from "csv-parse";
import { valueAt, valuesAt } from "@mozdef/alert";
import { dataError } from "../files/data-error.ts";
import { readJson } from "../files/read-json.ts";

/** How a list is written. */
export type ListFormat =
  | { readonly format: "lines" }
  | { readonly format: "csv"; readonly column: string | number }
  | { readonly format: "json"; readonly items?: string | undefined; readonly key?: string | undefined };

/** A text of a list, and in which line or item it stands. */
export interface Entry {
  readonly text: string;
  readonly at: number;
}

/** Those of one piece of a list: a promise for each of a million would take longer than all the rest. */
export type Entries = readonly Entry[];

type Chunks = AsyncIterable<Uint8Array>;

/**
 * The entries of a list, as they come in.
 *
 * @throws {AlertError} `PLUGIN_DATA_INVALID` when it is not in this format.
 */
export const entriesOf = (chunks: Chunks, list: ListFormat): AsyncIterable<Entries> => {
  if (list.format === "lines") return lineEntries(chunks);
  return list.format === "csv" ? csvEntries(chunks, list.column) : jsonEntries(chunks, list);
};

/** A list with longer lines is something else. */
const LONGEST_LINE = 10_000;

async function* lineEntries(chunks: Chunks): AsyncGenerator<Entries> {
  let line = 0;
  for await (const lines of linesOf(chunks)) {
    const first = line + 1;
    line += lines.length;
    yield lines.map((text, index) => ({ text: entryIn(text), at: first + index })).filter(({ text }) => text !== "");
  }
}

/** What follows `#` or `;` is a comment, also behind an entry. */
const entryIn = (line: string): string => {
  const end = line.search(/[#;]/);
  return (end === -1 ? line : line.slice(0, end)).trim();
};

async function* linesOf(chunks: Chunks): AsyncGenerator<readonly string[]> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > LONGEST_LINE) throw dataError(`it has a line of more than ${LONGEST_LINE} characters.`);
    yield lines;
  }
  yield [rest + decoder.decode()];
}

/** Entries of a piece of a CSV file. */
const BATCH = 1_000;

async function* csvEntries(chunks: Chunks, column: string | number): AsyncGenerator<Entries> {
  const parser = parse({
    ...{ bom: true, trim: true, info: true, comment: "#", skip_empty_lines: true, relax_column_count: true },
    max_record_size: LONGEST_LINE * 10,
  });
  // An error of the source ends the parser, and with it the loop below.
  void feed(chunks, parser);
  let at = typeof column === "number" ? column - 1 : null;
  const batch: Entry[] = [];
  for await (const item of parser as AsyncIterable<{ record: readonly string[]; info: { lines: number } }>) {
    const { record, info } = item;
    if (at === null) {
      at = record.indexOf(String(column));
      if (at === -1)
        throw dataError(
          `line ${info.lines}: expected a column ${JSON.stringify(column)}. Received: ${record.slice(0, 20).join(", ").slice(0, 300)}.`,
        );
      continue;
    }
    const text = record[at] ?? "";
    if (text !== "") batch.push({ text, at: info.lines });
    if (batch.length === BATCH) yield batch.splice(0);
  }
  yield batch;
}

/** Waits while the parser has enough. */
const feed = async (chunks: Chunks, parser: ReturnType<typeof parse>): Promise<void> => {
  try {
    for await (const chunk of chunks) {
      if (parser.destroyed) return;
      if (!parser.write(chunk)) await drained(parser);
    }
    parser.end();
  } catch (cause) {
    parser.destroy(cause instanceof Error ? cause : new Error(String(cause)));
  }
};

const drained = (parser: ReturnType<typeof parse>): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      parser.off("drain", done);
      parser.off("close", done);
      resolve();
    };
    parser.on("drain", done);
    parser.on("close", done);
  });

async function* jsonEntries(
  chunks: Chunks,
  { items, key }: { readonly items?: string | undefined; readonly key?: string | undefined },
): AsyncGenerator<Entries> {
  const pieces: Uint8Array[] = [];
  for await (const chunk of chunks) pieces.push(chunk);
  const document = readJson(Buffer.concat(pieces).toString(), "it");
  const list = items === undefined ? document : valueAt(document, items);
  if (!Array.isArray(list))
    throw dataError(`expected a list${items === undefined ? "" : ` under ${JSON.stringify(items)}`}.`);
  yield list.flatMap((item: unknown, index) => {
    const texts = key === undefined ? valuesAt({ item }, "item") : valuesAt(item, key);
    return texts.map((text) => ({ text: String(text).trim(), at: index + 1 }));
  });
}
