import { at, describeAlert } from "@mozdef/alert-testing/vitest";
import { createTask } from "@mozdef/alert/runtime";
import { expect, test } from "vitest";
import { AlertTriageBotEscalation } from "./alert-triage-bot-escalation.ts";

const summaryOf = (identifier: string, email: string): string =>
  `TriageBot Escalation for event: ${identifier} sent to PagerDuty per 'NO' response from User: ${email}`;

describeAlert(AlertTriageBotEscalation, {
  event: {
    category: "triagebot",
    summary: "TriageBot Response: no from: tester@example.com",
    details: { identifier: "jycLmX0B", email: "tester@example.com", userresponse: "no" },
  },
  alert: {
    category: "access",
    tags: ["triagebot_escalation"],
    severity: "INFO",
    notify_mozdefbot: false,
    url: "https://www.mozilla.org",
  },
  fires: [
    { name: "a user who says no", events: [{}], alert: { summary: summaryOf("jycLmX0B", "tester@example.com") } },
    {
      name: "exactly fifteen minutes old, the edge of the window",
      events: at("-15m").once(),
      alert: { summary: summaryOf("jycLmX0B", "tester@example.com") },
    },
    {
      name: "two answers are two alerts",
      events: [{}, { details: { identifier: "2", email: "zoë@example.com" } }],
      alerts: [
        { summary: summaryOf("jycLmX0B", "tester@example.com") },
        { summary: summaryOf("2", "zoë@example.com") },
      ],
    },
    {
      name: "another severity and address to read on at",
      config: { severity: "CRITICAL", url: "https://wiki.example.com/triage" },
      events: [{}],
      alert: { severity: "CRITICAL", notify_mozdefbot: true, url: "https://wiki.example.com/triage" },
    },
  ],
  silent: [
    { name: "a second older than the window", events: at("-15m1s").once() },
    { name: "another category", events: [{ category: "event" }] },
    { name: "a user who says yes", events: [{ details: { userresponse: "yes" } }] },
    { name: "no address of the user", events: [{ details: { email: null } }] },
    { name: "no identifier", events: [{ details: { identifier: null } }] },
  ],
});

test("AlertTriageBotEscalation refuses values that are none, naming their keys", () => {
  expect(() => createTask(AlertTriageBotEscalation, { url: "ftp://example.com" })).toThrow(/url/);
  expect(() => createTask(AlertTriageBotEscalation, { severity: "" })).toThrow(/severity/);
});
