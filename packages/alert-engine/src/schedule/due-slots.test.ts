import { crontab, interval } from "@mozdef/alert";
import { describe, expect, it } from "vitest";
import { dueSlots } from "./due-slots.ts";

const at = (time: string) => new Date(`2026-01-01T${time}Z`);
const bounds = { catchUpMs: 3_600_000 };
const everyMinute = crontab();

describe("dueSlots", () => {
  it("has none before the next slot", () => {
    expect(dueSlots(everyMinute, at("00:01:00"), at("00:01:59.999"), bounds)).toEqual({
      slots: [],
      backlog: null,
      gap: null,
    });
  });

  it("has the slot the moment it begins", () => {
    expect(dueSlots(everyMinute, at("00:01:00"), at("00:02:00"), bounds)).toEqual({
      slots: [at("00:02:00")],
      backlog: null,
      gap: null,
    });
  });

  it("has missed slots, oldest first", () => {
    const { slots, gap } = dueSlots(everyMinute, at("00:01:30"), at("00:04:10"), bounds);
    expect(slots).toEqual([at("00:02:00"), at("00:03:00"), at("00:04:00")]);
    expect(gap).toBeNull();
  });

  it("has ten missed slots at once, and of more only the present one", () => {
    expect(dueSlots(everyMinute, at("00:01:00"), at("00:11:30"), bounds).slots).toHaveLength(10);
    expect(dueSlots(everyMinute, at("00:01:00"), at("00:12:30"), bounds)).toEqual({
      slots: [at("00:12:00")],
      backlog: { from: at("00:01:00"), to: at("00:11:59.999") },
      gap: null,
    });
  });

  it("has the present slot whatever the distance of the first two", () => {
    const hours = crontab({ minute: "0-30", hour: "0,4" });
    const { slots, backlog } = dueSlots(hours, at("00:00:00"), at("03:00:00"), { catchUpMs: 86_400_000 });
    expect(slots).toEqual([at("00:30:00")]);
    expect(backlog).toEqual({ from: at("00:00:00"), to: at("00:29:59.999") });
  });

  it("leaves a gap before the backlog", () => {
    expect(dueSlots(everyMinute, at("00:01:00"), at("05:00:30"), bounds)).toEqual({
      slots: [at("05:00:00")],
      backlog: { from: at("04:00:59.999"), to: at("04:59:59.999") },
      gap: { from: at("00:01:00"), to: at("04:00:59.999") },
    });
  });

  it("keeps those within the time, the rest is a gap", () => {
    const { slots, gap } = dueSlots(everyMinute, at("00:01:00"), at("05:00:30"), { catchUpMs: 91_000 });
    expect(slots).toEqual([at("04:59:00"), at("05:00:00")]);
    expect(gap).toEqual({ from: at("00:01:00"), to: at("04:58:59.999") });
  });

  it("is all gap when everything lies too far back", () => {
    const daily = crontab({ minute: 0, hour: 1 });
    expect(dueSlots(daily, at("00:00:00"), at("05:00:00"), bounds)).toEqual({
      slots: [],
      backlog: null,
      gap: { from: at("00:00:00"), to: at("05:00:00") },
    });
  });

  it("needs no time for a service that was away for a year", () => {
    // A step for each of 31 million slots would not end within the time of a test.
    const { slots } = dueSlots(interval({ seconds: 1 }), new Date("2025-01-01"), at("00:00:00"), bounds);
    expect(slots).toEqual([at("00:00:00")]);
  });
});
