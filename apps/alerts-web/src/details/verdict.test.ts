import { expect, it } from "vitest";
import { verdictOf } from "./verdict.ts";

type Clause = Parameters<typeof verdictOf>[0]["queries"][number]["clauses"][number];

const clause = (change: Partial<Clause>): Clause => ({
  ...{ depth: 0, part: "must", text: 'TermMatch("a", "b")', passes: 1, losesAlone: 0, reason: null },
  ...change,
});
const query = (...clauses: Clause[]) => ({
  ...{ label: "", indices: ["events"], window: null, looked: 1, matching: 0 },
  clauses,
});
const MARK = clause({ part: "runtime", text: 'not TermMatch("alert_names", "AlertX")', passes: 0 });
const FAILING = clause({ passes: 0 });
const INNER = clause({ depth: 1, passes: 0 });

it.each([
  [[query(clause({}), INNER)], "The event fits every clause."],
  [[query(clause({}), MARK)], "has alerted on it"],
  [[query(FAILING, MARK)], "does not fit one clause any more"],
  [[query(FAILING, FAILING)], "does not fit 2 clauses any more"],
  [[query(FAILING), query(clause({}), MARK)], "has alerted on it"],
  [[query(clause({ part: "must", text: 'TermMatch("alert_names", "AlertY")', passes: 0 }))], "does not fit one clause"],
])("reads %j", (queries, sentence) => expect(verdictOf({ queries })).toContain(sentence));
