import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { formatAge, formatTime, inputTime, machineTime, timeOfDay, timeOfInput, zonedTime } from "./format-time.ts";

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

describe("in UTC", () => {
  it("says so", () => expect(zonedTime("2017-01-01T01:00:00+02:00")).toBe("2016-12-31 23:00:00 UTC"));
  it.each([undefined, "soon"])("says no zone of %s", (value) => expect(zonedTime(value)).toBe(formatTime(value)));
  it("has a time of day", () => expect(timeOfDay(new Date("2017-01-01T01:02:03.5Z"))).toBe("01:02:03 UTC"));
  it("fills fields, and reads them", () => {
    expect(inputTime("2017-01-01T01:00:00+02:00")).toBe("2016-12-31T23:00:00");
    expect(inputTime("")).toBe("");
    expect(timeOfInput("2016-12-31T23:00")).toBe("2016-12-31T23:00:00.000Z");
    expect([timeOfInput(""), timeOfInput("noon")]).toEqual(["", ""]);
  });
});

describe("in a zone with summer time", () => {
  beforeEach(() => void vi.stubEnv("TZ", "America/New_York"));
  afterEach(() => void vi.unstubAllEnvs());

  it.each([
    ["2026-01-15T03:00:00Z", "2026-01-14 22:00:00 -05:00"],
    ["2026-07-15T03:00:00Z", "2026-07-14 23:00:00 -04:00"],
    ["2026-11-01T05:30:00Z", "2026-11-01 01:30:00 -04:00"],
    ["2026-11-01T06:30:00Z", "2026-11-01 01:30:00 -05:00"],
    ["soon", "soon"],
  ])("%s is %s", (value, text) => expect(zonedTime(value, "local")).toBe(text));

  it("fills fields, and reads them", () => {
    expect(inputTime("2026-07-15T03:00:00Z", "local")).toBe("2026-07-14T23:00:00");
    expect(timeOfInput("2026-07-14T23:00:00", "local")).toBe("2026-07-15T03:00:00.000Z");
    expect(timeOfDay(new Date("2026-07-15T03:00:00Z"), "local")).toBe("23:00:00 -04:00");
  });
});

it("says by how many minutes a zone is ahead", () => {
  vi.stubEnv("TZ", "Asia/Kolkata");
  expect(zonedTime("2026-01-15T03:00:00Z", "local")).toBe("2026-01-15 08:30:00 +05:30");
  vi.unstubAllEnvs();
});
