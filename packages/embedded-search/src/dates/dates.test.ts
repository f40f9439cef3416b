import { describe, expect, it } from "vitest";
import { compileDateFormat, defaultDateFormat } from "./date-format.ts";
import { parseDateMath } from "./date-math.ts";
import { localToUtc, parseZone, utc } from "./zone.ts";

const ms = (text: string): number => Date.parse(text);
const nowMs = ms("2024-03-13T14:15:16.789Z");
const math = (text: string, roundUp = false, zone = utc): string =>
  new Date(parseDateMath(text, { nowMs, roundUp, zone, format: defaultDateFormat })).toISOString();

describe("the default date format", () => {
  it.each([
    ["2020", "2020-01-01T00:00:00.000Z", "2020-01-01T23:59:59.999Z"],
    ["2020-02", "2020-02-01T00:00:00.000Z", "2020-02-01T23:59:59.999Z"],
    ["2020-02-03T04", "2020-02-03T04:00:00.000Z", "2020-02-03T04:59:59.999Z"],
    ["2020-02-03T04:05:06.1234567+01:00", "2020-02-03T03:05:06.123Z", "2020-02-03T03:05:06.123Z"],
    ["1468443523000", "2016-07-13T20:58:43.000Z", "2016-07-13T20:58:43.000Z"],
  ])("reads %s", (text, from, to) => {
    expect(defaultDateFormat.parse(text)).toBe(ms(from));
    expect(defaultDateFormat.parse(text, { roundUp: true })).toBe(ms(to));
  });

  it.each([
    "2020-02-30",
    "2020-1-1",
    "2020-01-01 00:00",
    "2020-01-01T24:00",
    "yesterday",
    "",
    "2020-01-01T00:00+19:00",
  ])("does not read %j", (text) => expect(defaultDateFormat.parse(text)).toBeUndefined());
});

describe("date patterns", () => {
  it("read and print, with literals and optional parts", () => {
    const format = compileDateFormat("yyyy/MM/dd'T'HH:mm[:ss] XXX");
    expect(format.parse("2020/02/03T04:05 +01:00")).toBe(ms("2020-02-03T03:05:00Z"));
    expect(format.print(ms("2020-02-03T03:05:09Z"))).toBe("2020/02/03T03:05:09 Z");
  });

  it.each(["dateOptionalTime", "yyyy]", "nope", "", "yyyy||"])("refuse %j", (text) => {
    expect(() => compileDateFormat(text)).toThrow(expect.objectContaining({ status: 400 }));
  });
});

describe("date math", () => {
  it.each([
    ["now-1h", "2024-03-13T13:15:16.789Z"],
    ["now/d", "2024-03-13T00:00:00.000Z"],
    ["now/w", "2024-03-11T00:00:00.000Z"],
    ["2024-01-31||+1M", "2024-02-29T00:00:00.000Z"],
    ["2024-05-17||-1y/M", "2023-05-01T00:00:00.000Z"],
  ])("%s is %s", (text, expected) => expect(math(text)).toBe(expected));

  it("rounds up to the end of the unit", () => {
    expect(math("now/M", true)).toBe("2024-03-31T23:59:59.999Z");
    expect(math("2024-02||/M", true)).toBe("2024-02-29T23:59:59.999Z");
  });

  it("rounds days of a zone, also those of 23 hours", () => {
    const berlin = parseZone("Europe/Berlin") ?? utc;
    expect(math("2024-03-31T12:00:00||/d", false, berlin)).toBe("2024-03-30T23:00:00.000Z");
    expect(math("2024-03-31T12:00:00||/d", true, berlin)).toBe("2024-03-31T21:59:59.999Z");
    expect(localToUtc(berlin, ms("2024-07-01T00:00:00Z"))).toBe(ms("2024-06-30T22:00:00Z"));
  });

  it.each(["now+", "now/2d", "now*1d", "2020||1d"])("refuses %s", (text) => {
    expect(() => math(text)).toThrow(expect.objectContaining({ code: "parse_exception" }));
  });
});
