import { defineSource } from "@mozdef/alert";
import type { EventInput } from "@mozdef/alert-testing/vitest";

/** Records of the service, in the index of yesterday: a run records itself in that of today. */
const recordsIn = (index: string) => defineSource({ indices: [index], time: ["utctimestamp"], fields: {} });

export const slotRecords = recordsIn("slots-20161231");
export const deliveryRecords = recordsIn("deliveries-20161231");

/** What the service keeps of a slot at which one alert ran and was quiet. */
export const quietSlot: EventInput = {
  type: "slot",
  status: "applied",
  health: "ok",
  shard: 3,
  names: ["AlertDoor"],
  runner: "runner-1",
  position: 0,
  hits: [0],
  durationMs: [1.2],
  notable: [],
};

/** A run as the record of its slot shows it. */
export const notableRun = (run: EventInput): EventInput => ({
  alert: "AlertDoor",
  slot: "2017-01-01T00:59:00+00:00",
  health: "ok",
  hits: 0,
  alerts: [],
  durationMs: 1.2,
  errors: [],
  ...run,
});

export const failedRun = (alert: string, slot: string, code: string, message: string): EventInput =>
  notableRun({ alert, slot, health: "error", errors: [{ code, message }] });

/** A mutant of every suite over these records. */
export const elsewhere = {
  mutant: /^drop indices /,
  reason: "a search for events is given the source of the suite, which is the same index",
};
