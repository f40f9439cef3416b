import { expect, it } from "vitest";
import { backtestText, barsOf } from "./backtest-text.ts";

const backtest = {
  ...{ alert: "a", from: "2026-01-01T00:00:00+00:00", until: "2026-01-01T02:00:00+00:00" },
  ...{ slots: 120, alerts: 1, added: 0, samples: [], errors: [], cut: null, keepsState: false },
  hours: [
    { from: "2026-01-01T00:00:00+00:00", slots: 60, alerts: 0, failed: 0 },
    { from: "2026-01-01T01:00:00+00:00", slots: 60, alerts: 4, failed: 2 },
    { from: "2026-01-01T02:00:00+00:00", slots: 0, alerts: 1, failed: 0 },
  ],
};

it("says what was found, and what the numbers do not tell", () => {
  expect(backtestText(backtest)).toEqual(["1 alert at 120 slots."]);
  expect(backtestText({ ...backtest, added: 3, cut: "time", keepsState: true })).toEqual([
    "1 alert at 120 slots, and 3 more would have been added to them.",
    expect.stringContaining("the oldest slots"),
    expect.stringContaining("a guess"),
  ]);
  expect(backtestText({ ...backtest, cut: "slots" })[1]).toContain("the newest");
});

it("draws hours as shares of the highest", () => {
  expect(barsOf(backtest.hours).map(({ height }) => height)).toEqual([0, 1, 0.25]);
  expect(barsOf([])).toEqual([]);
});
