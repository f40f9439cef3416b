import { describeAlert } from "@mozdef/alert-testing/vitest";
import { quietSlot, slotRecords } from "../../test/records.ts";
import { AlertExecutionGap } from "./alert-execution-gap.ts";

const gap = {
  type: "gap",
  utctimestamp: "2016-12-31T00:59:59.999Z",
  names: ["AlertDoor"],
  alert: "AlertDoor",
  from: "2016-12-30T20:00:00+00:00",
  to: "2016-12-31T00:59:59.999000+00:00",
};
const summary = "AlertDoor was not run after 2016-12-30T20:00:00+00:00 until 2016-12-31T00:59:59.999000+00:00";

describeAlert(AlertExecutionGap, {
  source: slotRecords,
  event: gap,
  alert: { category: "maintenance", tags: ["pipeline"], severity: "ERROR", notify_mozdefbot: true },
  fires: [
    {
      name: "a gap that ended a day ago",
      events: [{}],
      alert: { summary, details: { alert: "AlertDoor", from: gap.from, to: gap.to } },
    },
    {
      name: "two alerts that were not run, each with an alert, once",
      runs: [
        {
          at: "0s",
          events: [{}, { alert: "AlertKnocks", names: ["AlertKnocks"] }],
          alerts: [{ summary }, { summary: summary.replace("AlertDoor", "AlertKnocks") }],
        },
        { at: "5m" },
      ],
    },
    {
      name: "a gap that ended 90 days ago, of a service that catches up with as much",
      events: [{ utctimestamp: "2016-10-03T01:00:00Z" }],
      alert: { summary },
    },
  ],
  silent: [
    { name: "a slot that was run", events: [{ ...quietSlot, alert: undefined, from: undefined, to: undefined }] },
    { name: "where an alert begins", events: [{ type: "begin" }] },
    { name: "longer ago than anybody catches up with", events: [{ utctimestamp: "2016-10-03T00:59:59.999Z" }] },
    {
      name: "noticed two days ago",
      setup: async (site) => {
        await site.saveDocument("slots-20161230", gap);
      },
    },
  ],
});
