import { expect, it } from "vitest";
import { isoUtc } from "./iso-utc.ts";

it("writes times in UTC, with a fraction of six digits where there is one", () => {
  expect(isoUtc(new Date("2017-01-01T02:00:00+01:00"))).toBe("2017-01-01T01:00:00+00:00");
  expect(isoUtc(new Date("2017-01-01T01:00:00.25Z"))).toBe("2017-01-01T01:00:00.250000+00:00");
});

it("writes each time by itself, whichever came before", () => {
  const times = ["2017-01-01T01:00:00.000Z", "2017-01-01T01:00:00.001Z", "2017-01-01T01:00:00.000Z"];
  expect(times.map((time) => isoUtc(new Date(time)))).toEqual([
    "2017-01-01T01:00:00+00:00",
    "2017-01-01T01:00:00.001000+00:00",
    "2017-01-01T01:00:00+00:00",
  ]);
  const changed = new Date("2017-01-01T01:00:00Z");
  isoUtc(changed);
  changed.setUTCFullYear(2018);
  expect(isoUtc(changed)).toBe("2018-01-01T01:00:00+00:00");
});

it("has no text for a time that is none", () => {
  const none = () => isoUtc(new Date(Number.NaN));
  expect(none).toThrow(RangeError);
  expect(none).toThrow(RangeError);
});
