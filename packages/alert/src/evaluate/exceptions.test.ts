import { all, SearchQuery, TermMatch } from "@mozdef/query";
import { describe, expect, it } from "vitest";
import { eachEvent, sequence, step } from "../index.ts";
import { planSearch, readException } from "../runtime.ts";

const query = SearchQuery({ minutes: 5 }).must(TermMatch("category", "x"));
const scanner = { match: { "details.sourceipaddress": "10.0.0.0/8" }, reason: "our scanner", until: "2027-03-31" };
const plan = (now: string, search = eachEvent(query)) =>
  planSearch("AlertX", search, { exceptions: [readException(scanner)] }, new Date(now));
const excepted = all(TermMatch("details.sourceipaddress", "10.0.0.0/8"));

describe("an exception", () => {
  it("takes its events out of every query of the alert until its end", () => {
    expect(plan("2027-03-30T23:59:59Z").query.plan.mustNot).toContainEqual(excepted);
    expect(plan("2027-03-31T00:00:00Z").query.plan.mustNot).not.toContainEqual(excepted);
    const steps = sequence({ by: "hostname", within: { minutes: 5 } }, [step(query), step(query)]);
    for (const { plan: one } of plan("2027-01-01T00:00:00Z", steps as never).further ?? [])
      expect(one.mustNot).toContainEqual(excepted);
  });

  it("is the values of fields, of which each has to fit, or clauses", () => {
    const { clauses } = readException({ match: { hostname: ["a", "b"], summary: "nightly run" }, reason: "r" });
    expect(clauses.map(({ kind }) => kind)).toEqual(["boolean", "phrase"]);
    expect(readException({ match: [TermMatch("hostname", "a")], reason: "r" })).toEqual({
      clauses: [TermMatch("hostname", "a")],
      reason: "r",
      until: null,
    });
  });

  it.each([
    ["match", { match: {}, reason: "r" }],
    ["match", { match: [], reason: "r" }],
    ["match", { match: ["hostname"], reason: "r" }],
    ["match", { match: { hostname: { a: 1 } }, reason: "r" }],
    ["match", { reason: "r" }],
    ["reason", { match: { hostname: "a" } }],
    ["reason", { match: { hostname: "a" }, reason: " " }],
    ["until", { match: { hostname: "a" }, reason: "r", until: "soon" }],
    ["until", { match: { hostname: "a" }, reason: "r", until: "2027-13-45" }],
    ["untill", { match: { hostname: "a" }, reason: "r", untill: "2027-01-01" }],
    ["exception", "hostname"],
  ])("with a wrong %s is refused", (key, given) => {
    expect(() => readException(given)).toThrow(`wrong "${key}"`);
  });
});
