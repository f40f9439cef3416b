import type { AlertRun } from "@mozdef/alert-api";
import { describe, expect, it } from "vitest";
import { byHealth, hasWords, healthOf, healthSummary, problemsOf } from "./schedule-health.ts";

const run = (problems: Partial<AlertRun> = {}): AlertRun => ({
  ...{ alert: "a", slot: "2026-01-01T00:00:00+00:00", health: "ok", hits: 0, alerts: [], durationMs: 1, errors: [] },
  ...problems,
});

const failed = run({ health: "error", errors: [{ code: "ALERT_FAILED", message: "no key", place: "a.ts:1:2" }] });
const warned = run({ warnings: [{ code: "STORE_INDEX_MISSING", message: "no index" }] });
const alert = (name: string, lastRun: AlertRun | null, enabled = true) => ({
  ...{ name, lastRun, enabled, pack: "@mozdef/alerts-ssh", source: null },
  about: { description: "Guessing of passwords", severity: ["NOTICE", "CRITICAL"], attack: ["T1110"] },
});

const all = [
  alert("Well", run()),
  alert("Off", failed, false),
  alert("New", null),
  alert("Warned", warned),
  alert("Bad", failed),
  alert("Also", failed),
];

describe("health", () => {
  it("comes first, the worst before all", () => {
    expect(byHealth(all).map(({ name }) => name)).toEqual(["Also", "Bad", "Warned", "Well", "New", "Off"]);
    expect(all.map(healthOf)).toEqual(["well", "off", "unknown", "warned", "failing", "failing"]);
  });

  it("is counted", () => {
    expect(healthSummary(all)).toBe("2 failing, 1 warning, 1 well, 1 not run yet, 1 off");
    expect(healthSummary([])).toBe("");
  });

  it("has its reasons, with the place in the code", () => {
    expect(problemsOf(alert("Bad", failed))).toEqual(["no key (a.ts:1:2)"]);
    expect(problemsOf(alert("Warned", warned))).toEqual(["no index"]);
    expect(problemsOf(alert("New", null))).toEqual([]);
  });
});

it.each([
  ["", true],
  ["bad", true],
  ["SSH passwords", true],
  ["critical t1110", true],
  ["failing", true],
  ["no key", true],
  ["bad http", false],
])("finds %j: %s", (text, isFound) => {
  expect(hasWords(alert("Bad", failed), text)).toBe(isFound);
});
