import { at, describeAlert } from "@mozdef/alert-testing/vitest";
import { AlertDuoFraudReported } from "./alert-duo-fraud-reported.ts";

const summaryOf = (user: string, from: string): string =>
  `Duo request reported as fraud by ${user}, asked for from ${from}`;
const summary = summaryOf("alice@example.com", "1.2.3.4");

describeAlert(AlertDuoFraudReported, {
  event: {
    category: "authentication",
    details: { username: "alice@example.com", sourceipaddress: "1.2.3.4", result: "fraud" },
  },
  alert: {
    category: "duosecurity",
    tags: ["duosecurity", "duosecurity_fraud"],
    severity: "CRITICAL",
    notify_mozdefbot: true,
    url: undefined,
  },
  fires: [
    { name: "version 2 of the API", events: [{}], alert: { summary } },
    { name: "version 1 of the API", events: [{ details: { result: "FRAUD" } }], alert: { summary } },
    {
      name: "the reason says it",
      events: [{ details: { result: "denied", reason: "user_marked_fraud" } }],
      alert: { summary },
    },
    {
      name: "the tag of the log pull, another category",
      events: [{ category: "event", tags: ["duosecurity"] }],
      alert: { summary },
    },
    {
      name: "fields as version 2 names them",
      events: [
        {
          details: {
            username: null,
            sourceipaddress: null,
            user: { name: "zoë" },
            access_device: { ip: "2001:db8::7" },
          },
        },
      ],
      alert: { summary: summaryOf("zoë", "2001:db8::7") },
    },
    {
      name: "fields as version 1 names them",
      events: [{ details: { username: null, sourceipaddress: null, user: "bob", ip: "192.0.2.7" } }],
      alert: { summary: summaryOf("bob", "192.0.2.7") },
    },
    {
      name: "only an address of mail",
      events: [{ details: { username: null, email: "carol@example.com", sourceipaddress: null } }],
      alert: { summary: summaryOf("carol@example.com", "unknown") },
    },
    {
      name: "exactly fifteen minutes old, the edge of the window",
      events: at("-15m").once(),
      alert: { summary },
    },
    {
      name: "two reports are two alerts, with an address to read on at",
      config: { url: "https://wiki.example.com/duo" },
      events: [{}, { details: { username: null } }],
      alerts: [
        { summary, url: "https://wiki.example.com/duo" },
        { summary: summaryOf("unknown", "1.2.3.4"), url: "https://wiki.example.com/duo" },
      ],
    },
  ],
  silent: [
    { name: "a second older than the window", events: at("-15m1s").once() },
    { name: "a request that was denied", events: [{ details: { result: "denied", reason: "user_cancelled" } }] },
    { name: "neither the category nor the tag", events: [{ category: "event" }] },
  ],
});
