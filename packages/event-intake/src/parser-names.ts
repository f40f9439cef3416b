import { PARSERS } from "./products/products.ts";
import { SHIPPERS } from "./shippers/shippers.ts";

/** Names in `mozdef.plugins` and in counts that parsers of others cannot have. */
export const PARSER_NAMES: readonly string[] = [
  ...[...PARSERS, ...SHIPPERS].map(({ name }) => name),
  // The header of a line; what nobody understood; what was refused before it was read.
  ...["syslog", "none", "unreadable"],
];
