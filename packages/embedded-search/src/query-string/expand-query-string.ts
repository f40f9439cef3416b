import { StoreError } from "../http/store-error.ts";
import { type FieldsView } from "../mapping/fields-view.ts";
import { matchNone, type Query, type QueryStringOptions, type QueryStringQuery } from "../recipe/query.ts";
import { boolQuery, sealed, toQuery } from "./combine.ts";
import { type Built, type BuiltClause, Expansion, type Occurrence } from "./expansion.ts";
import { fuzzyClause, prefixClause, regexpClause, wildcardClause } from "./pattern-clauses.ts";
import { type ClauseNode, type GroupNode, type LeafNode, type QueryNode } from "./query-ast.ts";
import { parseQueryString } from "./query-parser.ts";
import { QuerySyntaxError } from "./query-syntax-error.ts";
import { rangeClause } from "./range-clause.ts";
import { phraseClause, termClause } from "./text-clauses.ts";
import { escapeQueryString } from "./unescape.ts";

function expandLeaf(expansion: Expansion, node: LeafNode): Built | undefined {
  switch (node.kind) {
    case "term":
      return termClause(expansion, node);
    case "phrase":
      return phraseClause(expansion, node);
    case "wildcard":
      return wildcardClause(expansion, node);
    case "prefix":
      return prefixClause(expansion, node);
    case "regexp":
      return regexpClause(expansion, node);
    case "fuzzy":
      return fuzzyClause(expansion, node);
    case "range":
      return rangeClause(expansion, node.field, {
        [node.includeFrom ? "gte" : "gt"]: node.from,
        [node.includeTo ? "lte" : "lt"]: node.to,
      });
  }
}

function expandNode(expansion: Expansion, node: QueryNode): Built | undefined {
  const built = node.kind === "group" ? expandGroup(expansion, node) : expandLeaf(expansion, node);
  return built && sealed(built, node.boosted);
}

/** Words in a row become clauses of the group they stand in, unless that would lose how they belong together. */
function inlined(expansion: Expansion, built: Built): BuiltClause[] {
  const occurrence = expansion.options.defaultOperator === "and" ? "must" : "should";
  if (built.kind === "query") return [{ occurrence, built }];
  const onlyTerms = built.clauses.every((clause) => clause.built.kind === "query" && clause.built.term);
  return built.clauses.map((clause) => (onlyTerms ? clause : { occurrence, built: clause.built }));
}

/** AND and OR also change the clause before them: that is all the precedence there is. */
function rejoin(expansion: Expansion, clauses: BuiltClause[], { conjunction }: ClauseNode): void {
  const last = clauses.pop();
  if (last === undefined) return;
  const optional = conjunction === "or" && expansion.options.defaultOperator === "and";
  const changed: Occurrence = conjunction === "and" ? "must" : optional ? "should" : last.occurrence;
  clauses.push(last.occurrence === "mustNot" ? last : { ...last, occurrence: changed });
}

function occurrenceOf(expansion: Expansion, { conjunction, modifier }: ClauseNode): Occurrence {
  if (modifier === "prohibited") return "mustNot";
  if (expansion.options.defaultOperator === "and") return conjunction === "or" ? "should" : "must";
  return modifier === "required" || conjunction === "and" ? "must" : "should";
}

function expandGroup(expansion: Expansion, group: GroupNode): Built | undefined {
  const clauses: BuiltClause[] = [];
  let first: Built | undefined;
  group.clauses.forEach((clause, index) => {
    const built = expandNode(expansion, clause.node);
    const words = clause.node.kind === "term" && clause.node.several;
    if (index === 0 && clause.modifier === "none") first = built;
    if (words) {
      if (built) clauses.push(...inlined(expansion, built));
      return;
    }
    rejoin(expansion, clauses, clause);
    if (built) clauses.push({ occurrence: occurrenceOf(expansion, clause), built });
  });
  if (clauses.length === 1 && first) return first;
  return clauses.length === 0 ? undefined : { kind: "bool", clauses };
}

/**
 * Turns a parsed query string into queries on the fields of a mapping.
 *
 * @throws {QuerySyntaxError} for what only shows when fields are known, such as a leading wildcard that is not allowed.
 * @throws {StoreError} `illegal_argument_exception` for values that no query can have.
 */
export function expandQueryString(
  group: GroupNode | undefined,
  fields: FieldsView,
  options: QueryStringOptions,
): Query {
  const expansion = new Expansion(options, fields);
  const built = group && expandGroup(expansion, group);
  if (built === undefined) return matchNone;
  return built.kind === "bool" ? boolQuery(built.clauses, options.minimumShouldMatch) : toQuery(built);
}

/**
 * Parses and expands a `query_string` query over the fields of one index.
 *
 * @throws {StoreError} `query_shard_exception` when the text does not follow the grammar.
 */
export function bindQueryString(query: QueryStringQuery, fields: FieldsView): Query {
  try {
    return expandQueryString(parseQueryString(query.text, query.options), fields, query.options);
  } catch (error) {
    if (!(error instanceof QuerySyntaxError)) throw error;
    const read = query.options.escape ? escapeQueryString(query.text) : query.text;
    throw new StoreError(400, {
      type: "query_shard_exception",
      reason: `Failed to parse query [${query.text}]`,
      causedBy: {
        type: "parse_exception",
        foreign: true,
        reason: `Cannot parse '${read}': ${error.message}`,
        causedBy: { type: error.code, reason: error.message },
      },
    });
  }
}
