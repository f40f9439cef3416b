import { askedQuery } from "@mozdef/alert/runtime";
import { asOf } from "@mozdef/alert-store";
import type { Clause, QueryContainer } from "@mozdef/query";
import { compileClause, compileWindow, describeClause } from "@mozdef/query/tools";
import { describeSpan } from "./describe-span.ts";
import type { ClausePart } from "./explanation/explanation.ts";
import type { ExplainedQuery } from "./explained-query.ts";

/** A condition of a query that is asked about by itself. */
export interface Part {
  /** Unique in its query; names its aggregations. */
  readonly id: string;
  readonly part: ClausePart;
  readonly text: string;
  readonly query: QueryContainer;
  /** Null for the window and for a whole list of alternatives. */
  readonly clause: Clause | null;
  readonly inner: readonly Part[];
}

/** The conditions of a query, of which an event has to fit all. Compiled by the same code as the query itself. */
export const partsOf = ({ query, own: alerts, source }: ExplainedQuery, slot: Date): readonly Part[] => {
  const { windowMs, must, mustNot, should } = query.plan;
  const said = askedQuery(source, alerts);
  const own = { must: textsOf(said.plan.must), mustNot: textsOf(said.plan.mustNot) };
  const { now, schema } = asOf(source, slot);
  const window: readonly Part[] =
    windowMs === null
      ? []
      : [
          {
            id: "window",
            part: "window",
            text: describeWindow(windowMs),
            query: compileWindow(windowMs, now, schema),
            clause: null,
            inner: [],
          },
        ];
  return [
    ...window,
    ...must.map((clause, index) => positive(clause, `must${index}`, own.must.has(keyOf(clause)) ? "must" : "runtime")),
    ...mustNot.map((clause, index) =>
      negative(clause, `not${index}`, own.mustNot.has(keyOf(clause)) ? "mustNot" : "runtime"),
    ),
    ...(should.length === 0 ? [] : [alternatives(should, "any")]),
  ];
};

const keyOf = (clause: Clause): string => JSON.stringify(clause);

const textsOf = (clauses: readonly Clause[]): ReadonlySet<string> => new Set(clauses.map(keyOf));

const positive = (clause: Clause, id: string, part: ClausePart): Part => ({
  id,
  part,
  text: describeClause(clause),
  query: compileClause(clause),
  clause,
  inner: innerOf(clause, id),
});

const negative = (clause: Clause, id: string, part: ClausePart): Part => ({
  id,
  part,
  text: `not ${describeClause(clause)}`,
  query: { bool: { must_not: [compileClause(clause)] } },
  clause,
  inner: [],
});

const alternatives = (clauses: readonly Clause[], id: string): Part => ({
  id,
  part: "should",
  text: "at least one of",
  query: { bool: { should: clauses.map(compileClause), minimum_should_match: 1 } },
  clause: null,
  inner: clauses.map((clause, index) => positive(clause, `${id}_${index}`, "should")),
});

const innerOf = (clause: Clause, id: string): readonly Part[] => {
  if (clause.kind !== "boolean") return [];
  const { must, mustNot, should } = clause;
  return [
    ...must.map((one, index) => positive(one, `${id}_must${index}`, "must")),
    ...mustNot.map((one, index) => negative(one, `${id}_not${index}`, "mustNot")),
    ...should.map((one, index) => positive(one, `${id}_any${index}`, "should")),
  ];
};

const describeWindow = (windowMs: number): string => `within the last ${describeSpan(windowMs)}`;
