import { at, describeAlert } from "@mozdef/alert-testing/vitest";
import { AlertHTTPErrors } from "./alert-http-errors.ts";

const NOTICE = "192.0.2.7 was seen doing it 30 times";

describeAlert(AlertHTTPErrors, {
  event: {
    category: "bro",
    source: "notice",
    hostname: "sensor1",
    summary: NOTICE,
    details: { note: "MozillaHTTPErrors::Excessive_HTTP_Errors_Attacker" },
  },
  alert: {
    category: "httperrors",
    tags: ["http"],
    severity: "WARNING",
    notify_mozdefbot: true,
    url: "https://www.mozilla.org",
  },
  fires: [
    { name: "a notice of Zeek", events: [{}], alert: { summary: `sensor1 ${NOTICE}` } },
    {
      name: "exactly fifteen minutes old, the edge of the window",
      events: at("-15m").once(),
      alert: { summary: `sensor1 ${NOTICE}` },
    },
    {
      name: "two notices are two alerts",
      events: [{ summary: "2001:db8::7 on bücher.example" }, { hostname: "sensor2" }],
      alerts: [{ summary: "sensor1 2001:db8::7 on bücher.example" }, { summary: `sensor2 ${NOTICE}` }],
    },
    {
      name: "neither host name nor summary",
      events: [{ hostname: null, summary: null }],
      alert: { summary: "unknown unknown" },
    },
    {
      name: "another address to read on at",
      config: { url: "https://wiki.example.com/http" },
      events: [{}],
      alert: { summary: `sensor1 ${NOTICE}`, url: "https://wiki.example.com/http" },
    },
    {
      name: "another severity",
      config: { severity: "INFO" },
      events: [{}],
      alert: { summary: `sensor1 ${NOTICE}`, severity: "INFO", notify_mozdefbot: false },
    },
  ],
  silent: [
    { name: "a second older than the window", events: at("-15m1s").once() },
    { name: "another category", events: [{ category: "syslog" }] },
    { name: "another source", events: [{ source: "conn" }] },
    { name: "another notice", events: [{ details: { note: "MozillaHTTPErrors::Excessive_HTTP_Errors_Victim" } }] },
  ],
});
