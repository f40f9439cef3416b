import { describeAlert, repeat } from "@mozdef/alert-testing/vitest";
import { deliveryRecords, elsewhere } from "../../test/records.ts";
import { AlertDeliveryFailures } from "./alert-delivery-failures.ts";

const dead = {
  type: "dispatch",
  status: "dead",
  name: "AlertDoor",
  target: "soc",
  utctimestamp: "2016-12-31T00:55:00+00:00",
  alertid: "a1",
  alert: { _index: "alerts-201612", _id: "a1", _source: { summary: "front door", classname: "AlertDoor" } },
  attempts: 290,
  nextat: "2017-01-01T00:57:00.000Z",
  firstat: "2016-12-31T00:55:00.000Z",
  error: "404: no such channel",
};
const summary = "1 alert was given up for the target soc (AlertDoor), which answered last: 404: no such channel";

describeAlert(AlertDeliveryFailures, {
  source: deliveryRecords,
  equivalent: [elsewhere],
  event: dead,
  alert: { category: "maintenance", tags: ["pipeline"], severity: "ERROR", notify_mozdefbot: true },
  fires: [
    {
      name: "one alert",
      events: [{}],
      alert: { summary, details: { target: "soc", error: dead.error, deliveries: ["event-000001"], total: 1 } },
      embeds: 0,
    },
    {
      name: "several: the answer that came last, whichever alert was first",
      events: [
        {
          name: "AlertKnocks",
          nextat: "2017-01-01T00:58:00.000Z",
          error: "410: gone",
          utctimestamp: "2016-12-31T00:50:00Z",
        },
        {},
      ],
      alert: {
        summary: "2 alerts were given up for the target soc (AlertKnocks, AlertDoor), which answered last: 410: gone",
      },
      embeds: 0,
    },
    {
      name: "several that were given up at the same moment: the answer to the newest alert",
      events: [{ error: "410: gone", utctimestamp: "2016-12-31T00:50:00Z" }, {}],
      alert: {
        summary: "2 alerts were given up for the target soc (AlertDoor), which answered last: 404: no such channel",
      },
      embeds: 0,
    },
    {
      name: "two targets, each with an alert",
      events: [{}, { target: "pager" }],
      alerts: [{ summary }, { summary: summary.replace("soc", "pager") }],
      embeds: 0,
    },
    {
      name: "a hundred of more are listed, all are counted",
      events: repeat(101),
      alert: {
        summary: /^101 alerts were/,
        details: {
          deliveries: Array.from({ length: 100 }, (_, index) => `event-${String(index + 1).padStart(6, "0")}`),
          total: 101,
        },
      },
      embeds: 0,
    },
    { name: "an hour ago, the edge", events: [{ nextat: "2017-01-01T00:00:00.000Z" }], alert: { summary }, embeds: 0 },
    { name: "just now", events: [{ nextat: "2017-01-01T01:00:00.000Z" }], alert: { summary }, embeds: 0 },
    {
      name: "told once in six hours, and again after them",
      runs: [
        { at: "0s", events: [{}], alert: { summary } },
        { at: "5h59m", events: [{ nextat: "2017-01-01T06:58:00.000Z" }] },
        { at: "6h", events: [{ nextat: "2017-01-01T06:59:00.000Z" }], alert: { summary } },
      ],
      embeds: 0,
    },
  ],
  silent: [
    { name: "sent", events: [{ status: "done", error: null }] },
    { name: "tried again", events: [{ status: "pending" }] },
    { name: "given up more than an hour ago", events: [{ nextat: "2016-12-31T23:59:59.999Z" }] },
    { name: "given up after the slot", events: [{ nextat: "2017-01-01T01:00:00.001Z" }] },
    { name: "its own: it goes the same way", events: [{ name: "AlertDeliveryFailures" }] },
    { name: "a document of another type", events: [{ type: "other" }] },
  ],
});
