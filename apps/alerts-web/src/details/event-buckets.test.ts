import { expect, it } from "vitest";
import { bucketsOf } from "./event-buckets.ts";

const at = (...times: readonly unknown[]) =>
  times.map((utctimestamp) => ({ _index: "", _id: "", _source: { utctimestamp } }));

it("counts events over time, without gaps", () => {
  expect(
    bucketsOf(at("2026-01-01T00:00:02+00:00", "2026-01-01T00:00:00.500+00:00", "2026-01-01T00:00:02.900Z")),
  ).toEqual({
    intervalMs: 1_000,
    buckets: [
      { at: "2026-01-01T00:00:00.000Z", count: 1 },
      { at: "2026-01-01T00:00:01.000Z", count: 0 },
      { at: "2026-01-01T00:00:02.000Z", count: 2 },
    ],
  });
});

it("leaves out what has no time", () => {
  expect(bucketsOf(at("soon", 7, null)).buckets).toEqual([]);
  expect(bucketsOf(at("soon", "2026-01-01T00:00:00Z")).buckets).toHaveLength(1);
});

it.each([
  ["2026-01-01T00:10:00Z", 30_000],
  ["2026-01-02T00:00:00Z", 1_800_000],
  ["2046-01-01T00:00:00Z", 124 * 86_400_000],
])("takes at most 60 buckets of a length that can be read until %s", (last, intervalMs) => {
  const { buckets, ...histogram } = bucketsOf(at("2026-01-01T00:00:00Z", last));
  expect(histogram.intervalMs).toBe(intervalMs);
  expect(buckets.length).toBeLessThanOrEqual(60);
  expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(2);
});
