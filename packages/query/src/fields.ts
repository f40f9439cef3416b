import { QueryError, received } from "./query-error.ts";

/** How the store indexes a field. Strings and numbers without an entry of their own are `keyword`: compared as a whole. */
export type FieldKind = "text" | "keyword" | "ip" | "date" | "boolean" | "geo_point";

/**
 * The fields of an event and how each is indexed.
 *
 * A pack that relies on further fields declares them by merging, and hands the same to `definePack` for tools:
 * `declare module "@mozdef/query" { interface EventFields { "details.finding.createdAt": "date" } }`.
 * `details.*` without an entry is `keyword`.
 */
export interface EventFields {
  summary: "text";
  category: "keyword";
  customendpoint: "keyword";
  endpoint: "keyword";
  eventsource: "keyword";
  errorcode: "keyword";
  hostname: "keyword";
  mozdefhostname: "keyword";
  processid: "keyword";
  processname: "keyword";
  severity: "keyword";
  source: "keyword";
  tags: "keyword";
  type: "keyword";
  version: "keyword";
  utctimestamp: "date";
  receivedtimestamp: "date";
  timestamp: "date";
  alert_names: "keyword";
  "alerts.index": "keyword";
  "alerts.id": "keyword";
  "details.sourceipaddress": "ip";
  "details.destinationipaddress": "ip";
  "details.sourceipv4address": "keyword";
  "details.sourceport": "keyword";
  "details.destinationport": "keyword";
  "details.sourceipgeopoint": "geo_point";
  "details.destinationipgeopoint": "geo_point";
  "details.success": "boolean";
}

/** Every name a clause accepts. A name at the top level has to be known; below `details` anything may come. */
export type FieldName = keyof EventFields | `details.${string}`;

/** The kind of one field. */
export type KindOf<Field extends FieldName> = Field extends keyof EventFields ? EventFields[Field] : "keyword";

/** Shown by the compiler when a clause does not fit its field. */
export interface FieldTypeError<Sentence extends string> {
  readonly error: Sentence;
}

/** `Field` when its kind is one of `Kinds`, else a type whose name is the reason. */
export type FieldOf<Field extends FieldName, Kinds extends FieldKind> = [KindOf<Field>] extends [Kinds]
  ? Field
  : FieldTypeError<`${Field} is ${KindOf<Field>}: this clause needs a field of kind ${Kinds}`>;

/**
 * A field name that is known only at run time, e.g. from a rule file or a configuration.
 *
 * @throws {QueryError} `QUERY_FIELD_INVALID` as every clause does.
 */
export const fieldNamed = (name: string): `details.${string}` => checkField(name) as `details.${string}`;

const LONGEST_FIELD = 1_000;

/**
 * A name the store can look up: parts of visible characters joined by single dots. Patterns (`*`) are refused,
 * since each clause but the query string means exactly one field.
 */
export const checkField = (field: unknown): string => {
  const valid =
    typeof field === "string" &&
    field.length <= LONGEST_FIELD &&
    field.split(".").every((part) => part !== "" && !/[\s*?"\\]/.test(part));
  if (valid) return field;
  throw new QueryError(
    "QUERY_FIELD_INVALID",
    `A clause needs the name of one field, such as "details.sourceipaddress": no spaces, no wildcards, no empty part. Received: ${received(field)}.`,
  );
};
