import { MATCH_ALL, MATCH_NONE, type Query, type SimpleQueryStringQuery } from "../recipe/query.ts";
import { boolQuery, toQuery } from "./combine.ts";
import type { QueryStringTarget } from "./expand-query-string.ts";
import { type Built, Expansion, whole } from "./expansion.ts";
import { fuzzyClause, simplePrefixClause } from "./pattern-clauses.ts";
import { parseSimpleQuery, type SimpleBuilder, type SimpleLeaf } from "./simple-query-parser.ts";
import { phraseInFields, wordsInFields } from "./text-clauses.ts";

const expandLeaf = (expansion: Expansion, leaf: SimpleLeaf): Built | undefined => {
  const common = { field: undefined, boosted: false };
  switch (leaf.kind) {
    case "words":
      return wordsInFields(expansion, undefined, leaf.text);
    case "phrase":
      return phraseInFields(expansion, undefined, leaf.text, leaf.slop);
    case "prefix":
      // Without any field, Elasticsearch leaves a prefix out, and looks for anything else in vain.
      return expansion.targets(undefined).length === 0
        ? undefined
        : simplePrefixClause(expansion, { ...leaf, ...common });
    case "fuzzy":
      return fuzzyClause(expansion, { ...leaf, ...common, fuzziness: { kind: "edits", edits: leaf.edits } });
  }
};

const builderOf = (expansion: Expansion, check: QueryStringTarget["check"]): SimpleBuilder<Built> => ({
  leaf: (leaf) => {
    const built = expandLeaf(expansion, leaf);
    if (built && !expansion.lenient) check?.(toQuery(built));
    return built;
  },
  not: (built) => ({
    kind: "bool",
    clauses: [
      { occurrence: "mustNot", built },
      { occurrence: "should", built: whole(MATCH_ALL) },
    ],
  }),
  join: (first, occurrence) => ({ kind: "bool", clauses: [{ occurrence, built: first }] }),
  add: (joined, built, occurrence) => ({
    kind: "bool",
    clauses: [...(joined.kind === "bool" ? joined.clauses : []), { occurrence, built }],
  }),
});

/**
 * Turns a `simple_query_string` query into queries on the fields of one index.
 *
 * @throws {ValueError} for values that no query can have; whatever `check` throws.
 */
export const bindSimpleQuery = (
  { text, flags, options }: SimpleQueryStringQuery,
  { fields, hasValues, check }: QueryStringTarget,
): Query => {
  if (/^[\0-\x20]*\*[\0-\x20]*$/.test(text)) return MATCH_ALL;
  const expansion = new Expansion(options, fields, hasValues);
  const defaultOperation = options.defaultOperator === "and" ? "must" : "should";
  const built = parseSimpleQuery(text, { flags, defaultOperation }, builderOf(expansion, check));
  if (built === undefined) return MATCH_NONE;
  return built.kind === "bool" ? boolQuery(built.clauses, options.minimumShouldMatch) : toQuery(built);
};
