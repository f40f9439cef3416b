import { describeClause } from "../clause-kinds.ts";
import type { BooleanClause, Clause, ExistsClause, PhraseClause, PrefixClause, TermClause } from "../clauses.ts";
import type { TermsClause, WildcardClause } from "../clauses.ts";
import type { FieldName } from "../fields/event-fields.ts";
import type { EventSchema } from "../fields/event-schema.ts";
import { QueryError } from "../query-error.ts";
import { fitsPattern } from "./fits-pattern.ts";
import { standInFor, valuesThatFit } from "./stand-in.ts";
import { translateQueryString } from "./translate-query-string.ts";

/** A clause over other names; true or false when it holds for every event of the source, or for none. */
export type Translated = Clause | boolean;

/** @throws {QueryError} `QUERY_FIELD_UNNAMED`. */
export const translateClause = (clause: Clause, schema: EventSchema): Translated => {
  if (clause.kind === "boolean") return translateBoolean(clause, schema);
  if (clause.kind === "queryString")
    return Object.freeze({ ...clause, query: translateQueryString(clause.query, schema) });
  const standIn = standInFor(clause.field, schema);
  if ("field" in standIn && standIn.values === undefined)
    return Object.freeze({ ...clause, field: standIn.field as FieldName });
  const fits = fitOf(clause);
  if ("value" in standIn) return fits(standIn.value);
  return anyOf(standIn.field, valuesThatFit(standIn.values ?? {}, fits));
};

/** {@link translateClause} for clauses in their places. */
export const translateBoolean = (
  { must, mustNot, should }: Pick<BooleanClause, "must" | "mustNot" | "should">,
  schema: EventSchema,
): BooleanClause | boolean => {
  const translated = (clauses: readonly Clause[]): readonly Translated[] =>
    clauses.map((clause) => translateClause(clause, schema));
  const [all, none, any] = [translated(must), translated(mustNot), translated(should)];
  if (all.includes(false) || none.includes(true)) return false;
  if (any.length > 0 && any.every((one) => one === false)) return false;
  const left = { must: clausesOf(all), mustNot: clausesOf(none), should: any.includes(true) ? [] : clausesOf(any) };
  if (left.must.length + left.mustNot.length + left.should.length === 0) return true;
  return Object.freeze({ kind: "boolean", ...left });
};

const clausesOf = (translated: readonly Translated[]): readonly Clause[] =>
  translated.filter((one): one is Clause => typeof one !== "boolean");

const anyOf = (field: string, values: readonly string[]): Translated =>
  values.length > 0 && Object.freeze({ kind: "terms", field: field as FieldName, values: Object.freeze(values) });

/** Clauses that compare whole values with others, so that they can be decided for a value that is known. */
type Decidable = TermClause | TermsClause | PhraseClause | ExistsClause | WildcardClause | PrefixClause;

const fitOf = (clause: Exclude<Clause, BooleanClause>): ((value: string) => boolean) => {
  if (isDecidable(clause)) return (value) => fitsClause(clause, value);
  throw new QueryError(
    "QUERY_FIELD_UNNAMED",
    `The source knows single values of this field only, which a range, a network or a regular expression is not compared with. Expected: a field that stands for it, among the "names" of the source. Received: ${describeClause(clause)}.`,
  );
};

const DECIDABLE: ReadonlySet<string> = new Set<Decidable["kind"]>([
  "term",
  "terms",
  "phrase",
  "exists",
  "wildcard",
  "prefix",
]);

const isDecidable = (clause: Clause): clause is Decidable => DECIDABLE.has(clause.kind);

const fitsClause = (clause: Decidable, value: string): boolean => {
  const folded = "ignoreCase" in clause ? lowerCase : (text: string): string => text;
  switch (clause.kind) {
    case "term":
    case "phrase":
      return folded(String(clause.value)) === folded(value);
    case "terms":
      return clause.values.map(String).includes(value);
    case "exists":
      return true;
    case "wildcard":
      return fitsPattern(folded(clause.pattern), folded(value));
    case "prefix":
      return folded(value).startsWith(folded(clause.text));
  }
};

/** As the store does: other letters keep their case. */
const lowerCase = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
