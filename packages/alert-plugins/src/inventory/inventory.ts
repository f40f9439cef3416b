import path from "node:path";
import { preview } from "@mozdef/query/tools";
import { dataError } from "../files/data-error.ts";
import { readBounded } from "../files/followed-file.ts";
import { NetworkKeys } from "../values/network-keys.ts";
import { type Fields, readRows, type Row, type RowFormat } from "./rows.ts";

/** Which columns say what a row is found by. */
export interface KeyColumns {
  readonly addresses: readonly string[];
  readonly names: readonly string[];
}

/** What is known of addresses and names. */
export interface Inventory {
  /** The row of an address, or of the smallest network around it. */
  byAddress(address: string): Fields | null;
  /** The row of a name, in whatever case. */
  byName(name: string): Fields | null;
}

export interface InventoryOptions {
  readonly columns: KeyColumns;
  /** Default: as the name of the file ends. */
  readonly format?: RowFormat | undefined;
}

const LARGEST_BYTES = 32 * 1_024 * 1_024;

/**
 * Reads a list of what there is.
 *
 * @throws {AlertError} `PLUGIN_DATA_INVALID` with file, line and column.
 */
export const readInventory = async (file: string, { columns, format }: InventoryOptions): Promise<Inventory> => {
  const text = (await readBounded(file, LARGEST_BYTES)).toString();
  const index = new Index(columns);
  for (const row of readRows(text, file, format ?? formatOf(file))) index.add(row);
  return index.closed();
};

/** @throws {AlertError} `PLUGIN_DATA_INVALID`. */
const formatOf = (file: string): RowFormat => {
  const ending = path.extname(file).toLowerCase();
  if (ending === ".csv" || ending === ".json") return ending.slice(1) as RowFormat;
  throw dataError(`${file}: expected a name that ends in .csv or .json, or the option format: "csv" or "json".`);
};

class Index implements Inventory {
  readonly #columns: KeyColumns;
  readonly #networks = new NetworkKeys();
  readonly #found = { address: new Map<string, Fields>(), name: new Map<string, Fields>() };
  /** Where rows stand, while they are read: it takes as much memory as the file. */
  readonly #places = new Map<Fields, Row["at"]>();

  constructor(columns: KeyColumns) {
    this.#columns = columns;
  }

  add(row: Row): void {
    this.#places.set(row.fields, row.at);
    const { addresses, names } = this.#columns;
    const inAddresses = addresses.flatMap((column) => keysAt(row, column));
    const inNames = names.flatMap((column) => keysAt(row, column));
    if (inAddresses.length + inNames.length === 0)
      throw dataError(`${row.at()}: expected a value under ${[...addresses, ...names].join(" or ")}.`);
    for (const { column, text } of inAddresses) {
      const key = this.#networks.add(text);
      if (key === null)
        throw dataError(
          `${row.at(column)}: expected an address or a network, e.g. 10.1.0.0/16. Received: ${preview(text)}.`,
        );
      this.#put("address", key, { row, column, text });
    }
    for (const { column, text } of inNames) this.#put("name", nameKey(text), { row, column, text });
  }

  closed(): Inventory {
    this.#places.clear();
    return this;
  }

  byAddress(address: string): Fields | null {
    for (const key of this.#networks.of(address)) {
      const fields = this.#found.address.get(key);
      if (fields !== undefined) return fields;
    }
    return null;
  }

  byName(name: string): Fields | null {
    return this.#found.name.get(nameKey(name)) ?? null;
  }

  #put(kind: "address" | "name", key: string, { row, column, text }: Key & { readonly row: Row }): void {
    const other = this.#found[kind].get(key);
    if (other !== undefined && other !== row.fields)
      throw dataError(
        `${row.at(column)}: ${preview(text)} is there twice, also in ${this.#places.get(other)?.() ?? ""}.`,
      );
    this.#found[kind].set(key, row.fields);
  }
}

interface Key {
  readonly column: string;
  readonly text: string;
}

/** Several in one field stand in a list, or are parted by `;` or `|`. */
const keysAt = (row: Row, column: string): readonly Key[] => {
  const value = row.fields[column];
  if (value === undefined || value === null) return [];
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.flatMap((one) => {
    if (typeof one !== "string" && typeof one !== "number")
      throw dataError(`${row.at(column)}: expected a text or a list of texts. Received: ${preview(one)}.`);
    const texts = String(one)
      .split(/[;|]/)
      .map((text) => text.trim());
    return texts.filter((text) => text !== "").map((text) => ({ column, text }));
  });
};

/** A name that ends in a dot is the same name. */
const nameKey = (name: string): string => name.trim().toLowerCase().replace(/\.$/, "");
