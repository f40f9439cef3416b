import type { FieldKind } from "@mozdef/query";
import { mozdef, mozdefMarks } from "@mozdef/query/mozdef";
import { CreateError } from "../create-error.ts";

/** How the values of a field look: decides which values the generated test uses. */
export type FieldValues = "address" | "boolean" | "number" | "text";

/** A field that groups of events can be made by. */
export interface EventField {
  readonly name: string;
  readonly values: FieldValues;
}

/** What the values of each kind of field look like, or why they make no groups. */
const BY_KIND: Readonly<Record<FieldKind, { readonly values: FieldValues } | { readonly reason: string }>> = {
  keyword: { values: "text" },
  ip: { values: "address" },
  boolean: { values: "boolean" },
  long: { values: "number" },
  double: { values: "number" },
  text: { reason: "it is text, of which only the words are indexed" },
  date: { reason: "it is a time" },
  geo_point: { reason: "it is a position" },
};

const KINDS: ReadonlyMap<string, FieldKind> = new Map(Object.entries(mozdef));
const BELOW_DETAILS = /^details(?:\.[A-Za-z_][A-Za-z0-9_-]*){1,10}$/;

/** Fields at the top level that may make groups; the others that may are below `details`. */
export const GROUPING_FIELDS: readonly string[] = [...KINDS]
  .filter(([name, kind]) => !name.includes(".") && "values" in BY_KIND[kind])
  .map(([name]) => name)
  .filter((name) => name !== "category" && !Object.hasOwn(mozdefMarks, name))
  .sort();

/**
 * The field whose values make the groups of an M:1 alert.
 *
 * @throws {CreateError} `CREATE_OPTION_INVALID` saying why events cannot be grouped by it.
 */
export const eventField = (name: string): EventField => {
  const kind = BY_KIND[KINDS.get(name) ?? "keyword"];
  const reason = "reason" in kind ? kind.reason : reasonAgainst(name);
  if ("values" in kind && reason === null) return { name, values: kind.values };
  throw new CreateError("CREATE_OPTION_INVALID", `Events cannot be grouped by ${JSON.stringify(name)}: ${reason}.`);
};

const reasonAgainst = (name: string): string | null => {
  if (name === "category") return "all events of the alert have the same category";
  if (GROUPING_FIELDS.includes(name)) return null;
  if (name.length <= 200 && BELOW_DETAILS.test(name)) return null;
  return `expected details.<name>, e.g. details.sourceipaddress, or one of ${GROUPING_FIELDS.join(", ")}`;
};
