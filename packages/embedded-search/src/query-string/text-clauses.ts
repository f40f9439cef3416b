import { standardTerms } from "../analysis/standard-tokenizer.ts";
import { ValueError } from "../errors/value-error.ts";
import { isDate } from "../mapping/field.ts";
import type { FieldView } from "../mapping/fields-view.ts";
import { MATCH_ALL, MATCH_NONE, type MatchQuery, type Query } from "../recipe/query.ts";
import { anyOf, sealed } from "./combine.ts";
import { type Built, type Expansion, whole } from "./expansion.ts";
import type { PhraseNode, TermNode } from "./query-ast.ts";
import { type Bounds, rangeClause } from "./range-clause.ts";

const EXISTS_FIELD = "_exists_";

/** `_exists_:name` and `name:*`. */
export const existsQuery = (field: string): Query =>
  field === "_id" ? MATCH_ALL : { kind: "exists", field, boost: 1 };

/** The terms that a text has in a text field. */
export const termsOf = (view: FieldView, text: string): string[] =>
  view.analyzer === "keyword" ? [text] : standardTerms(text);

const termQuery = (field: string, value: string): Query => ({
  kind: "term",
  field,
  value,
  caseInsensitive: false,
  boost: 1,
});

const valueQuery = (expansion: Expansion, view: FieldView, text: string, phrase: boolean): Query => {
  const common = { field: view.name, value: text, zeroTerms: "none", lenient: expansion.lenient, boost: 1 } as const;
  if (phrase) return { kind: "match_phrase", slop: 0, ...common };
  const query: MatchQuery = { kind: "match", operator: "or", ...common };
  return query;
};

/** The meaning of words in one field: any (or all) of the terms of a text field; one whole value for other types. */
const wordsIn = (expansion: Expansion, view: FieldView, text: string): Built | undefined => {
  if (view.type !== "text") return whole(valueQuery(expansion, view, text, expansion.options.type === "phrase"));
  if (expansion.options.type === "phrase") return phraseIn(expansion, view, text, expansion.options.phraseSlop);
  if (!view.searchable && expansion.lenient) return whole(MATCH_NONE);
  const terms = termsOf(view, text).map((term) => whole(termQuery(view.name, term)));
  if (terms.length < 2) return terms[0];
  const occurrence = expansion.options.defaultOperator === "and" ? "must" : "should";
  return { kind: "bool", clauses: terms.map((built) => ({ occurrence, built })) };
};

const phraseIn = (expansion: Expansion, view: FieldView, text: string, slop: number): Built | undefined => {
  if (view.type !== "text") return whole(valueQuery(expansion, view, text, true));
  const terms = termsOf(view, text);
  const [only, ...others] = terms;
  if (only === undefined) return undefined;
  if (others.length === 0) return whole(termQuery(view.name, only));
  const { lenient } = expansion;
  if (slop < 0 && lenient) return whole(MATCH_NONE);
  if (slop < 0) throw new ValueError(`Slop must be >= 0, got ${slop}`);
  return whole({ kind: "match_phrase", field: view.name, value: text, slop, zeroTerms: "none", lenient, boost: 1 });
};

/** `>5`, `>=5`, `<5`, `<=5` as bounds; undefined when the text does not start with such a sign. */
const comparison = (text: string): Bounds | undefined => {
  if (text.length < 2) return undefined;
  const orEqual = text.length > 2 && text[1] === "=";
  const bound = text.slice(orEqual ? 2 : 1);
  if (text.startsWith(">")) return orEqual ? { gte: bound } : { gt: bound };
  if (text.startsWith("<")) return orEqual ? { lte: bound } : { lt: bound };
  return undefined;
};

const dateInZone = (expansion: Expansion, field: string, text: string): boolean =>
  expansion.options.timeZone !== undefined && text.length > 1 && isDate(expansion.field(field)?.type ?? "text");

const idQuery = ({ lenient }: Expansion, id: string): Query =>
  lenient && id === "" ? MATCH_NONE : { kind: "ids", values: [id], boost: 1 };

/** Words without quotes. */
export const termClause = (expansion: Expansion, node: TermNode): Built | undefined => {
  const name = expansion.named(node.field);
  const { text } = node;
  if (name === EXISTS_FIELD) return whole(existsQuery(text));
  if (name !== undefined) {
    const bounds = comparison(text);
    if (bounds) return rangeClause(expansion, node.field, bounds);
    if (dateInZone(expansion, name, text)) return rangeClause(expansion, node.field, { gte: text, lte: text });
  }
  if (name === "_id") return whole(idQuery(expansion, text));
  return wordsInFields(expansion, node.field, text);
};

/** Words in each of the fields that are asked. */
export const wordsInFields = (expansion: Expansion, field: string | undefined, text: string): Built | undefined =>
  inEach(expansion, field, (view) => wordsIn(expansion, view, text));

/** A phrase in each of the fields that are asked. */
export const phraseInFields = (
  expansion: Expansion,
  field: string | undefined,
  text: string,
  slop: number,
): Built | undefined => inEach(expansion, field, (view) => phraseIn(expansion, view, text, slop));

const inEach = (
  expansion: Expansion,
  field: string | undefined,
  build: (view: FieldView) => Built | undefined,
): Built | undefined => {
  const targets = expansion.targets(field);
  if (targets.length === 0) return whole(MATCH_NONE);
  const found = targets.map(({ view, boosted }) => ({ built: build(view), boosted }));
  return anyOf(found.flatMap(({ built, boosted }) => (built ? [sealed(built, boosted)] : [])));
};

/** Words in quotes. */
export const phraseClause = (expansion: Expansion, node: PhraseNode): Built | undefined => {
  const name = expansion.named(node.field);
  if (name === EXISTS_FIELD) return whole(existsQuery(node.text));
  if (name === "_id") return whole(idQuery(expansion, node.text));
  return phraseInFields(expansion, node.field, node.text, node.slop ?? expansion.options.phraseSlop);
};
