import { MATCH_ALL, MATCH_NONE, type BoolQuery, type Query } from "../recipe/query.ts";
import { type Built, type BuiltClause, type Occurrence, whole } from "./expansion.ts";

const of = (clauses: readonly BuiltClause[], occurrence: Occurrence): Query[] =>
  clauses.filter((clause) => clause.occurrence === occurrence).map((clause) => toQuery(clause.built));

/** The query of a list of clauses. One that only excludes starts from all documents. */
export const boolQuery = (clauses: readonly BuiltClause[], minimumShouldMatch?: string): Query => {
  if (clauses.length === 0) return MATCH_NONE;
  const query: BoolQuery = {
    kind: "bool",
    must: of(clauses, "must"),
    filter: clauses.every(({ occurrence }) => occurrence === "mustNot") ? [MATCH_ALL] : [],
    should: of(clauses, "should"),
    mustNot: of(clauses, "mustNot"),
    boost: 1,
  };
  return minimumShouldMatch === undefined ? query : { ...query, minimumShouldMatch };
};

export const toQuery = (built: Built): Query => (built.kind === "query" ? built.query : boolQuery(built.clauses));

/** Keeps a boosted clause in one piece, as its score would be. */
export const sealed = (built: Built, boosted: boolean): Built => (boosted ? { ...built, inOnePiece: true } : built);

/** One clause in several fields, of which any may match. Undefined when no field has anything to look for. */
export const anyOf = (builts: readonly Built[]): Built | undefined => {
  const [only, ...others] = builts;
  if (only === undefined || others.length === 0) return only;
  return whole({ kind: "dis_max", queries: builts.map(toQuery), boost: 1 });
};
