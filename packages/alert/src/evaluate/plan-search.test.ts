import { ExistsMatch, SearchQuery, TermMatch } from "@mozdef/query";
import { expect, it } from "vitest";
import { context, taskOf } from "../../test/fakes.ts";
import { aggregation, eachEvent, noEvent } from "../index.ts";
import { type AlertError, planSearch, runMain } from "../runtime.ts";

const query = SearchQuery().must(TermMatch("category", "x"));

it("leaves out what already alerted under the own name", () => {
  expect(planSearch("MyAlert", eachEvent(query)).query.plan.mustNot).toEqual([TermMatch("alert_names", "MyAlert")]);
  expect(planSearch("MyAlert", noEvent(query, { name: "MyAlert:rule" }))).toMatchObject({
    name: "MyAlert:rule",
    query: { plan: { mustNot: [TermMatch("alert_names", "MyAlert:rule")] } },
  });
});

it("wants the field of a group to be there, once", () => {
  const plan = planSearch("MyAlert", aggregation(query, { field: "hostname" })).query.plan;
  expect(plan.must).toEqual([TermMatch("category", "x"), ExistsMatch("hostname")]);
  const stated = query.must(ExistsMatch("hostname")).mustNot(TermMatch("alert_names", "MyAlert"));
  expect(planSearch("MyAlert", aggregation(stated, { field: "hostname" })).query.plan).toEqual(stated.plan);
});

it("takes one search, several, or a promise of them", async () => {
  const search = eachEvent(query);
  expect(await runMain(taskOf(search), context())).toHaveLength(1);
  expect(await runMain(taskOf([search, search]), context())).toHaveLength(2);
  expect(await runMain(taskOf([]), context())).toEqual([]);
  expect(await runMain(taskOf(Promise.resolve(search) as never), context())).toHaveLength(1);
});

it("names an alert whose main throws or returns something else", async () => {
  const failing = taskOf([]);
  failing.main = () => {
    throw new Error("no network");
  };
  await expect(runMain(failing, context())).rejects.toMatchObject({
    code: "ALERT_FAILED",
    message: "TestAlert.main failed: no network",
  });
  const wrong = runMain(taskOf({ kind: "eachEvent" } as never), context());
  await expect(wrong).rejects.toMatchObject({ code: "ALERT_SEARCH_INVALID" } satisfies Partial<AlertError>);
});
