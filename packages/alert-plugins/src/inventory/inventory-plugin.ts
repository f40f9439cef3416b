import { type AlertDocument, type AlertPlugin, definePlugin } from "@mozdef/alert/runtime";
import { z } from "zod";
import { FollowedFile } from "../files/followed-file.ts";
import { file } from "../options/file-option.ts";

import { type SharedOptions, sharedPart, sharedShape } from "../options/shared-options.ts";
import { withDetails, withNote } from "../values/add-to-alert.ts";
import { addressesOf, firstOf, valuesAtFields } from "../values/addresses-of.ts";
import { type Inventory, readInventory } from "./inventory.ts";
import type { Fields, RowFormat } from "./rows.ts";

/** What plugins with a list from a file can be told. */
export interface InventoryPluginOptions extends SharedOptions {
  /** The list: CSV with the names of the columns in its first line, or JSON with a list of objects. Read again when it changes. */
  readonly file: string | URL;
  /** Default: as the name of the file ends. */
  readonly format?: RowFormat;
  /** Columns that are added to the alert. Default: all. */
  readonly add?: readonly string[];
}

const columns = z.union([
  z
    .string()
    .min(1)
    .transform((name) => [name]),
  z.array(z.string().min(1)),
]);

/** The names of columns that may be said as one or as several. */
export const columnsOr = (...names: readonly string[]) => columns.default([...names]);

export const inventoryShape = {
  file,
  format: z.enum(["csv", "json"]).optional(),
  add: z.array(z.string().min(1)).optional(),
  ...sharedShape,
};

/** What a plugin with a list looks for, where, and how it calls what it found. */
export interface InventoryLookup {
  /** Its name, and the key in `details`. */
  readonly name: string;
  readonly addressColumns: readonly string[];
  /** Default: anywhere. */
  readonly addressFields?: readonly string[] | undefined;
  readonly nameColumns: readonly string[];
  readonly nameFields: readonly string[];
}

type Read = z.output<z.ZodObject<typeof inventoryShape>>;

/** A plugin that adds rows of a list to alerts. */
export const inventoryPlugin = (read: Read, lookup: InventoryLookup): AlertPlugin => {
  const { name, addressColumns: addresses, nameColumns: names } = lookup;
  const list = new FollowedFile(read.file, (path) =>
    readInventory(path, { columns: { addresses, names }, format: read.format }),
  );
  return definePlugin({
    ...sharedPart(read, { name, registration: "*" }),
    prepare: async ({ log }) => {
      await list.current((problem) => log.error(problem));
    },
    onMessage: async (alert, { report }) => enriched(alert, await list.current(report), lookup, read.add),
  });
};

/** Rows that are added to one alert. */
const MOST_ROWS = 100;

const enriched = (
  alert: AlertDocument,
  inventory: Inventory,
  lookup: InventoryLookup,
  add: readonly string[] | undefined,
): AlertDocument => {
  const found = new Map<Fields, string>();
  const note = (fields: Fields | null, value: string): void => {
    if (fields !== null && !found.has(fields)) found.set(fields, value);
  };
  if (lookup.addressColumns.length > 0)
    for (const address of addressesOf(alert, lookup.addressFields)) note(inventory.byAddress(address), address);
  for (const value of valuesAtFields(alert, lookup.nameFields)) note(inventory.byName(value), value);
  if (found.size === 0) return alert;
  const { taken, note: cut } = firstOf([...found], MOST_ROWS, `${lookup.name} added`);
  const rows = taken.map(([fields, matched]) => ({ ...chosen(fields, add), matched }));
  return withNote(withDetails(alert, { [lookup.name]: rows }), cut);
};

const chosen = (fields: Fields, add: readonly string[] | undefined): Fields =>
  add === undefined ? fields : Object.fromEntries(Object.entries(fields).filter(([name]) => add.includes(name)));
