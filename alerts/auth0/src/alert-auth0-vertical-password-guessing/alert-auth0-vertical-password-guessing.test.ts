import { at, describeAlert, repeat } from "@mozdef/alert-testing/vitest";
import { createTask } from "@mozdef/alert/runtime";
import { expect, test } from "vitest";
import { AlertAuth0VerticalPasswordGuessing } from "./alert-auth0-vertical-password-guessing.ts";

const summaryOf = (users: number, sources: number): string =>
  `Auth0 Username/Password Vertical Password Guessing Attack in Progress against ${users} users from ${sources} unique source ip(s)`;
const bar = { details: { username: "bar", sourceipaddress: "1.1.1.2" } };

describeAlert(AlertAuth0VerticalPasswordGuessing, {
  event: {
    tags: ["auth0"],
    details: {
      username: "foo@mozilla.com",
      eventname: "Failed Login (wrong password)",
      description: "Wrong email or password.",
      sourceipaddress: "1.1.1.1",
    },
  },
  alert: { category: "bruteforce", tags: ["auth0"], severity: "WARNING", notify_mozdefbot: true },
  fires: [
    { name: "two users from two sources", events: [repeat(5), repeat(5, bar)], alert: { summary: summaryOf(2, 2) } },
    {
      name: "two users from one source",
      events: [{}, { details: { username: "zoë" } }],
      alert: { summary: summaryOf(2, 1) },
    },
    {
      name: "exactly an hour old, the edge of the window",
      events: at("-1h").every("0s", 2, (position) => (position === 0 ? {} : bar)),
      alert: { summary: summaryOf(2, 2) },
    },
    {
      name: "users beyond the ten events it carries count too",
      events: [at("-60s").every("1s", 10), at("-10s").once(bar)],
      alert: { summary: summaryOf(2, 2) },
      embeds: 10,
    },
    {
      name: "events without a user or a source are counted, but name none",
      events: [{}, bar, { details: { username: null } }, { details: { sourceipaddress: null } }],
      alert: { summary: summaryOf(2, 2) },
    },
    {
      name: "more than a thousand users, from IPv6 too",
      events: [
        repeat(1_001, (position) => ({ details: { username: `user${position}` } })),
        { details: { sourceipaddress: "2001:db8::7" } },
      ],
      alert: { summary: summaryOf(1_002, 2) },
    },
    {
      name: "as many users as one asks for",
      config: { user_count: 3 },
      events: [{}, bar, { details: { username: "third" } }],
      alert: { summary: summaryOf(3, 2) },
    },
    {
      name: "a threshold of one's own, just reached, and another severity",
      config: { threshold_count: 4, severity: "INFO" },
      events: [{}, repeat(3, bar)],
      alert: { summary: summaryOf(2, 2), severity: "INFO", notify_mozdefbot: false },
    },
    {
      name: "a longer look-back",
      config: { search_depth_min: 90 },
      events: at("-90m").every("0s", 2, (position) => (position === 0 ? {} : bar)),
      alert: { summary: summaryOf(2, 2) },
    },
    {
      name: "users on two hosts are one attack",
      events: [{ hostname: "tenant1" }, { ...bar, hostname: "tenant2" }],
      alert: { summary: summaryOf(2, 2) },
    },
  ],
  silent: [
    {
      name: "logins of two users that worked",
      events: [{}, bar].map((event) => ({
        details: { ...(event === bar && bar.details), eventname: "Success Login" },
      })),
    },
    { name: "one user", events: repeat(10) },
    { name: "a login that worked", events: [{}, { details: { ...bar.details, eventname: "Success Login" } }] },
    { name: "another tag", events: [{}, { ...bar, tags: ["bad"] }] },
    { name: "another description", events: [{}, { details: { ...bar.details, description: "Blocked user." } }] },
    { name: "an empty user name", events: [{}, { details: { username: "" } }] },
    {
      name: "the second user a second older than the window",
      events: [{}, at("-1h1s").once(bar)],
    },
    { name: "one user too few", config: { user_count: 3 }, events: [{}, bar] },
    { name: "one failure too few", config: { threshold_count: 3 }, events: [{}, bar] },
    { name: "a shorter look-back", config: { search_depth_min: 5 }, events: [{}, at("-5m1s").once(bar)] },
  ],
});

test("AlertAuth0VerticalPasswordGuessing refuses wrong values, naming their keys", () => {
  expect(() => createTask(AlertAuth0VerticalPasswordGuessing, { user_count: 0, users: 1 })).toThrow(/user_count/);
  expect(createTask(AlertAuth0VerticalPasswordGuessing, { user_count: "3" }).config).toMatchObject({ user_count: 3 });
});
