import type { AlertPlugin } from "@mozdef/alert/runtime";
import { z } from "zod";
import {
  columnsOr,
  type InventoryPluginOptions,
  inventoryPlugin,
  inventoryShape,
} from "./inventory/inventory-plugin.ts";
import { readOptions } from "./options/read-options.ts";
import { paths } from "./options/shared-options.ts";

const schema = z.strictObject({
  userColumn: columnsOr("user", "email"),
  userFields: paths.default([
    ...["details.username", "details.user", "details.email", "details.suser", "details.duser", "details.principal"],
    ...["details.possible_usernames", "details.vpnassignment.username", "user.name", "user.email", "user.id"],
  ]),
  ...inventoryShape,
});

/** The options of {@link identities}. */
export interface IdentitiesOptions extends InventoryPluginOptions {
  /** Columns with what users are called. Default `user` and `email`. */
  readonly userColumn?: string | readonly string[];
  /** Paths in the alert and its events at which users stand. Default: `details.username`, `details.user`, `user.name` and others. */
  readonly userFields?: readonly string[];
}

/**
 * Adds what a list says of the people in an alert, such as team and manager: `details.identities`, for each the columns of its row, and as
 * `matched` the name by which it was found. Upper and lower case do not matter. Columns hold one value, or several parted by `;` or `|`.
 *
 * @throws {AlertError} `PLUGIN_INVALID`.
 *
 * @example
 * identities({ file: "/etc/mozdef/people.json" }); // [{ "user": "bob", "email": "bob@example.org", "team": "infra" }]
 */
export const identities = (options: IdentitiesOptions): AlertPlugin => {
  const read = readOptions("identities", schema, options);
  return inventoryPlugin(read, {
    name: "identities",
    addressColumns: [],
    nameColumns: read.userColumn,
    nameFields: read.userFields,
  });
};
