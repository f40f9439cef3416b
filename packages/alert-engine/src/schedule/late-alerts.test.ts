import { crontab, interval, type Schedule } from "@mozdef/alert";
import { expect, it } from "vitest";
import type { RegisteredAlert } from "../registry/registered-alert.ts";
import { lateAlerts } from "./late-alerts.ts";
import { scheduleAlert } from "./scheduled-alert.ts";

const from = new Date("2026-01-01T00:00:00Z");
const alert = (name: string, schedule: Schedule, enabled = true) =>
  scheduleAlert({ name, schedule, enabled } as RegisteredAlert, {}, from);

const states = [
  alert("seconds", interval({ seconds: 1 })),
  alert("minutes", interval({ minutes: 1 })),
  alert("hourly", crontab({ minute: "0" })),
  alert("off", interval({ seconds: 1 }), false),
];

const at = (time: string) =>
  lateAlerts(states, new Date(time)).map(({ name, lateMs, isStanding }) => [name, lateMs, isStanding]);

it("tells of what is due and has not run, and of what stands still", () => {
  expect(at("2026-01-01T00:00:01Z")).toEqual([]);
  expect(at("2026-01-01T00:00:13Z")).toEqual([["seconds", 12_000, false]]);
  expect(at("2026-01-01T00:00:13.001Z")).toEqual([["seconds", 12_001, true]]);
  expect(at("2026-01-01T00:03:11Z")).toEqual([
    ["seconds", 190_000, true],
    ["minutes", 131_000, true],
  ]);
  expect(at("2026-01-01T02:59:00Z").at(-1)).toEqual(["hourly", 7_140_000, false]);
});
