import type { TestSite } from "@mozdef/alert-testing";
import { describeAlert } from "@mozdef/alert-testing/vitest";
import { quietSlot } from "../../test/records.ts";
import { AlertWatchdog } from "./alert-watchdog.ts";

const record = (type: string, utctimestamp: string) => async (site: TestSite) => {
  await site.saveDocument("slots-20161231", { ...quietSlot, type, utctimestamp });
};

describeAlert(AlertWatchdog, {
  alert: {
    category: "maintenance",
    tags: ["pipeline", "watchdog"],
    severity: "INFO",
    notify_mozdefbot: false,
    summary: "Alerts are run, stored and sent",
    events: [],
  },
  fires: [
    { name: "before anything was run", events: [], alert: {} },
    {
      name: "at each run, a new one",
      runs: [
        { at: "0s", alert: {} },
        { at: "5m", alert: {} },
      ],
    },
    { name: "whatever was run", setup: record("slot", "2017-01-01T00:59:00Z"), alert: {} },
    {
      name: "a record of its own type of more than five minutes ago",
      setup: record("watchdog", "2017-01-01T00:54:59.999Z"),
      alert: {},
    },
  ],
  silent: [
    // The service writes no such record.
    { name: "as long as there is a record of its own type", setup: record("watchdog", "2017-01-01T00:55:00Z") },
  ],
});
