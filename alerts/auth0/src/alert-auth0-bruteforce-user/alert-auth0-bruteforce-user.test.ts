import { at, describeAlert, repeat } from "@mozdef/alert-testing/vitest";
import { createTask } from "@mozdef/alert/runtime";
import { describe, expect, test } from "vitest";
import { AlertAuth0BruteforceUser } from "./alert-auth0-bruteforce-user.ts";

const summaryOf = (user: string, sources: string): string =>
  `Auth0 Username/Password Bruteforce Attack in Progress against user (${user}) from the following source ip(s): ${sources}`;
const from = (sourceipaddress: string) => ({ details: { sourceipaddress } });

describeAlert(AlertAuth0BruteforceUser, {
  event: {
    tags: ["auth0"],
    details: {
      username: "foo@mozilla.com",
      eventname: "Failed Login (wrong password)",
      sourceipaddress: "1.1.1.1",
    },
  },
  alert: { category: "bruteforce", tags: ["auth0"], severity: "WARNING", notify_mozdefbot: true },
  fires: [
    { name: "a single failure", events: [{}], alert: { summary: summaryOf("foo@mozilla.com", "1.1.1.1") } },
    {
      name: "eleven failures carry the ten oldest",
      events: at("-60s").every("1s", 11),
      alert: { summary: summaryOf("foo@mozilla.com", "1.1.1.1") },
      embeds: 10,
    },
    {
      name: "exactly an hour old, the edge of the window",
      events: at("-1h").once(),
      alert: { summary: summaryOf("foo@mozilla.com", "1.1.1.1") },
    },
    {
      name: "nine sources, in order of their text",
      events: repeat(9, (position) => from(`1.1.1.${9 - position}`)),
      alert: {
        summary: summaryOf(
          "foo@mozilla.com",
          "1.1.1.1, 1.1.1.2, 1.1.1.3, 1.1.1.4, 1.1.1.5, 1.1.1.6, 1.1.1.7, 1.1.1.8, 1.1.1.9",
        ),
      },
    },
    {
      name: "ten sources are all named, followed by dots",
      events: repeat(10, (position) => from(`1.1.1.${position}`)),
      alert: {
        summary: summaryOf(
          "foo@mozilla.com",
          "1.1.1.0, 1.1.1.1, 1.1.1.2, 1.1.1.3, 1.1.1.4, 1.1.1.5, 1.1.1.6, 1.1.1.7, 1.1.1.8, 1.1.1.9...",
        ),
      },
    },
    {
      name: "of eleven sources the first ten are named",
      events: at("-60s").every("1s", 11, (position) => from(`1.1.1.${10 + position}`)),
      alert: {
        summary: summaryOf(
          "foo@mozilla.com",
          "1.1.1.10, 1.1.1.11, 1.1.1.12, 1.1.1.13, 1.1.1.14, 1.1.1.15, 1.1.1.16, 1.1.1.17, 1.1.1.18, 1.1.1.19...",
        ),
      },
    },
    {
      name: "a failure without a source is counted, but names none",
      events: [{ details: { sourceipaddress: null } }, from("2001:db8::7")],
      alert: { summary: summaryOf("foo@mozilla.com", "2001:db8::7") },
    },
    {
      name: "two users, each with an alert",
      events: [{}, { details: { username: "zoë", sourceipaddress: "1.1.1.2" } }],
      alerts: [{ summary: summaryOf("foo@mozilla.com", "1.1.1.1") }, { summary: summaryOf("zoë", "1.1.1.2") }],
    },
    {
      name: "a list of users is one of each",
      events: [{ details: { username: ["a", "b"] } }, { details: { username: ["a", "b"] } }],
      config: { threshold_count: 2 },
      alert: { summary: summaryOf("a", "1.1.1.1") },
    },
    {
      name: "more than a thousand failures",
      events: [repeat(1_000), from("1.1.1.0")],
      alert: { summary: summaryOf("foo@mozilla.com", "1.1.1.0, 1.1.1.1") },
    },
    {
      name: "a threshold of one's own, just reached",
      config: { threshold_count: 5 },
      events: repeat(5),
      alert: { summary: summaryOf("foo@mozilla.com", "1.1.1.1") },
    },
    {
      name: "a longer look-back and another severity",
      config: { search_depth_min: 120, severity: "NOTICE" },
      events: at("-2h").once(),
      alert: { summary: summaryOf("foo@mozilla.com", "1.1.1.1"), severity: "NOTICE", notify_mozdefbot: false },
    },
  ],
  silent: [
    { name: "a login that worked", events: repeat(10, { details: { eventname: "Success Login" } }) },
    { name: "another tag", events: repeat(10, { tags: ["bad"] }) },
    { name: "an empty user name", events: repeat(10, { details: { username: "" } }) },
    { name: "no user name", events: repeat(10, { details: { username: null } }) },
    { name: "a second older than the window", events: at("-1h1s").every("0s", 10) },
    { name: "one below a threshold of one's own", config: { threshold_count: 5 }, events: repeat(4) },
    {
      name: "a second older than a look-back of one's own",
      config: { search_depth_min: 5 },
      events: at("-5m1s").once(),
    },
  ],
});

describe("AlertAuth0BruteforceUser configuration", () => {
  const taken = (config: object) => () => createTask(AlertAuth0BruteforceUser, config);
  test("numbers may be texts, as MozDef's file has them", () => {
    expect(taken({ threshold_count: "3", search_depth_min: "30" })().config).toMatchObject({
      threshold_count: 3,
      search_depth_min: 30,
    });
  });
  test("a wrong value is refused, naming its key", () => {
    expect(taken({ threshold_count: "" })).toThrow(/threshold_count/);
    expect(taken({ search_depth_min: 0 })).toThrow(/search_depth_min/);
    expect(taken({ severity: "warning" })).toThrow(/severity/);
  });
});
