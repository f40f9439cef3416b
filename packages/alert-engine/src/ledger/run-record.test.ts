import { describe, expect, it } from "vitest";
import { type AlertRun, runRecord, runsOf } from "./run-record.ts";

const quiet: AlertRun = {
  alert: "AlertQuiet",
  slot: "2026-01-01T00:01:00+00:00",
  health: "ok",
  hits: 3,
  alerts: [],
  durationMs: 1.5,
  errors: [],
};
const firing: AlertRun = { ...quiet, alert: "AlertFiring", alerts: ["id"] };
const failing: AlertRun = { ...quiet, alert: "AlertFailing", health: "error", errors: [{ code: "C", message: "m" }] };

describe("runRecord", () => {
  it("is read back as what it was made of", () => {
    const runs = [quiet, firing, failing, { ...quiet, alert: "AlertAsked", manual: true }];
    const entry = {
      ...(JSON.parse(JSON.stringify(runRecord(runs))) as ReturnType<typeof runRecord>),
      utctimestamp: "2026-01-01T00:01:00.000Z",
      names: runs.map(({ alert }) => alert),
    };
    expect(runsOf(entry)).toEqual(runs);
  });

  it("can be found by its health", () => {
    expect(runRecord([quiet, failing])).toMatchObject({ health: "error" });
    expect(runRecord([quiet])).toMatchObject({ health: "ok" });
  });

  it("needs few bytes for quiet runs", () => {
    const runs = Array.from({ length: 500 }, (_, index) => ({ ...quiet, alert: `AlertNumber${index}` }));
    expect(JSON.stringify(runRecord(runs)).length / 500).toBeLessThan(10);
  });
});
