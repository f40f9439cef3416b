import type { TestSite } from "@mozdef/alert-testing";
import { describeAlert } from "@mozdef/alert-testing/vitest";
import { elsewhere, failedRun, notableRun, quietSlot, slotRecords } from "../../test/records.ts";
import { AlertIndexingFailures } from "./alert-indexing-failures.ts";

const reason = "Cannot store an alert of AlertDoor: object mapping [details] tried to parse field [null] as object";
const slot = "2017-01-01T00:59:00+00:00";

/** An alert that was decided. */
const piece = (run: string, id: string) => ({
  kind: "alert",
  run,
  alert: { _index: "alerts-201701", _id: id, _source: { classname: run, summary: "x", utctimestamp: slot } },
  targets: [],
  covers: [],
});
const covers = (run: string) => ({ kind: "covers", run, name: run, utctimestamp: slot, alert: null, covers: [] });

/** A decision that is too large for one document. */
const inParts = { utctimestamp: "2016-12-31T23:59:00+00:00", pieces: undefined, parts: { id: "p", count: 1 } };
const savePart = async (site: TestSite): Promise<void> => {
  const part = { type: "part", utctimestamp: inParts.utctimestamp, pieces: [piece("AlertDoor", "a1")] };
  await site.saveDocument("slots-20161231", part, { id: "p-0" });
};
const OWN = "AlertIndexingFailures";

describeAlert(AlertIndexingFailures, {
  source: slotRecords,
  equivalent: [elsewhere],
  event: {
    ...quietSlot,
    health: "error",
    notable: [failedRun("AlertDoor", slot, "STORE_WRITE_FAILED", reason)],
    pieces: [piece("AlertDoor", "a1"), piece("AlertKnocks", "b1")],
    refused: [reason],
    unstored: ["a1"],
  },
  alert: { category: "maintenance", tags: ["pipeline"], severity: "ERROR", notify_mozdefbot: true },
  fires: [
    {
      name: "an alert",
      events: [{}],
      alert: {
        summary: `The store has refused 1 alert of AlertDoor: ${reason}`,
        details: { alerts: ["AlertDoor"], unstored: ["a1"], reasons: [reason], index: "slots-20161231" },
        groupkey: "AlertDoor",
      },
      embeds: 0,
    },
    {
      name: "alerts of several, its own among them",
      events: [
        {
          pieces: [piece("AlertKnocks", "b1"), piece("AlertDoor", "a1"), piece(OWN, "c1"), piece("AlertWell", "d1")],
          unstored: ["a1", "b1", "c1"],
        },
      ],
      alert: {
        summary: `The store has refused 3 alerts of AlertDoor, ${OWN}, AlertKnocks: ${reason}`,
        groupkey: "AlertDoor, AlertKnocks",
      },
      embeds: 0,
    },
    {
      setup: savePart,
      name: "a large decision that was carried out later: its runs know the alert",
      events: [
        {
          ...inParts,
          names: ["AlertDoor", "AlertWell"],
          notable: [
            notableRun({ alert: "AlertDoor", alerts: ["a1"], slot }),
            notableRun({ alert: "AlertWell", alerts: ["d1"], slot }),
          ],
        },
      ],
      alert: { summary: `The store has refused 1 alert of AlertDoor: ${reason}` },
      embeds: 0,
    },
    {
      setup: savePart,
      name: "a large decision that was carried out at once: its runs know the reason, though not all of it",
      events: [
        {
          ...inParts,
          names: ["AlertDoor", "AlertMute", "AlertWell"],
          notable: [
            failedRun("AlertDoor", slot, "STORE_WRITE_FAILED", reason.slice(0, 50)),
            failedRun("AlertWell", slot, "ALERT_FAILED", "no key"),
            failedRun("AlertMute", slot, "ALERT_FAILED", ""),
          ],
        },
      ],
      alert: { summary: `The store has refused 1 alert of AlertDoor: ${reason}` },
      embeds: 0,
    },
    {
      name: "only what goes with alerts, of a run that does not know it",
      events: [{ pieces: [covers("AlertDoor")], names: ["AlertDoor", "AlertWell"], notable: [], unstored: [] }],
      alert: { summary: `The store has refused what goes with the alerts of AlertDoor: ${reason}` },
      embeds: 0,
    },
    {
      name: "what another run has added to the alert that is lost is not lost with it",
      events: [{ pieces: [piece("AlertDoor", "a1"), { ...piece("AlertWell", "a1"), kind: "covers" }], notable: [] }],
      alert: { summary: `The store has refused 1 alert of AlertDoor: ${reason}` },
      embeds: 0,
    },
    {
      setup: savePart,
      name: "a large decision of which nothing more is known: all alerts that it may be",
      events: [{ ...inParts, notable: [], names: ["AlertDoor", "AlertKnocks"] }],
      alert: { summary: `The store has refused 1 alert of AlertDoor, AlertKnocks: ${reason}` },
      embeds: 0,
    },
    {
      name: "told once in six hours, of another alert at once",
      runs: [
        { at: "0s", events: [{}], alert: { summary: /of AlertDoor: / } },
        { at: "5m", events: [{}, { notable: [], unstored: ["b1"] }], alert: { summary: /of AlertKnocks: / } },
        { at: "5h59m", events: [{}] },
        { at: "6h", events: [{}], alert: { summary: /of AlertDoor: / } },
      ],
      embeds: 0,
    },
    {
      name: "decided seven days ago, carried out today",
      events: [{ utctimestamp: "2016-12-25T01:00:00Z" }],
      alert: { summary: /of AlertDoor: / },
      embeds: 0,
    },
    {
      name: "a reason longer than what can be searched",
      events: [{ refused: [`${reason}${" x".repeat(5_000)}`], notable: [] }],
      alert: { summary: /of AlertDoor: .{300}…$/ },
      embeds: 0,
    },
  ],
  silent: [
    { name: "everything was stored", events: [{ health: "ok", refused: undefined, unstored: undefined, notable: [] }] },
    {
      name: "nothing but its own alert: it would go on for ever",
      events: [{ pieces: [piece(OWN, "c1"), piece("AlertDoor", "a1")], notable: [], unstored: ["c1"] }],
    },
    { name: "longer than seven days ago", events: [{ utctimestamp: "2016-12-25T00:59:59.999Z" }] },
  ],
});
