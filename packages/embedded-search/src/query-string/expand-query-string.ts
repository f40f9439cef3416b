import { ApiError } from "../errors/api-error.ts";
import { ValueError } from "../errors/value-error.ts";
import type { FieldsView } from "../mapping/fields-view.ts";
import { MATCH_NONE, type Query, type QueryStringQuery } from "../recipe/query.ts";
import { boolQuery, sealed, toQuery } from "./combine.ts";
import { type Built, type BuiltClause, Expansion, type HasValues, isTerm, type Occurrence } from "./expansion.ts";
import { fuzzyClause, prefixClause, regexpClause, wildcardClause } from "./pattern-clauses.ts";
import type { ClauseNode, GroupNode, LeafNode, QueryNode } from "./query-ast.ts";
import { parseQueryString } from "./query-parser.ts";
import { QuerySyntaxError } from "./query-syntax-error.ts";
import { rangeClause } from "./range-clause.ts";
import { phraseClause, termClause } from "./text-clauses.ts";
import { escapeQueryString } from "./unescape.ts";

const expandLeaf = (expansion: Expansion, node: LeafNode): Built | undefined => {
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
};

const expandNode = (expansion: Expansion, node: QueryNode): Built | undefined => {
  const built = node.kind === "group" ? expandGroup(expansion, node) : expansion.leaves.get(node);
  return built && sealed(built, node.boosted);
};

/** Consecutive words become clauses of their group, unless that would lose how they belong together. */
const inlined = (expansion: Expansion, built: Built): BuiltClause[] => {
  const occurrence = expansion.options.defaultOperator === "and" ? "must" : "should";
  if (built.kind === "query" || built.inOnePiece === true) return [{ occurrence, built }];
  const onlyTerms = built.clauses.every((clause) => isTerm(clause.built));
  return built.clauses.map((clause) => (onlyTerms ? clause : { occurrence, built: clause.built }));
};

/** AND and OR also change the clause before them; there is no other precedence. */
const rejoin = (expansion: Expansion, clauses: BuiltClause[], { conjunction }: ClauseNode): void => {
  const last = clauses.pop();
  if (last === undefined) return;
  const optional = conjunction === "or" && expansion.options.defaultOperator === "and";
  const changed: Occurrence = conjunction === "and" ? "must" : optional ? "should" : last.occurrence;
  clauses.push(last.occurrence === "mustNot" ? last : { ...last, occurrence: changed });
};

const occurrenceOf = (expansion: Expansion, { conjunction, modifier }: ClauseNode): Occurrence => {
  if (modifier === "prohibited") return "mustNot";
  if (expansion.options.defaultOperator === "and") return conjunction === "or" ? "should" : "must";
  return modifier === "required" || conjunction === "and" ? "must" : "should";
};

const expandGroup = (expansion: Expansion, group: GroupNode): Built | undefined => {
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
};

/** The index that a query string is bound to. */
export interface QueryStringTarget {
  readonly fields: FieldsView;
  readonly hasValues: HasValues;
  /** Called with the query of each clause, in the order of the text; throws when its field cannot answer it. */
  readonly check?: (query: Query) => void;
}

/** Parses a text and expands each clause as soon as it is read, so that the first mistake is reported. */
const expand = ({ text, options }: QueryStringQuery, { fields, hasValues, check }: QueryStringTarget): Query => {
  if (options.fields.length > 0 && options.defaultField !== undefined) {
    const reason = "cannot use [fields] parameter in conjunction with [default_field]";
    throw new ValueError(`Validation Failed: 1: [query_string] ${reason};`, "query_validation_exception");
  }
  const expansion = new Expansion(options, fields, hasValues);
  const group = parseQueryString(text, {
    escape: options.escape,
    onLeaf: (leaf) => {
      const built = expandLeaf(expansion, leaf);
      expansion.leaves.set(leaf, built);
      if (built && !expansion.lenient) check?.(toQuery(built));
    },
  });
  const built = group && expandGroup(expansion, group);
  if (built === undefined) return MATCH_NONE;
  return built.kind === "bool" ? boolQuery(built.clauses, options.minimumShouldMatch) : toQuery(built);
};

/**
 * Parses a `query_string` query by Lucene's grammar and turns it into queries on the fields of one index.
 *
 * @throws {ApiError} `query_shard_exception` when the text does not follow the grammar.
 * @throws {ValueError} for values that no query can have; whatever `check` throws.
 */
export const bindQueryString = (query: QueryStringQuery, target: QueryStringTarget): Query => {
  try {
    return expand(query, target);
  } catch (error) {
    if (error instanceof QuerySyntaxError) throw parseFailure(query, error);
    throw error;
  }
};

const parseFailure = ({ text, options }: QueryStringQuery, error: QuerySyntaxError): ApiError => {
  const read = options.escape ? escapeQueryString(text) : text;
  return new ApiError(400, {
    type: "query_shard_exception",
    reason: `Failed to parse query [${text}]`,
    causedBy: {
      type: "parse_exception",
      foreign: true,
      reason: `Cannot parse '${read}': ${error.message}`,
      causedBy: { type: error.code, reason: error.message },
    },
  });
};
