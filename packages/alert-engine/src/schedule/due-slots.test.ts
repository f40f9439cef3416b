import { crontab, interval } from "@mozdef/alert";
import { describe, expect, it } from "vitest";
import { dueSlots } from "./due-slots.ts";

const at = (time: string) => new Date(`2026-01-01T${time}Z`);
const bounds = { catchUpMs: 3_600_000, catchUpSlots: 60 };
const everyMinute = crontab();

describe("dueSlots", () => {
  it("has none before the next slot", () => {
    expect(dueSlots(everyMinute, at("00:01:00"), at("00:01:59.999"), bounds)).toEqual({ slots: [], gap: null });
  });

  it("has the slot the moment it begins", () => {
    expect(dueSlots(everyMinute, at("00:01:00"), at("00:02:00"), bounds)).toEqual({
      slots: [at("00:02:00")],
      gap: null,
    });
  });

  it("has missed slots, oldest first", () => {
    const { slots, gap } = dueSlots(everyMinute, at("00:01:30"), at("00:04:10"), bounds);
    expect(slots).toEqual([at("00:02:00"), at("00:03:00"), at("00:04:00")]);
    expect(gap).toBeNull();
  });

  it("keeps the newest within the number, the rest is a gap", () => {
    const { slots, gap } = dueSlots(everyMinute, at("00:01:00"), at("00:10:00"), { ...bounds, catchUpSlots: 2 });
    expect(slots).toEqual([at("00:09:00"), at("00:10:00")]);
    expect(gap).toEqual({ from: at("00:01:00"), to: at("00:08:59.999") });
  });

  it("keeps those within the time, the rest is a gap", () => {
    const { slots, gap } = dueSlots(everyMinute, at("00:01:00"), at("05:00:30"), { ...bounds, catchUpMs: 91_000 });
    expect(slots).toEqual([at("04:59:00"), at("05:00:00")]);
    expect(gap).toEqual({ from: at("00:01:00"), to: at("04:58:59.999") });
  });

  it("is all gap when everything lies too far back", () => {
    const daily = crontab({ minute: 0, hour: 1 });
    expect(dueSlots(daily, at("00:00:00"), at("05:00:00"), bounds)).toEqual({
      slots: [],
      gap: { from: at("00:00:00"), to: at("05:00:00") },
    });
  });

  it("needs no time for a service that was away for a year", () => {
    const started = performance.now();
    const { slots } = dueSlots(interval({ seconds: 1 }), new Date("2025-01-01"), at("00:00:00"), bounds);
    expect(slots).toHaveLength(60);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
