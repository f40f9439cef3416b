import { describeAlert } from "@mozdef/alert-testing/vitest";
import { elsewhere, failedRun, quietSlot, slotRecords } from "../../test/records.ts";
import { AlertExecutionKilled } from "./alert-execution-killed.ts";

const message =
  "AlertDoor was ended: it blocked its process for more than 10000 ms. It is not run for 60 seconds; other alerts go on.";
const killed = (alert: string) =>
  failedRun(alert, "2017-01-01T00:59:00+00:00", "ALERT_KILLED", message.replace("AlertDoor", alert));
const failed = (alert: string) => failedRun(alert, "2017-01-01T00:59:00+00:00", "ALERT_FAILED", "no key");
const summary = `The process of the alerts was ended by AlertDoor: ${message}`;

describeAlert(AlertExecutionKilled, {
  source: slotRecords,
  equivalent: [elsewhere],
  event: { ...quietSlot, health: "error", notable: [killed("AlertDoor")] },
  alert: { category: "maintenance", tags: ["pipeline"], severity: "ERROR", notify_mozdefbot: true },
  fires: [
    {
      name: "one alert",
      events: [{}],
      alert: { summary, details: { alerts: [{ alert: "AlertDoor", message }] }, groupkey: "AlertDoor" },
      embeds: 0,
    },
    {
      name: "two at one slot, and another that only failed",
      events: [{ notable: [killed("AlertDoor"), failed("AlertWell"), killed("AlertKnocks")] }],
      alert: {
        summary: `The process of the alerts was ended by AlertDoor, AlertKnocks: ${message}`,
        details: { alerts: [{ alert: "AlertDoor" }, { alert: "AlertKnocks" }] },
      },
      embeds: 0,
    },
    {
      name: "told once in six hours, another alert at once",
      runs: [
        { at: "0s", events: [{}], alert: { summary } },
        {
          at: "5m",
          events: [{}, { notable: [killed("AlertKnocks")] }],
          alert: { summary: summary.replaceAll("AlertDoor", "AlertKnocks") },
        },
        { at: "5h59m", events: [{}] },
        { at: "6h", events: [{}], alert: { summary } },
      ],
      embeds: 0,
    },
    {
      name: "an hour ago, the edge of the window",
      events: [{ utctimestamp: "2017-01-01T00:00:00Z" }],
      alert: { summary },
      embeds: 0,
    },
  ],
  silent: [
    { name: "an alert that only failed", events: [{ notable: [failed("AlertDoor")] }] },
    { name: "longer than an hour ago", events: [{ utctimestamp: "2016-12-31T23:59:59.999Z" }] },
    { name: "a quiet slot", events: [{ health: "ok", notable: [] }] },
  ],
});
