import { at, describeAlert, repeat } from "@mozdef/alert-testing/vitest";
import { createTask } from "@mozdef/alert/runtime";
import { expect, test } from "vitest";
import { AlertLdapBruteforceUser } from "./alert-ldap-bruteforce-user.ts";

const summaryOf = (user: string, clients: string): string =>
  `LDAP Bruteforce Attack in Progress against user (${user}) from the following source ip(s): ${clients}`;
const from = (client: string | null) => ({ details: { client } });
const USER = "ttesterson@mozilla.com";

describeAlert(AlertLdapBruteforceUser, {
  event: {
    category: "ldap",
    details: {
      user: USER,
      client: "1.2.3.4",
      server: "ldap.example.com",
      response: { error: "LDAP_INVALID_CREDENTIALS" },
    },
  },
  alert: { category: "bruteforce", tags: ["ldap"], severity: "WARNING", notify_mozdefbot: true },
  fires: [
    { name: "a single failure", events: [{}], alert: { summary: summaryOf(USER, "1.2.3.4") } },
    {
      name: "eleven failures carry the ten oldest",
      events: at("-60s").every("1s", 11),
      alert: { summary: summaryOf(USER, "1.2.3.4") },
      embeds: 10,
    },
    {
      name: "exactly an hour old, the edge of the window",
      events: at("-1h").once(),
      alert: { summary: summaryOf(USER, "1.2.3.4") },
    },
    {
      name: "nine clients, in order of their text",
      events: repeat(9, (position) => from(`1.1.1.${9 - position}`)),
      alert: {
        summary: summaryOf(USER, "1.1.1.1, 1.1.1.2, 1.1.1.3, 1.1.1.4, 1.1.1.5, 1.1.1.6, 1.1.1.7, 1.1.1.8, 1.1.1.9"),
      },
    },
    {
      name: "ten clients are all named, followed by dots",
      events: repeat(10, (position) => from(`1.1.1.${position}`)),
      alert: {
        summary: summaryOf(
          USER,
          "1.1.1.0, 1.1.1.1, 1.1.1.2, 1.1.1.3, 1.1.1.4, 1.1.1.5, 1.1.1.6, 1.1.1.7, 1.1.1.8, 1.1.1.9...",
        ),
      },
    },
    {
      name: "of eleven clients the first ten are named",
      events: at("-60s").every("1s", 11, (position) => from(`1.1.1.${10 + position}`)),
      alert: {
        summary: summaryOf(
          USER,
          "1.1.1.10, 1.1.1.11, 1.1.1.12, 1.1.1.13, 1.1.1.14, 1.1.1.15, 1.1.1.16, 1.1.1.17, 1.1.1.18, 1.1.1.19...",
        ),
      },
    },
    {
      name: "a failure without a client is counted, but names none",
      events: [from(null), from("2001:db8::7")],
      alert: { summary: summaryOf(USER, "2001:db8::7") },
    },
    {
      name: "two users, each with an alert",
      events: [{}, { details: { user: "zoë" } }],
      alerts: [{ summary: summaryOf(USER, "1.2.3.4") }, { summary: summaryOf("zoë", "1.2.3.4") }],
    },
    { name: "more than a thousand failures", events: repeat(1_001), alert: { summary: summaryOf(USER, "1.2.3.4") } },
    {
      name: "a threshold and a look-back of one's own",
      config: { threshold_count: 3, search_depth_min: 90 },
      events: at("-90m").every("0s", 3),
      alert: { summary: summaryOf(USER, "1.2.3.4") },
    },
    {
      name: "a server that is not left out any more",
      config: { host_exclusions: [] },
      events: [{ details: { server: "foo.example.com" } }],
      alert: { summary: summaryOf(USER, "1.2.3.4") },
    },
  ],
  silent: [
    { name: "a second older than the window", events: at("-1h1s").once() },
    { name: "another category", events: [{ category: "ldapChange" }] },
    { name: "another error", events: [{ details: { response: { error: "LDAP_SUCCESS" } } }] },
    { name: "an empty user name", events: [{ details: { user: "" } }] },
    { name: "no user name", events: [{ details: { user: null } }] },
    { name: "the first server that is left out", events: [{ details: { server: "foo.example.com" } }] },
    { name: "the second server that is left out", events: [{ details: { server: "bar.example.com" } }] },
    {
      name: "a server that one leaves out oneself",
      config: { host_exclusions: ["ldap.example.com"] },
      events: [{}],
    },
    { name: "one below a threshold of one's own", config: { threshold_count: 3 }, events: repeat(2) },
    { name: "a shorter look-back", config: { search_depth_min: 5 }, events: at("-5m1s").once() },
  ],
});

test("AlertLdapBruteforceUser takes the servers as one text with commas", () => {
  expect(createTask(AlertLdapBruteforceUser, { host_exclusions: "a, b" }).config).toMatchObject({
    host_exclusions: ["a", "b"],
  });
});
