import { describe, expect, it } from "vitest";
import { crontab, interval, type Schedule } from "../index.ts";
import { isDayOf } from "./cron-days.ts";
import { cronValues } from "./cron-field.ts";
import { AlertError, describeSchedule, nextSlot, readSchedule, slotsBetween } from "../runtime.ts";

const at = (time: string): Date => new Date(time);
const next = (schedule: Schedule, after: string): string | undefined => nextSlot(schedule, at(after))?.toISOString();

describe("crontab", () => {
  it.each([
    [crontab(), "2017-01-01T00:00:00Z", "2017-01-01T00:01:00.000Z"],
    [crontab({ minute: "*/5" }), "2017-01-01T00:03:00Z", "2017-01-01T00:05:00.000Z"],
    [crontab({ minute: 0, hour: 5 }), "2017-01-01T05:00:00Z", "2017-01-02T05:00:00.000Z"],
    [crontab({ minute: 0, hour: 0, dayOfWeek: "mon-fri" }), "2017-01-06T00:00:00Z", "2017-01-09T00:00:00.000Z"],
    [crontab({ minute: 0, hour: 0, dayOfWeek: 0 }), "2017-01-02T00:00:00Z", "2017-01-08T00:00:00.000Z"],
    [
      crontab({ minute: 0, hour: 0, dayOfMonth: 29, monthOfYear: 2 }),
      "2017-01-01T00:00:00Z",
      "2020-02-29T00:00:00.000Z",
    ],
    [crontab({ minute: 0, hour: "*/3,8-17" }), "2017-01-01T06:30:00Z", "2017-01-01T08:00:00.000Z"],
  ])("%j after %s is %s", (schedule, after, expected) => {
    expect(next(schedule, after)).toBe(expected);
  });

  it("wants both days when both are given, as celery", () => {
    const friday13 = crontab({ minute: 0, hour: 0, dayOfMonth: 13, dayOfWeek: "fri" });
    expect(next(friday13, "2017-01-01T00:00:00Z")).toBe("2017-01-13T00:00:00.000Z");
    expect(next(friday13, "2017-01-13T00:00:00Z")).toBe("2017-10-13T00:00:00.000Z");
  });

  it.each([
    { dayOfMonth: 30, monthOfYear: 2 },
    { dayOfMonth: "31", monthOfYear: "2,4,6,9,11" },
    { dayOfMonth: "1-21", dayOfWeek: "friL" },
    { dayOfMonth: "1-24", dayOfWeek: "1L", monthOfYear: "january" },
  ])("refuses a day that never comes: %j", (fields) => {
    expect(() => crontab(fields)).toThrow("no day fits dayOfMonth, dayOfWeek and monthOfYear together");
  });

  it("waits for a day as long as it takes", () => {
    const leapMonday = crontab({ minute: 0, hour: 0, dayOfMonth: 29, monthOfYear: 2, dayOfWeek: "mon" });
    expect(next(leapMonday, "2017-01-01T00:00:00Z")).toBe("2044-02-29T00:00:00.000Z");
    expect(next(leapMonday, "2072-03-01T00:00:00Z")).toBe("2112-02-29T00:00:00.000Z");
    expect(next(crontab({ dayOfMonth: "L", dayOfWeek: "mon" }), "2026-01-01T00:00:00Z")).toBe(
      "2026-08-31T00:00:00.000Z",
    );
    expect(next(crontab({ dayOfMonth: "25-31", dayOfWeek: "5L" }), "2026-02-01T00:00:00Z")).toBe(
      "2026-02-27T00:00:00.000Z",
    );
  });

  it.each([
    { dayOfMonth: "1,L" },
    { dayOfWeek: "5L,1" },
    { dayOfWeek: "sat-sun", monthOfYear: "nov-feb" },
    { dayOfMonth: "L", dayOfWeek: "1-5" },
    { dayOfMonth: "20-31,1", dayOfWeek: "0L,3" },
    { dayOfMonth: "29-2", monthOfYear: "2,3" },
  ])("has the days that fit %j, and no other", (fields) => {
    const schedule = crontab({ minute: 0, hour: 0, ...fields });
    const values = (key: "dayOfMonth" | "dayOfWeek" | "monthOfYear") => new Set(cronValues(key, schedule[key]));
    const days = {
      dayOfMonth: values("dayOfMonth"),
      dayOfWeek: values("dayOfWeek"),
      monthOfYear: values("monthOfYear"),
    };
    const all = Array.from({ length: 1_461 }, (_, day) => new Date(Date.UTC(2027, 0, 1 + day)));
    const { slots } = slotsBetween(schedule, at("2026-12-31T23:59:00Z"), at("2030-12-31T00:00:00Z"), 10_000);
    expect(slots).toEqual(all.filter((day) => isDayOf(days, day)));
  });

  it("takes numbers, lists of numbers and texts", () => {
    expect(crontab({ minute: [0, 15, 30], hour: 8 })).toEqual(crontab({ minute: "0,15,30", hour: "8" }));
    expect(() => crontab({ minute: ["0", 15] as never })).toThrow('wrong "minute"');
    expect(() => crontab({ minute: [] })).toThrow('wrong "minute"');
    expect(() => crontab({ minute: 1.5 })).toThrow('wrong "minute"');
  });

  it("refuses a long field before it is read", () => {
    const long = `*,${Array<string>(30_000).fill("1").join(",")}`;
    expect(() => crontab({ minute: long })).toThrow(/"minute": it has 60001 characters, at most 256 are read/);
    expect(() => crontab({ minute: Array<number>(100_000).fill(1) })).toThrow("it has 100000 numbers");
    expect(() => crontab({ timezone: "x".repeat(60_000) })).toThrow(/^.{0,500}$/);
  });

  it.each([
    [{ minute: "60" }, "minute"],
    [{ hour: "x" }, "hour"],
    [{ dayOfWeek: "" }, "dayOfWeek"],
    [{ minute: "1 2" }, "minute"],
    [{ dayOfMonth: null }, "dayOfMonth"],
    [{ day: "1" }, "day"],
    [{ timezone: "Europe/Bärlin" }, "timezone"],
    [{ timezone: 1 }, "timezone"],
  ])("refuses %j and names the field", (fields, name) => {
    const make = () => crontab(fields as never);
    expect(make).toThrow(AlertError);
    expect(make).toThrow(`"${name}"`);
  });
});

describe("interval", () => {
  it("has slots at multiples of its period", () => {
    expect(next(interval({ seconds: 30 }), "2017-01-01T00:00:10Z")).toBe("2017-01-01T00:00:30.000Z");
    expect(next(interval({ minutes: 5 }), "2017-01-01T00:05:00Z")).toBe("2017-01-01T00:10:00.000Z");
  });

  it("refuses less than a second, and what is not a duration", () => {
    expect(() => interval({ seconds: 0.5 })).toThrow("shortest period is 1 second");
    expect(() => interval({ minutes: -1 })).toThrow(AlertError);
    expect(() => interval({ days: 4_000 })).toThrow("the longest 3650 days");
  });
});

describe("readSchedule", () => {
  it.each([crontab({ hour: 9, timezone: "Asia/Tokyo" }), crontab(), interval({ seconds: 30 })])(
    "reads %j again from what a store gives",
    (schedule) => {
      expect(readSchedule(JSON.parse(JSON.stringify(schedule)))).toEqual(schedule);
    },
  );

  it.each([
    { kind: "crontab", minute: "60" },
    { kind: "crontab", minute: "1,".repeat(30_000) },
    { kind: "interval", everyMs: 5 },
    { kind: "interval" },
    { kind: "solar" },
    null,
    "* * * * *",
  ])("refuses %j", (value) => {
    expect(() => readSchedule(value)).toThrow(AlertError);
  });
});

it("shows schedules as MozDef does", () => {
  expect(describeSchedule(crontab({ minute: 0, hour: 5, dayOfMonth: 1, dayOfWeek: "sun", monthOfYear: 7 }))).toBe(
    "0 5 sun 1 7",
  );
  expect(describeSchedule(interval({ seconds: 1 }))).toBe("1.0 seconds");
  expect(describeSchedule(crontab({ minute: 0, hour: 9, timezone: "Europe/Berlin" }))).toBe("0 9 * * * Europe/Berlin");
  expect(crontab({ timezone: "UTC" })).toEqual(crontab());
});

describe("slotsBetween", () => {
  const minutely = crontab();

  it("gives the slots after one time up to and with another, oldest first", () => {
    const { slots, dropped } = slotsBetween(minutely, at("2017-01-01T00:00:00Z"), at("2017-01-01T00:03:00Z"));
    expect(slots.map((slot) => slot.getUTCMinutes())).toEqual([1, 2, 3]);
    expect(dropped).toBe(0);
  });

  it.each([
    ["crontab", crontab({ minute: 0, hour: 0, dayOfMonth: 13, dayOfWeek: "fri" })],
    ["interval", interval({ days: 3 })],
    ["leap days", crontab({ minute: 0, hour: 0, dayOfMonth: 29, monthOfYear: 2 })],
  ])("gives the same as one slot after the other, also over many years: %s", (_, schedule) => {
    const until = at("2041-03-01T00:00:00Z");
    const expected: Date[] = [];
    for (let slot = nextSlot(schedule, at("2017-01-05T03:00:00Z")); slot !== null && slot <= until;) {
      expected.push(slot);
      slot = nextSlot(schedule, slot);
    }
    expect(slotsBetween(schedule, at("2017-01-05T03:00:00Z"), until, 10_000).slots).toEqual(expected);
    expect(expected.length).toBeGreaterThan(5);
    expect(slotsBetween(schedule, until, at("2017-01-05T03:00:00Z")).slots).toEqual([]);
  });

  it("keeps the newest within the limit and counts the rest", () => {
    const { slots, dropped } = slotsBetween(minutely, at("2017-01-01T00:00:00Z"), at("2017-01-01T01:00:00Z"), 10);
    expect(slots.map((slot) => slot.toISOString()).at(0)).toBe("2017-01-01T00:51:00.000Z");
    expect(slots).toHaveLength(10);
    expect(dropped).toBe(50);
  });
});
