import { expect, it } from "vitest";
import { barsOf, rangeOf } from "./histogram-scale.ts";

const histogram = {
  intervalMs: 60_000,
  buckets: [
    { at: "2026-01-01T00:00:00+00:00", count: 4, severities: { INFO: 1, CRITICAL: 3 } },
    { at: "2026-01-01T00:01:00+00:00", count: 0, severities: {} },
    { at: "2026-01-01T00:02:00+00:00", count: 2, severities: { "<odd>": 1, WARNING: 1 } },
    { at: "2026-01-01T00:03:00+00:00", count: 1, severities: { NOTICE: 1 } },
  ],
};

it("draws bars of pieces, the most severe at the bottom", () => {
  const bars = barsOf(histogram, (severity) => severity.toLowerCase());
  expect(bars.map(({ x, width }) => [x, width])).toEqual([0, 0.25, 0.5, 0.75].map((x) => [x, 0.25]));
  expect(bars[0]?.pieces).toEqual([
    { tone: "critical", y: 0.25, height: 0.75 },
    { tone: "info", y: 0, height: 0.25 },
  ]);
  expect(bars[1]?.pieces).toEqual([]);
  expect(bars[2]?.pieces.map(({ tone }) => tone)).toEqual(["warning", "<odd>"]);
});

it.each([
  [0.3, 0.6, "2026-01-01T00:01:00.000Z", "2026-01-01T00:02:59.999Z"],
  [0.6, 0.3, "2026-01-01T00:01:00.000Z", "2026-01-01T00:02:59.999Z"],
  [0.8, 0.8, "2026-01-01T00:03:00.000Z", "2026-01-01T00:03:59.999Z"],
  [-1, 2, "2026-01-01T00:00:00.000Z", "2026-01-01T00:03:59.999Z"],
])("from %d to %d is whole buckets", (from, to, since, until) => {
  expect(rangeOf(histogram, from, to)).toEqual({ since, until });
});

it("has no range without buckets", () => expect(rangeOf({ intervalMs: 1, buckets: [] }, 0, 1)).toBeUndefined());
