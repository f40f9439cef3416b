import type { AlertRun } from "@mozdef/alert-api";
import { expect, it } from "vitest";
import { legendOf, stripOf } from "./run-strip.ts";

const run = (minute: number, change: Partial<AlertRun> = {}): AlertRun => ({
  ...{ alert: "a", slot: `2026-01-01T00:0${minute}:00+00:00`, health: "ok", hits: 0 },
  ...{ alerts: [], durationMs: 1, errors: [], ...change },
});

const list = {
  runs: [
    run(4, { health: "error", errors: [{ code: "ALERT_FAILED", message: "no key" }] }),
    run(3, { alerts: ["x"], hits: 2, manual: true }),
    run(0),
  ],
  gaps: [{ alert: "a", from: "2026-01-01T00:00:00+00:00", to: "2026-01-01T00:02:00+00:00" }],
};

it("has runs and gaps in the order of time, the newest last", () => {
  expect(stripOf(list, 10).map(({ kind, text }) => [kind, text])).toEqual([
    ["ran", "2026-01-01 00:00:00 UTC ran, 0 events, 0 alerts, 1 ms"],
    ["gap", "gap, never run: the slots after 2026-01-01 00:00:00 up to 2026-01-01 00:02:00 UTC"],
    ["alerted", "2026-01-01 00:03:00 UTC ran and alerted, 2 events, 1 alert, 1 ms, asked for"],
    ["failed", "2026-01-01 00:04:00 UTC failed, 0 events, 0 alerts, 1 ms: no key"],
  ]);
});

it("keeps the newest, and says what there is", () => {
  const cells = stripOf(list, 2);
  expect(cells.map(({ kind }) => kind)).toEqual(["alerted", "failed"]);
  expect(new Set(cells.map(({ key }) => key)).size).toBe(2);
  expect(legendOf(cells)).toEqual([
    { kind: "alerted", text: "1 ran and alerted" },
    { kind: "failed", text: "1 failed" },
  ]);
});
