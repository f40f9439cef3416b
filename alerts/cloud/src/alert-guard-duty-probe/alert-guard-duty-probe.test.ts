import { at, describeAlert, repeat } from "@mozdef/alert-testing/vitest";
import { AlertGuardDutyProbe } from "./alert-guard-duty-probe.ts";

const summaryOf = (from: string): string => `Guard Duty Port Probe by ${from}`;

describeAlert(AlertGuardDutyProbe, {
  event: {
    source: "guardduty",
    details: { sourceipaddress: "1.2.3.4", finding: { action: { actionType: "PORT_PROBE" } } },
  },
  alert: { category: "bruteforce", tags: ["guardduty", "bruteforce"], severity: "INFO", notify_mozdefbot: false },
  fires: [
    { name: "one probe", events: [{}], alert: { summary: summaryOf("1.2.3.4") } },
    {
      name: "eleven probes carry the ten oldest",
      events: at("-60s").every("1s", 11),
      alert: { summary: summaryOf("1.2.3.4") },
      embeds: 10,
    },
    {
      name: "exactly twenty minutes old, the edge of the window",
      events: at("-20m").once(),
      alert: { summary: summaryOf("1.2.3.4") },
    },
    {
      name: "two addresses, each with an alert",
      events: [repeat(2), { details: { sourceipaddress: "2001:db8::7" } }],
      alerts: [{ summary: summaryOf("1.2.3.4") }, { summary: summaryOf("2001:db8::7") }],
    },
    { name: "more than a thousand probes", events: repeat(1_001), alert: { summary: summaryOf("1.2.3.4") } },
  ],
  silent: [
    { name: "a second older than the window", events: at("-20m1s").once() },
    { name: "another source", events: [{ source: "bad" }] },
    { name: "another finding", events: [{ details: { finding: { action: { actionType: "NETWORK_CONNECTION" } } } }] },
    { name: "no source address", events: [{ details: { sourceipaddress: null } }] },
  ],
});
