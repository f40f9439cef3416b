import { type EventInput, describeAlert } from "@mozdef/alert-testing/vitest";
import { elsewhere, failedRun, notableRun, quietSlot, slotRecords } from "../../test/records.ts";
import { AlertExecutionFailures } from "./alert-execution-failures.ts";

const slotAt = (minute: number): string => `2017-01-01T00:${String(minute).padStart(2, "0")}:00+00:00`;

/** An alert that fails at a slot, as its record says. */
const failedAt = (minute: number, alert = "AlertDoor", message = "the key has expired"): EventInput => ({
  utctimestamp: slotAt(minute),
  names: [alert],
  notable: [failedRun(alert, slotAt(minute), "ALERT_FAILED", message)],
});

const minutes = (first: number, count: number, step = 1): readonly number[] =>
  Array.from({ length: count }, (_, index) => first + index * step);

const failures = (count: number, alert?: string): readonly EventInput[] =>
  minutes(50, count).map((minute) => failedAt(minute, alert));

const summary = "Runs fail again and again: AlertDoor. AlertDoor: the key has expired";
const all = (count: number) => ({ covers: count, embeds: 0 });

describeAlert(AlertExecutionFailures, {
  source: slotRecords,
  equivalent: [
    elsewhere,
    {
      mutant: "threshold 5 - 1",
      reason: "the hook counts the slots of each alert: the threshold saves it from being asked",
    },
  ],
  event: { ...quietSlot, health: "error" },
  alert: { category: "maintenance", tags: ["pipeline"], severity: "ERROR", notify_mozdefbot: true },
  fires: [
    {
      name: "five runs of an alert, the newest reason said",
      events: [...failures(4), failedAt(54, "AlertDoor", "the door is shut\nand locked")],
      alert: {
        summary: "Runs fail again and again: AlertDoor. AlertDoor: the door is shut",
        details: {
          alerts: [{ alert: "AlertDoor", failures: 5, code: "ALERT_FAILED", message: "the door is shut\nand locked" }],
          total: 1,
        },
      },
      ...all(5),
    },
    {
      name: "the slots of an alert that runs every five minutes, the first at the edge of half an hour",
      events: minutes(30, 5, 5).map((minute) => failedAt(minute)),
      alert: { summary },
      ...all(5),
    },
    {
      name: "those that fail most come first, others that have failed seldom are not named",
      events: [
        ...minutes(40, 4).map((minute) => failedAt(minute, "AlertSeldom")),
        ...failures(5),
        ...minutes(40, 6).map((minute) => failedAt(minute, "AlertKnocks", "no answer")),
      ],
      alert: { summary: "Runs fail again and again: AlertKnocks, AlertDoor. AlertKnocks: no answer" },
      ...all(15),
    },
    {
      name: "several alerts in one record, well ones among them",
      events: failures(5).map((record, index) => ({
        ...record,
        names: ["AlertDoor", "AlertWell"],
        notable: [
          notableRun({ alert: "AlertWell", alerts: ["made"], slot: slotAt(50 + index) }),
          failedRun("AlertDoor", slotAt(50 + index), "ALERT_FAILED", "the key has expired"),
        ],
      })),
      alert: { summary, details: { alerts: [{ alert: "AlertDoor" }], total: 1 } },
      ...all(5),
    },
    {
      name: "a long reason is whole in the details",
      events: minutes(50, 5).map((minute) => failedAt(minute, "AlertDoor", "x".repeat(301))),
      alert: {
        summary: `Runs fail again and again: AlertDoor. AlertDoor: ${"x".repeat(300)}…`,
        details: { alerts: [{ message: "x".repeat(301) }] },
      },
      ...all(5),
    },
    {
      name: "a hundred of more alerts are listed, all are counted",
      config: { runs: 1 },
      events: Array.from({ length: 101 }, (_, index) => failedAt(50, `Alert${index}`)),
      alert: {
        summary: /and 91 more\. /,
        details: { alerts: Array.from({ length: 100 }, (_, index) => ({ alert: `Alert${index}` })), total: 101 },
      },
      ...all(101),
    },
    {
      name: "told once in six hours, and again after them",
      config: { runs: 2, minutes: 6 },
      runs: [
        { at: "-5m", events: [failedAt(53), failedAt(54)], alert: { summary } },
        { at: "0s", events: [failedAt(58), failedAt(59)] },
        { at: "5h", events: [{ ...failedAt(0), utctimestamp: "2017-01-01T06:00:00Z" }] },
        {
          at: "5h56m",
          events: ["2017-01-01T06:54:00Z", "2017-01-01T06:55:00Z"].map((slot) => ({
            utctimestamp: slot,
            notable: [failedRun("AlertDoor", slot, "ALERT_FAILED", "the key has expired")],
          })),
          alert: { summary },
        },
      ],
      embeds: 0,
    },
  ],
  silent: [
    {
      name: "records that are well, whatever their runs say",
      events: failures(5).map((one) => ({ ...one, health: "ok" })),
    },
    { name: "four runs", events: failures(4) },
    { name: "five runs, one of them half an hour ago", events: [...failures(4), failedAt(29)] },
    { name: "two alerts, each less than five times", events: [...failures(4), ...failures(4, "AlertKnocks")] },
    {
      name: "one slot that is tried again and again",
      events: minutes(0, 5).map((position) => ({ ...failedAt(50), position })),
    },
    { name: "runs that somebody has asked for", events: failures(5).map((record) => ({ ...record, type: "asked" })) },
    {
      name: "runs that went well",
      events: minutes(50, 5).map((minute) => ({
        utctimestamp: slotAt(minute),
        health: "ok",
        notable: [notableRun({ alerts: ["made"], slot: slotAt(minute) })],
      })),
    },
    {
      name: "slots whose runs went well and whose alerts the store refused",
      events: minutes(50, 5).map((minute) => ({
        utctimestamp: slotAt(minute),
        refused: ["Cannot store an alert of AlertDoor: no"],
        notable: [notableRun({ alerts: ["made"], slot: slotAt(minute) })],
      })),
    },
    { name: "records of no known shape", events: Array.from({ length: 5 }, () => ({ notable: [{ alert: 7 }] })) },
  ],
});
