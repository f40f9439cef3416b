import { askedQuery, type PlannedSearch } from "@mozdef/alert/runtime";
import { asOf } from "@mozdef/alert-store";
import type { Clause, QueryContainer } from "@mozdef/query";
import { compileClause, compileWindow, describeClause } from "@mozdef/query/tools";
import type { ClausePart } from "./explanation/explanation.ts";

/** A condition of a search that is asked about by itself. */
export interface Part {
  /** Unique in its search; names its aggregations. */
  readonly id: string;
  readonly part: ClausePart;
  readonly text: string;
  readonly query: QueryContainer;
  /** Null for the window and for a whole list of alternatives. */
  readonly clause: Clause | null;
  readonly inner: readonly Part[];
}

/** The conditions of a search, of which an event has to fit all. Compiled by the same code as the search itself. */
export const partsOf = ({ query, search, source }: PlannedSearch, slot: Date): readonly Part[] => {
  const { windowMs, must, mustNot, should } = query.plan;
  const said = askedQuery(source, search.query);
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

const UNITS: readonly (readonly [ms: number, name: string])[] = [
  [86_400_000, "d"],
  [3_600_000, "h"],
  [60_000, "m"],
  [1_000, "s"],
  [1, "ms"],
];

/** A span of time in the largest units: `1h 30m`. */
export const describeSpan = (ms: number): string => {
  let rest = Math.abs(ms);
  const words = UNITS.flatMap(([unit, name]) => {
    const count = Math.floor(rest / unit);
    rest -= count * unit;
    return count === 0 ? [] : [`${count}${name}`];
  });
  return words.length === 0 ? "0s" : words.slice(0, 2).join(" ");
};

const describeWindow = (windowMs: number): string => `within the last ${describeSpan(windowMs)}`;
