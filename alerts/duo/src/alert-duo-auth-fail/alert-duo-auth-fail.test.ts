import { at, describeAlert } from "@mozdef/alert-testing/vitest";
import { AlertDuoAuthFail } from "./alert-duo-auth-fail.ts";

const summaryOf = (user: string, from: string): string =>
  `Duo Authentication Failure: user ${user} rejected and marked a Duo Authentication attempt from ${from} as fraud`;

describeAlert(AlertDuoAuthFail, {
  event: {
    category: "authentication",
    details: { username: "tester@example.com", sourceipaddress: "1.2.3.4", result: "fraud" },
  },
  alert: {
    category: "duosecurity",
    tags: ["duosecurity", "duosecurity_auth_fail"],
    severity: "WARNING",
    notify_mozdefbot: true,
    url: "https://www.mozilla.org",
  },
  fires: [
    { name: "a request marked as fraud", events: [{}], alert: { summary: summaryOf("tester@example.com", "1.2.3.4") } },
    {
      name: "exactly fifteen minutes old, the edge of the window",
      events: at("-15m").once(),
      alert: { summary: summaryOf("tester@example.com", "1.2.3.4") },
    },
    {
      name: "two requests are two alerts",
      events: [{}, { details: { username: "zoë", sourceipaddress: "2001:db8::7" } }],
      alerts: [{ summary: summaryOf("tester@example.com", "1.2.3.4") }, { summary: summaryOf("zoë", "2001:db8::7") }],
    },
    {
      name: "another address to read on at",
      config: { url: "https://wiki.example.com/duo" },
      events: [{}],
      alert: { url: "https://wiki.example.com/duo" },
    },
  ],
  silent: [
    { name: "a second older than the window", events: at("-15m1s").once() },
    { name: "another category", events: [{ category: "event" }] },
    { name: "a request that was denied", events: [{ details: { result: "denied" } }] },
    { name: "the value of Duo's API v1", events: [{ details: { result: "FRAUD" } }] },
    { name: "no user name", events: [{ details: { username: null } }] },
    { name: "no source address", events: [{ details: { sourceipaddress: null } }] },
  ],
});
