import type { AlertTaskClass } from "@mozdef/alert/runtime";
import { describe, expect, it } from "vitest";
import { mutateSuites } from "../../src/mutate/mutate-suites.ts";
import { type MutationReport, printMutationReport } from "../../src/mutate/mutation-report.ts";
import { readSuite } from "../../src/suite/read-suite.ts";
import { type Suite, SUITES } from "./suites.ts";

const NAMED = SUITES.map(([task, suite]) => [task.name, task, suite] as const);

const suiteOf = (name: string): readonly [task: AlertTaskClass, suite: Suite] => {
  const found = SUITES.find(([task]) => task.name === name);
  if (found === undefined) throw new Error(`no suite of ${name}`);
  return found;
};

const mutated = (task: AlertTaskClass, suite: Suite): Promise<MutationReport> => mutateSuites([readSuite(task, suite)]);

/** The suite of an alert without one of its cases. */
const without = (suite: Suite, name: string): Suite => {
  const rest = {
    ...suite,
    fires: suite.fires.filter((one) => one.name !== name),
    silent: suite.silent.filter((one) => one.name !== name),
  };
  if (rest.fires.length + rest.silent.length === suite.fires.length + suite.silent.length)
    throw new Error(`no case "${name}"`);
  return rest;
};

// Hundreds of mutants, each with a fresh site for every case: on a cluster that says nothing more, and takes an hour.
describe.skipIf(process.env.MOZDEF_TEST_ELASTICSEARCH !== undefined)("mutants of each kind of search", () => {
  it.each(NAMED)("are all noticed by a good suite: %s", async (_, task, suite) => {
    const report = await mutated(task, suite);
    expect(report.mutants.length).toBeGreaterThan(5);
    expect(report.score, printMutationReport(report)).toBe(100);
  });

  it.each<[alert: string, missing: string, survivors: readonly string[]]>([
    ["AlertPairs", "two of one pair", ["threshold 3 - 1"]],
    ["AlertByCode", "from three places", ["groupBy gives all events the same group"]],
    ["AlertByCode", "from nowhere", ["groupBy leaves no event out"]],
    ["AlertSweep", "two hosts, however often", ["count events instead of different details.host", "atLeast 3 - 1"]],
    ["AlertTraffic", "one too few", ["atLeast 1000 - 1"]],
    ["AlertNewCountry", "one that was seen too long ago, once in two runs", ["history longer than 6h"]],
    ["AlertNewCountry", "too little to learn from", ["drop learn 2h", "learn shorter than 2h"]],
    ["AlertRise", "exactly three times the baseline, almost too old", ["factor 3.3 instead of 3"]],
    ["AlertRise", "as many as it takes, without a baseline, once in two runs", ["atLeast 4 + 1"]],
    ["AlertRise", "a little less than three times", ["factor 2.7 instead of 3"]],
    ["AlertRise", "many fewer", ["direction both"]],
    ["AlertUpload", "as many as it takes, without a baseline, once in two runs", ["atLeast 100 + 1"]],
    ["AlertUpload", "a little less than three times", ["factor 2.7 instead of 3"]],
    ["AlertFall", "none any more of as many as it takes", ["atLeast 2 + 1"]],
    ["AlertFall", "too few before", ["atLeast 2 - 1"]],
    ["AlertFall", "many more", ["direction both"]],
    ["AlertGuessed", "three failures, then a success, just in time", ["within nine tenths of 10m"]],
    ["AlertGuessed", "two failures", ["step 1: times 3 - 1"]],
    ["AlertGuessed", "too late", ["within eleven tenths of 10m"]],
    ["AlertGuessed", "other events then", ['step 2: drop must TermMatch("category", "login")']],
    ["AlertManyFailures", "a little less than half", ["atLeast 50 - 5"]],
    ["AlertManyFailures", "something else", ['drop must TermMatch("type", "access")']],
    ["AlertUserSilent", "seen too long ago", ["seenWithin longer than 1h"]],
    ["AlertEnding", "over a quarter of an hour after the last, and begun anew", ["drop resolveAfter 15m"]],
    ["AlertQuiet", "one alert for two runs", ["drop quietFor 30m"]],
  ])("of %s survive a suite without: %s", async (alert, missing, survivors) => {
    const [task, suite] = suiteOf(alert);
    const { mutants } = await mutated(task, without(suite, missing));
    const survived = mutants.filter(({ outcome }) => outcome === "survived");
    expect(survived.map(({ description }) => description)).toEqual(survivors);
    for (const { suggestion } of survived) expect(suggestion).toMatch(/^No .* (?:Add|Say) /);
  });
});
