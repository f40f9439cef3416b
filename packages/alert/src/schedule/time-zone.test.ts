import { describe, expect, it } from "vitest";
import { crontab, type Schedule } from "../index.ts";
import { nextSlot } from "../runtime.ts";

const slotsAfter = (schedule: Schedule, after: string, count: number): string[] => {
  const slots: string[] = [];
  for (let slot = nextSlot(schedule, new Date(after)); slot !== null && slots.length < count;) {
    slots.push(slot.toISOString().slice(0, 16));
    slot = nextSlot(schedule, slot);
  }
  return slots;
};

describe("a crontab in a time zone", () => {
  it.each<[string, Parameters<typeof crontab>[0], string, readonly string[]]>([
    [
      "nine in Berlin",
      { minute: 0, hour: 9, timezone: "Europe/Berlin" },
      "2026-03-27T12:00Z",
      ["2026-03-28T08:00", "2026-03-29T07:00"],
    ],
    // The cases of cron-parser's own tests about days on which clocks are set.
    [
      "Athens, each hour, set ahead",
      { minute: 0, timezone: "Europe/Athens" },
      "2016-03-27T00:00:01Z",
      ["2016-03-27T01:00", "2016-03-27T02:00"],
    ],
    [
      "Athens, 02:30, set ahead",
      { minute: 30, hour: 2, timezone: "Europe/Athens" },
      "2016-03-27T00:00:01Z",
      ["2016-03-27T00:30", "2016-03-27T23:30"],
    ],
    [
      "Athens, skipped 03:00",
      { minute: 0, hour: 3, timezone: "Europe/Athens" },
      "2016-03-27T00:00:01Z",
      ["2016-03-27T01:00", "2016-03-28T00:00"],
    ],
    [
      "Athens, each hour, set back",
      { minute: 0, timezone: "Europe/Athens" },
      "2016-10-29T23:00:01Z",
      ["2016-10-30T00:00", "2016-10-30T01:00", "2016-10-30T02:00"],
    ],
    [
      "Athens, 03:00 shown twice",
      { minute: 0, hour: 3, timezone: "Europe/Athens" },
      "2016-10-29T23:00:01Z",
      ["2016-10-30T00:00", "2016-10-31T01:00"],
    ],
    [
      "Athens, each hour of the 30th",
      { minute: 0, dayOfMonth: 30, timezone: "Europe/Athens" },
      "2016-10-29T21:00:01Z",
      ["2016-10-29T22:00", "2016-10-29T23:00", "2016-10-30T00:00", "2016-10-30T01:00", "2016-10-30T02:00"],
    ],
    [
      "Chicago, 08:00 on Sunday",
      { minute: 0, hour: 8, dayOfWeek: 0, timezone: "America/Chicago" },
      "2026-03-08T05:45Z",
      ["2026-03-08T13:00"],
    ],
    [
      "Lord Howe, half an hour",
      { minute: 30, hour: 2, timezone: "Australia/Lord_Howe" },
      "2026-10-03T05:00Z",
      ["2026-10-03T15:30", "2026-10-04T15:30"],
    ],
    [
      "Nuuk, skipped until midnight",
      { minute: 0, hour: "22,23", timezone: "America/Nuuk" },
      "2024-03-30T00:00Z",
      ["2024-03-30T01:00", "2024-03-31T00:00", "2024-03-31T01:00", "2024-03-31T23:00"],
    ],
    [
      "Santiago, skipped midnight",
      { minute: 0, hour: "23,0", timezone: "America/Santiago" },
      "2026-09-05T02:00Z",
      ["2026-09-05T03:00", "2026-09-05T04:00", "2026-09-06T03:00", "2026-09-06T04:00"],
    ],
    [
      "New York, a Wednesday",
      { minute: 0, hour: 12, dayOfWeek: 3, timezone: "America/New_York" },
      "2018-10-28T00:00Z",
      ["2018-10-31T16:00"],
    ],
    // Where cron-parser goes on by the minute, the end of what is skipped counts.
    [
      "Athens, */20 of the skipped 03",
      { minute: "*/20", hour: 3, timezone: "Europe/Athens" },
      "2016-03-27T00:00:01Z",
      ["2016-03-27T01:00", "2016-03-28T00:00"],
    ],
    // Where it leaves out the second hour, events of that hour are looked at as well.
    [
      "Athens, */20 of 03 shown twice",
      { minute: "*/20", hour: 3, timezone: "Europe/Athens" },
      "2016-10-29T23:00:01Z",
      [
        ...["2016-10-30T00:00", "2016-10-30T00:20", "2016-10-30T00:40"],
        ...["2016-10-30T01:00", "2016-10-30T01:20", "2016-10-30T01:40", "2016-10-31T01:00"],
      ],
    ],
    [
      "Troll, two hours",
      { minute: 30, hour: "1,2", timezone: "Antarctica/Troll" },
      "2026-03-28T12:00Z",
      ["2026-03-29T01:00", "2026-03-29T23:30", "2026-03-30T00:30"],
    ],
    [
      "New York, 02:59",
      { minute: 59, hour: 2, timezone: "America/New_York" },
      "2026-03-07T12:00Z",
      ["2026-03-08T07:00", "2026-03-09T06:59"],
    ],
    [
      "Lord Howe, 02:15 skipped",
      { minute: 15, hour: 2, timezone: "Australia/Lord_Howe" },
      "2026-10-03T05:00Z",
      ["2026-10-03T15:30", "2026-10-04T15:15"],
    ],
    [
      "Apia, a skipped day",
      { minute: 0, hour: 12, timezone: "Pacific/Apia" },
      "2011-12-29T00:00Z",
      ["2011-12-29T22:00", "2011-12-30T10:00", "2011-12-30T22:00"],
    ],
    [
      "a day that clocks shorten to nothing else",
      { minute: 30, hour: 2, dayOfMonth: 29, monthOfYear: 3, timezone: "Europe/Berlin" },
      "2026-01-01T00:00Z",
      ["2026-03-29T01:00", "2027-03-29T00:30"],
    ],
  ])("%s", (_, fields, after, expected) => {
    expect(slotsAfter(crontab(fields), after, expected.length)).toEqual(expected);
  });

  describe("in the hour that comes twice", () => {
    // Clocks in Berlin show 02:00 to 02:59 at 00:00Z and again at 01:00Z.
    const slotsOf = (fields: Parameters<typeof crontab>[0]): readonly string[] =>
      slotsAfter(crontab({ ...fields, timezone: "Europe/Berlin" }), "2026-10-25T00:00:00Z", 60)
        .filter((slot) => slot < "2026-10-25T02:00")
        .map((slot) => slot.slice(11));
    const each = (hours: readonly string[], minutes: readonly string[]): readonly string[] =>
      hours.flatMap((hour) => minutes.map((minute) => `${hour}:${minute}`));

    it.each<[string, Parameters<typeof crontab>[0], readonly string[]]>([
      ["every five minutes", { minute: "5-59/5" }, each(["00", "01"], "05 10 15 20 25 30 35 40 45 50 55".split(" "))],
      ["every hour", { minute: 30 }, ["00:30", "01:30"]],
      ["every hour of the night", { minute: 30, hour: "0-6" }, ["00:30", "01:30"]],
      ["twice in that hour", { minute: "10,40", hour: 2 }, ["00:10", "00:40", "01:10", "01:40"]],
      ["an hour after another slot", { minute: 30, hour: "1,2" }, ["00:30", "01:30"]],
      ["an hour before another slot", { minute: 30, hour: "2,3" }, ["00:30", "01:30"]],
    ])("runs both times when it runs at least hourly: %s", (_, fields, expected) => {
      expect(slotsOf(fields)).toEqual(expected);
    });

    it.each<[string, Parameters<typeof crontab>[0], readonly string[]]>([
      ["at one time", { minute: 30, hour: 2 }, ["00:30"]],
      ["two hours apart from others", { minute: 30, hour: "*/2" }, ["00:30"]],
      ["on that day only", { minute: 30, hour: 2, dayOfMonth: 25 }, ["00:30"]],
    ])("runs once, the first time, when it runs more rarely: %s", (_, fields, expected) => {
      expect(slotsOf(fields)).toEqual(expected);
    });
  });

  /** Every minute of some days, and what clocks show then: the rules by brute force. */
  const bruteForce = (fields: { hours: readonly number[]; minutes: readonly number[] }, zone: string, from: string) => {
    const format = new Intl.DateTimeFormat("en-CA", {
      timeZone: zone,
      hourCycle: "h23",
      dateStyle: "short",
      timeStyle: "short",
    });
    const minutes = Array.from({ length: 3 * 1_440 }, (_, index) => new Date(from).getTime() + index * 60_000);
    const shown = minutes.map((at) => Date.parse(`${format.format(at).replace(", ", "T")}Z`));
    const isSlot = (time: number) =>
      fields.hours.includes(new Date(time).getUTCHours()) && fields.minutes.includes(new Date(time).getUTCMinutes());
    const isFrequent = (time: number) =>
      Array.from({ length: 60 }, (_, index) => (index + 1) * 60_000).some(
        (ms) => isSlot(time - ms) || isSlot(time + ms),
      );
    let latest = -Infinity;
    return minutes.filter((_, index) => {
      const now = shown[index] ?? NaN;
      const isFirst = now > latest;
      const skipped = isFirst && latest > -Infinity ? Math.round((now - latest) / 60_000) - 1 : 0;
      latest = Math.max(latest, now);
      const ends = Array.from({ length: skipped }, (__, back) => now - (back + 1) * 60_000).some(isSlot);
      return ends || (isSlot(now) && (isFirst || isFrequent(now)));
    });
  };

  const days = [
    ["Europe/Berlin", "2026-03-28T00:00Z"],
    ["Europe/Berlin", "2026-10-24T00:00Z"],
    ["Europe/Dublin", "2026-10-24T00:00Z"],
    ["America/New_York", "2026-03-07T00:00Z"],
    ["America/New_York", "2026-10-31T00:00Z"],
    ["America/Santiago", "2026-04-04T00:00Z"],
    ["America/Santiago", "2026-09-05T00:00Z"],
    ["Australia/Lord_Howe", "2026-04-03T00:00Z"],
    ["Australia/Lord_Howe", "2026-10-02T00:00Z"],
    ["Antarctica/Troll", "2026-03-28T00:00Z"],
    ["Antarctica/Troll", "2026-10-24T00:00Z"],
    ["Africa/Cairo", "2026-04-23T00:00Z"],
    ["Asia/Kathmandu", "2026-04-23T00:00Z"],
  ] as const;
  it.each(days)("agrees with every minute of three days in %s from %s", (zone, from) => {
    const every = Array.from({ length: 24 }, (_, hour) => hour);
    for (const [minute, minutes, hour, hours] of [
      ["*/10", [0, 10, 20, 30, 40, 50], "*", every],
      ["*/10", [0, 10, 20, 30, 40, 50], "0-3", [0, 1, 2, 3]],
      ["*/10", [0, 10, 20, 30, 40, 50], "1,23", [1, 23]],
      ["30", [30], "*", every],
      ["0", [0], "*", every],
      ["30", [30], "0-3", [0, 1, 2, 3]],
      ["30", [30], "2", [2]],
      ["0", [0], "1,23", [1, 23]],
      ["15", [15], "*/2", every.filter((one) => one % 2 === 0)],
    ] as const) {
      const expected = bruteForce({ hours, minutes }, zone, from);
      const schedule = crontab({ minute, hour, timezone: zone });
      const start = new Date(new Date(from).getTime() - 1).toISOString();
      const found = slotsAfter(schedule, start, expected.length);
      expect(found).toEqual(expected.map((at) => new Date(at).toISOString().slice(0, 16)));
    }
  });
});
