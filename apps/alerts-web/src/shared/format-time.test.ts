import { describe, expect, it } from "vitest";
import { formatAge, formatTime, machineTime } from "./format-time.ts";

describe("formatTime", () => {
  it.each([
    ["2017-01-01T01:00:00+00:00", "2017-01-01 01:00:00"],
    ["2017-01-01T01:00:00.123456+00:00", "2017-01-01 01:00:00"],
    ["2017-01-01T01:00:00+02:00", "2016-12-31 23:00:00"],
    [1483232400000, "2017-01-01 01:00:00"],
    ["yesterday-ish", "yesterday-ish"],
    [undefined, "no time"],
    [{}, "no time"],
  ])("%s", (value, text) => expect(formatTime(value)).toBe(text));
});

describe("machineTime", () => {
  it("is ISO in UTC", () => expect(machineTime("2017-01-01T01:00:00+02:00")).toBe("2016-12-31T23:00:00.000Z"));
  it("is absent for what is not a time", () => expect(machineTime("soon")).toBeUndefined());
});

describe("formatAge", () => {
  const now = new Date("2026-01-02T12:00:00Z");
  it.each([
    ["2026-01-02T11:59:01Z", "just now"],
    ["2026-01-02T11:59:00Z", "1 min ago"],
    ["2026-01-02T11:00:01Z", "59 min ago"],
    ["2026-01-02T09:00:00Z", "3 h ago"],
    ["2025-12-24T12:00:00Z", "9 d ago"],
    ["2026-01-02T12:00:30Z", "just now"],
    ["2026-01-02T13:00:00Z", "in the future"],
    [null, ""],
  ])("%s is %s", (value, text) => expect(formatAge(value, now)).toBe(text));
});
