import type { AlertPlugin } from "@mozdef/alert/runtime";
import { z } from "zod";
import {
  columnsOr,
  type InventoryPluginOptions,
  inventoryPlugin,
  inventoryShape,
} from "./inventory/inventory-plugin.ts";
import { readOptions } from "./options/read-options.ts";
import { addressFields, paths } from "./options/shared-options.ts";

const schema = z.strictObject({
  addressColumn: columnsOr("address"),
  hostnameColumn: columnsOr("hostname"),
  addressFields,
  hostnameFields: paths.default([
    ...["hostname", "host.name", "host.hostname", "details.hostname", "details.host", "details.dhost", "details.shost"],
    ...["details.destinationhostname", "details.sourcehostname", "destination.domain", "source.domain"],
  ]),
  ...inventoryShape,
});

/** The options of {@link assets}. */
export interface AssetsOptions extends InventoryPluginOptions {
  /** Columns with addresses and networks. Default `address`. */
  readonly addressColumn?: string | readonly string[];
  /** Columns with names of hosts. Default `hostname`. */
  readonly hostnameColumn?: string | readonly string[];
  /** Paths in the alert and its events at which addresses stand. Default: anywhere. */
  readonly addressFields?: readonly string[];
  /** Paths in the alert and its events at which names of hosts stand. Default: `hostname`, `details.hostname`, `host.name` and others. */
  readonly hostnameFields?: readonly string[];
}

/**
 * Adds what a list says of the machines in an alert, such as owner and criticality: `details.assets`, for each the columns of its row, and as
 * `matched` the address or name by which it was found. The smallest network around an address wins. Columns hold one value, or several parted by
 * `;` or `|`.
 *
 * @throws {AlertError} `PLUGIN_INVALID`.
 *
 * @example
 * assets({ file: "/etc/mozdef/assets.csv" }); // hostname,address,owner,criticality
 */
export const assets = (options: AssetsOptions): AlertPlugin => {
  const read = readOptions("assets", schema, options);
  return inventoryPlugin(read, {
    name: "assets",
    addressColumns: read.addressColumn,
    addressFields: read.addressFields,
    nameColumns: read.hostnameColumn,
    nameFields: read.hostnameFields,
  });
};
