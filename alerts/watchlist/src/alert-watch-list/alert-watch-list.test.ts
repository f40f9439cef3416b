import { createTask } from "@mozdef/alert/runtime";
import { at, describeAlert, repeat } from "@mozdef/alert-testing/vitest";
import { describe, expect, test } from "vitest";
import { AlertWatchList } from "./alert-watch-list.ts";

const API = "http://localhost:8081/getwatchlist";
const answer = (...terms: readonly string[]) => [{ url: API, body: terms }];

describeAlert(AlertWatchList, {
  event: { hostname: "web1", summary: "nothing special", details: { sourceipaddress: null } },
  alert: { category: "watchlist", tags: ["watchtarget"], severity: "WARNING", notify_mozdefbot: true },
  replies: answer("badguy"),
  fires: [
    {
      name: "a word of the summary, neither user nor source known",
      events: [{ summary: "seen BadGuy here" }],
      alert: { summary: "Watchlist term badguy detected   on web1" },
      // The harness runs the alert once more to see that it stays silent.
      requests: repeat(2, { method: "GET", url: API, headers: { accept: "application/json" } }),
    },
    {
      name: "one event among a thousand others",
      events: [repeat(500), { details: { username: "badguy" } }, repeat(500, { details: { username: "goodguy" } })],
      alert: { summary: "Watchlist term badguy detected by badguy  on web1" },
      covers: 1,
    },
    {
      name: "the value of a field, with user and source",
      events: [{ details: { username: "badguy", sourceipaddress: "1.2.3.4" } }],
      alert: { summary: "Watchlist term badguy detected by badguy from 1.2.3.4 on web1" },
    },
    {
      name: "the user of the session, when there is no user name",
      events: [{ details: { originaluser: "badguy", user: "root" } }],
      alert: { summary: "Watchlist term badguy detected by badguy  on web1" },
    },
    {
      name: "the user, when there is nothing else",
      events: [{ details: { user: "badguy" } }],
      alert: { summary: "Watchlist term badguy detected by badguy  on web1" },
    },
    {
      name: "a source without a user",
      events: [{ summary: "badguy", details: { sourceipaddress: "2001:db8::7" } }],
      alert: { summary: "Watchlist term badguy detected  from 2001:db8::7 on web1" },
    },
    {
      name: "exactly twenty minutes old, the edge of the window",
      events: at("-20m").once({ summary: "badguy" }),
      alert: { summary: "Watchlist term badguy detected   on web1" },
    },
    {
      name: "two terms in one event are one alert that names both",
      replies: answer("zoë", "badguy"),
      events: [{ summary: "badguy and zoë" }],
      alert: { summary: "Watchlist term zoë, badguy detected   on web1" },
    },
    {
      name: "the last of three terms",
      replies: answer("zoë", "badguy", "third"),
      events: [{ summary: "third" }],
      alert: { summary: "Watchlist term third detected   on web1" },
    },
    {
      name: "events with one term each are two alerts",
      replies: answer("zoë", "badguy"),
      events: [{ summary: "badguy" }, { summary: "zoë" }],
      alerts: [
        { summary: "Watchlist term badguy detected   on web1" },
        { summary: "Watchlist term zoë detected   on web1" },
      ],
    },
    ...[
      "2001:db8::7",
      "http://evil.example/a?b=c",
      'a "quoted" one',
      "back\\slash",
      "(bracket",
      "a OR b",
      "x AND NOT y",
      "*",
      "~1",
      "summary:x",
      "<script>",
    ].map((term) => ({
      name: `a term that would be an operator of the query: ${term}`,
      replies: answer(term),
      events: [{ details: { value: term } }],
      alert: { summary: `Watchlist term ${term} detected   on web1` },
    })),
    {
      name: "an address in two parts of the event's words",
      replies: answer("bob@example.com"),
      events: [{ summary: "mail to bob@example.com" }],
      alert: { summary: "Watchlist term bob@example.com detected   on web1" },
    },
    {
      name: "a term that is only found by a word it shares",
      replies: answer("d.u.o!", "other"),
      events: [{ summary: "d.u.o" }],
      alert: { summary: "Watchlist term d.u.o! detected   on web1" },
    },
    {
      name: "terms of the store, without those that have expired",
      replies: answer(),
      setup: async (site) => {
        await site.saveDocument("watchlist", { watchcontent: "stored" });
        await site.saveDocument("watchlist", { watchcontent: "coming", dateExpiring: "2017-01-01T01:00:01Z" });
        await site.saveDocument("watchlist", { watchcontent: "expired", dateExpiring: "2017-01-01T01:00:00Z" });
        await site.saveDocument("watchlist", { watchcontent: " " });
        await site.refresh();
      },
      events: [{ summary: "stored" }, { summary: "coming" }, { summary: "expired" }],
      alerts: [
        { summary: "Watchlist term stored detected   on web1" },
        { summary: "Watchlist term coming detected   on web1" },
      ],
      covers: 2,
    },
    {
      name: "a service that fails does not cost the terms of the store",
      replies: [{ url: API, status: 500 }],
      reports: ["no terms from"],
      setup: async (site) => {
        await site.saveDocument("watchlist", { watchcontent: "stored" });
        await site.refresh();
      },
      events: [{ summary: "stored" }],
      alert: { summary: "Watchlist term stored detected   on web1" },
    },
    {
      name: "a service and an index of one's own",
      config: { api_url: "https://watch.example/list", watchlist_index: "terms" },
      replies: [{ url: "https://watch.example/list", body: ["fetched"] }],
      setup: async (site) => {
        await site.saveDocument("terms", { watchcontent: "stored" });
        await site.refresh();
      },
      events: [{ summary: "stored fetched" }],
      alert: { summary: "Watchlist term stored, fetched detected   on web1" },
    },
    {
      name: "no service at all",
      config: { api_url: "" },
      replies: [],
      setup: async (site) => {
        await site.saveDocument("watchlist", { watchcontent: "stored" });
        await site.refresh();
      },
      events: [{ summary: "stored" }],
      alert: { summary: "Watchlist term stored detected   on web1" },
      requests: [],
    },
    {
      name: "with a token that the secret signs",
      config: { use_auth: true, jwt_secret: "hush" },
      events: [{ summary: "badguy" }],
      alert: { summary: "Watchlist term badguy detected   on web1" },
      requests: repeat(2, {
        headers: { authorization: /^Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9\.[\w-]+\.[\w-]+$/ },
      }),
    },
    {
      name: "each of many events is an alert",
      events: repeat(20, { summary: "badguy" }),
      alerts: repeat(20, { summary: "Watchlist term badguy detected   on web1" }),
    },
  ],
  silent: [
    { name: "an event without the term", events: [{}] },
    { name: "a second older than the window", events: at("-20m1s").once({ summary: "badguy" }) },
    { name: "a part of a word", events: [{ summary: "badguys" }] },
    { name: "no host name", events: [{ hostname: null, summary: "badguy" }] },
    { name: "no details", events: [{ details: null, summary: "badguy" }] },
    { name: "the words apart", replies: answer("bob@example.com"), events: [{ summary: "bob of example.com" }] },
    { name: "no terms", replies: answer(), events: [{ summary: "badguy" }] },
    { name: "terms that say nothing", replies: answer("", " ", "x".repeat(1_001)), events: [{}] },
    {
      name: "an answer that is not a list",
      replies: [{ url: API, body: { terms: ["badguy"] } }],
      reports: ["no terms from"],
      events: [{ summary: "badguy" }],
    },
    {
      name: "an answer that is not JSON",
      replies: [{ url: API, body: "badguy" }],
      reports: ["no terms from"],
      events: [{ summary: "badguy" }],
    },
    {
      name: "a service whose address has credentials, and whose answer is of no use to anybody",
      config: { api_url: "https://watch.example/list?token=hidden" },
      replies: [{ url: /watch/, body: "hidden" }],
      reports: ["no terms from https://watch.example: expected a JSON list of at most 10000 texts; at its top"],
      events: [{ summary: "badguy" }],
    },
    {
      name: "a service that refuses",
      replies: [{ url: API, status: 401, body: ["badguy"] }],
      reports: ["no terms from"],
      events: [{ summary: "badguy" }],
    },
    {
      name: "terms of the store that one does not want",
      config: { watchlist_index: "" },
      replies: answer(),
      setup: async (site) => {
        await site.saveDocument("watchlist", { watchcontent: "stored" });
        await site.refresh();
      },
      events: [{ summary: "stored" }],
    },
  ],
});

describe("AlertWatchList configuration", () => {
  const useAuth = (use_auth: unknown) =>
    (createTask(AlertWatchList, { use_auth, jwt_secret: "hush" }).config as { use_auth: boolean }).use_auth;
  test("use_auth as a text is true unless it says false", () => {
    expect([useAuth("False "), useAuth("true"), useAuth("yes"), useAuth(false)]).toEqual([false, true, true, false]);
  });
  test("wrong values are refused, naming their keys", () => {
    expect(() => createTask(AlertWatchList, { api_url: "file:///etc/passwd" })).toThrow(/api_url/);
    for (const jwt_secret of [undefined, "", "secret"])
      expect(() => createTask(AlertWatchList, { use_auth: true, jwt_secret })).toThrow(/jwt_secret/);
    expect(() => useAuth(1)).toThrow(/use_auth/);
  });
});
