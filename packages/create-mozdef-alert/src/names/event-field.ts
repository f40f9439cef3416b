import { CreateError } from "../create-error.ts";

/** How the values of a field look: decides which values the generated test uses. */
export type FieldValues = "address" | "boolean" | "text";

/** A field that groups of events can be made by. */
export interface EventField {
  readonly name: string;
  readonly values: FieldValues;
}

/** Fields at the top level with whole values; the other fields that may group are below `details`. */
export const GROUPING_FIELDS = [
  "customendpoint",
  "endpoint",
  "errorcode",
  "eventsource",
  "hostname",
  "mozdefhostname",
  "processid",
  "processname",
  "severity",
  "source",
  "tags",
  "type",
  "version",
] as const;

const VALUES: ReadonlyMap<string, FieldValues> = new Map([
  ["details.sourceipaddress", "address"],
  ["details.destinationipaddress", "address"],
  ["details.success", "boolean"],
]);

const POSITIONS = new Set(["details.sourceipgeopoint", "details.destinationipgeopoint"]);
const BELOW_DETAILS = /^details(?:\.[A-Za-z_][A-Za-z0-9_-]*){1,10}$/;

/**
 * The field whose values make the groups of an M:1 alert.
 *
 * @throws {CreateError} `CREATE_OPTION_INVALID` saying why events cannot be grouped by it.
 */
export const eventField = (name: string): EventField => {
  const reason = reasonAgainst(name);
  if (reason === null) return { name, values: VALUES.get(name) ?? "text" };
  throw new CreateError("CREATE_OPTION_INVALID", `Events cannot be grouped by ${JSON.stringify(name)}: ${reason}.`);
};

const reasonAgainst = (name: string): string | null => {
  if (name === "category") return "all events of the alert have the same category";
  if (name === "summary") return "it is text, of which only the words are indexed";
  if (["utctimestamp", "receivedtimestamp", "timestamp"].includes(name)) return "it is a time";
  if (POSITIONS.has(name)) return "it is a position";
  if ((GROUPING_FIELDS as readonly string[]).includes(name)) return null;
  if (name.length <= 200 && BELOW_DETAILS.test(name)) return null;
  return `expected details.<name>, e.g. details.sourceipaddress, or one of ${GROUPING_FIELDS.join(", ")}`;
};
