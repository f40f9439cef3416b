import type { JsonObject } from "../event/json.ts";

/** What the header of a table says of its rows. */
interface Header {
  readonly separator: string;
  readonly setSeparator: string;
  readonly emptyField: string;
  readonly unsetField: string;
  readonly path?: string;
  readonly fields: readonly string[];
  readonly types: readonly string[];
}

const DEFAULTS: Header = {
  separator: "\t",
  setSeparator: ",",
  emptyField: "(empty)",
  unsetField: "-",
  fields: [],
  types: [],
};

/** Lines that begin a header. Zeek writes the separator first; who cuts logs in pieces often keeps the names only. */
const BEGINS = /^#(?:separator |fields\t)/;

const HEADER = /^#(separator|set_separator|empty_field|unset_field|path|open|close|fields|types)(?=[^\w]|$)/;

/** Wider tables than any of Zeek are not remembered. */
const MOST_FIELDS = 1_000;

/** Numbers that alerts and summaries use as such. Times keep their digits. */
const NUMBERS = new Set(["count", "int", "double", "interval", "port"]);

/** Reads the lines of one of Zeek's tables, whose header says what the columns are. @see Zeek `LogAscii`, "Zeek Log Formats" */
export class ZeekTable {
  #header: Header | undefined;

  /** The record of a row; null for a line of the header; undefined when it is no part of a table. */
  read(line: string): JsonObject | null | undefined {
    if (line.startsWith("#")) return this.#readHeader(line) ? null : undefined;
    const header = this.#header;
    if (header?.fields.includes("ts") !== true) return undefined;
    const cells = line.split(header.separator, MOST_FIELDS + 1);
    return cells.length === header.fields.length ? recordOf(cells, header) : undefined;
  }

  #readHeader(line: string): boolean {
    if (this.#header === undefined && !BEGINS.test(line)) return false;
    const name = HEADER.exec(line)?.[1];
    if (name === undefined) return false;
    this.#header = name === "close" ? undefined : withLine(this.#header ?? DEFAULTS, name, line.slice(name.length + 1));
    return true;
  }
}

/** `rest` is what comes after the name, with the separator in front: a blank after `#separator`, else the separator itself. */
const withLine = (header: Header, name: string, rest: string): Header => {
  const value = rest.slice(name === "separator" ? 1 : header.separator.length);
  // An empty one would divide into single characters.
  if (name === "separator") return value === "" ? DEFAULTS : { ...DEFAULTS, separator: unescaped(value) };
  if (name === "set_separator") return { ...header, setSeparator: value === "" ? "," : value };
  if (name === "empty_field") return { ...header, emptyField: value };
  if (name === "unset_field") return { ...header, unsetField: value };
  if (name === "path") return { ...header, path: value };
  if (name === "fields") return { ...header, fields: columnsOf(value, header), types: [] };
  return name === "types" ? { ...header, types: columnsOf(value, header) } : header;
};

const columnsOf = (value: string, { separator }: Header): readonly string[] => {
  const columns = value.split(separator, MOST_FIELDS + 1);
  return columns.length > MOST_FIELDS ? [] : columns;
};

const recordOf = (cells: readonly string[], header: Header): JsonObject => {
  const entries = header.fields.flatMap((field, index): (readonly [string, unknown])[] => {
    const cell = cells[index] ?? "";
    return cell === header.unsetField ? [] : [[field, valueOf(cell, header.types[index] ?? "string", header)]];
  });
  return Object.fromEntries([...(header.path === undefined ? [] : [["_path", header.path] as const]), ...entries]);
};

const valueOf = (cell: string, type: string, header: Header): unknown => {
  const inner = /^(?:set|vector)\[(\w+)\]$/.exec(type)?.[1];
  if (inner === undefined) return cell === header.emptyField ? "" : scalarOf(cell, type);
  return cell === header.emptyField ? [] : cell.split(header.setSeparator).map((part) => scalarOf(part, inner));
};

const scalarOf = (text: string, type: string): unknown => {
  if (type === "bool" && (text === "T" || text === "F")) return text === "T";
  const number = NUMBERS.has(type) ? Number(text) : Number.NaN;
  return text === "" || Number.isNaN(number) || Math.abs(number) > Number.MAX_SAFE_INTEGER ? unescaped(text) : number;
};

/** `\x09` for a tab, as Zeek writes what would break a row. */
const unescaped = (text: string): string =>
  text.replaceAll(/\\x([\da-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
