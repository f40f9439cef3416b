import { messageOf } from "@mozdef/alert";
import { CsvError, parse } from "csv-parse/sync";
import { dataError } from "../files/data-error.ts";
import { placeInJson, readJson } from "../files/read-json.ts";

/** What is known of something. */
export type Fields = Readonly<Record<string, unknown>>;

/** The same, and where it stands in its file. */
export interface Row {
  readonly fields: Fields;
  /** Where a field of it stands, for messages: `assets.csv:12: column 2 (owner)`. */
  readonly at: (field?: string) => string;
}

export type RowFormat = "csv" | "json";

/**
 * The rows of a list.
 *
 * @throws {AlertError} `PLUGIN_DATA_INVALID` with file, line and column.
 */
export const readRows = (text: string, path: string, format: RowFormat): readonly Row[] =>
  format === "csv" ? csvRows(text, path) : jsonRows(text, path);

/** Names of fields go into the alert. */
const FIELD_NAME = /^[\p{L}\p{N}_][\p{L}\p{N}_ -]{0,99}$/u;

const NAME_EXPECTED = "expected a name of at most 100 letters, digits, '_', '-' and spaces, not __proto__";

const isFieldName = (name: string): boolean => FIELD_NAME.test(name) && name !== "__proto__";

interface CsvRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

const csvRows = (text: string, path: string): readonly Row[] => {
  const [header, ...records] = csvRecords(text, path);
  if (header === undefined) throw dataError(`${path}:1: expected a line with the names of the columns; it is empty.`);
  const names = header.record;
  for (const [index, name] of names.entries()) {
    const place = `${path}:1: column ${index + 1}`;
    if (!isFieldName(name)) throw dataError(`${place}: ${NAME_EXPECTED}. Received: ${JSON.stringify(name)}.`);
    if (names.indexOf(name) !== index) throw dataError(`${place}: there is another column ${JSON.stringify(name)}.`);
  }
  return records.map(({ record, info }) => ({
    fields: Object.fromEntries(names.flatMap((name, index) => (record[index] === "" ? [] : [[name, record[index]]]))),
    at: (field) =>
      field === undefined
        ? `${path}:${info.lines}`
        : `${path}:${info.lines}: column ${names.indexOf(field) + 1} (${field})`,
  }));
};

const csvRecords = (text: string, path: string): readonly CsvRecord[] => {
  try {
    return parse(text, {
      bom: true,
      trim: true,
      info: true,
      skip_empty_lines: true,
    }) as unknown as readonly CsvRecord[];
  } catch (cause) {
    throw dataError(`${path}${cause instanceof CsvError ? placeOf(cause) : ""}: ${messageOf(cause)}.`, cause);
  }
};

const placeOf = (error: CsvError): string => {
  const { lines, column } = error as unknown as { readonly lines?: unknown; readonly column?: unknown };
  return [
    ...(typeof lines === "number" ? [`:${lines}`] : []),
    ...(typeof column === "number" ? [`: column ${column + 1}`] : []),
  ].join("");
};

const jsonRows = (text: string, path: string): readonly Row[] => {
  const rows = readJson(text, path);
  const place = (...steps: readonly (string | number)[]) => `${path}:${placeInJson(text, steps)}`;
  if (!Array.isArray(rows)) throw dataError(`${place()}: expected a list of objects.`);
  return rows.map((fields: unknown, index) => {
    if (!isObject(fields)) throw dataError(`${place(index)}: expected an object.`);
    for (const name of Object.keys(fields))
      if (!isFieldName(name))
        throw dataError(`${place(index, name)}: ${NAME_EXPECTED}. Received: ${JSON.stringify(name)}.`);
    return { fields, at: (field) => (field === undefined ? place(index) : `${place(index, field)}: ${field}`) };
  });
};

const isObject = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
