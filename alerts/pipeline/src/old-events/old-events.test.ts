import { describeAlert, repeat } from "@mozdef/alert-testing/vitest";
import { OldEvents } from "./old-events.ts";

const summaryOf = (count: number): string => `Events have an outdated utctimestamp (${count})`;

describeAlert(OldEvents, {
  event: { utctimestamp: "2016-12-30T01:00:00+00:00" },
  alert: { category: "maintenance", tags: ["pipeline"], severity: "ERROR", notify_mozdefbot: true },
  fires: [
    { name: "one event of two days ago, received now", events: [{}], alert: { summary: summaryOf(1) } },
    {
      name: "a millisecond older than a day",
      events: [{ utctimestamp: "2016-12-31T00:59:59.999+00:00" }],
      alert: { summary: summaryOf(1) },
    },
    {
      name: "received exactly six hours ago, the edge of the window",
      events: [{ receivedtimestamp: "2016-12-31T19:00:00+00:00" }],
      alert: { summary: summaryOf(1) },
    },
    {
      name: "two hosts of the pipeline, each with an alert",
      events: [repeat(2), { mozdefhostname: "mozdef-ü" }],
      alerts: [{ summary: summaryOf(2) }, { summary: summaryOf(1) }],
    },
    {
      name: "more than a thousand events are all counted, the oldest thousand carried",
      events: repeat(1_001),
      alert: { summary: summaryOf(1_001) },
      embeds: 1_000,
    },
  ],
  silent: [
    { name: "exactly a day old", events: [{ utctimestamp: "2016-12-31T01:00:00+00:00" }] },
    { name: "an event of now", events: [{ utctimestamp: "2017-01-01T01:00:00+00:00" }] },
    {
      name: "received a second before the window",
      events: [{ receivedtimestamp: "2016-12-31T18:59:59+00:00" }],
    },
    { name: "no host of the pipeline", events: [{ mozdefhostname: null }] },
  ],
});
