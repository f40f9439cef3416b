import type { AlertTaskClass } from "@mozdef/alert/runtime";
import { ago, type EventInput, repeat } from "../../src/build/index.ts";
import type { AlertSuite } from "../../src/suite/suite.ts";
import {
  AlertByCode,
  AlertEnding,
  AlertFall,
  AlertGuessed,
  AlertLeftOpen,
  AlertManyFailures,
  AlertNewCountry,
  AlertPairs,
  AlertQuiet,
  AlertRise,
  AlertSweep,
  AlertTraffic,
  AlertUpload,
  AlertUserSilent,
} from "./alerts.ts";

/** Of alerts without a configuration. */
export type Suite = AlertSuite<Readonly<Record<string, never>>>;

/** An event of so many minutes ago. */
const back = (minutes: number, details: object = {}, rest: object = {}): EventInput => {
  const time = ago({ seconds: Math.round(minutes * 60) });
  return { utctimestamp: time, receivedtimestamp: time, ...rest, details };
};

const many = (count: number, event: EventInput): EventInput[] => Array.from({ length: count }, () => event);

const base = {
  now: "2017-01-01T12:00:00Z",
  event: { category: "login", hostname: "web1" },
  alert: { category: "example", tags: ["example"], severity: "NOTICE" },
} as const;

const bob = { user: "bob" };
const eve = { user: "eve" };
const failed = { category: "failed" };

const pair = { user: "bob", ip: "192.0.2.7" };

const pairs: Suite = {
  ...base,
  fires: [
    {
      name: "three of one pair, on several hosts, almost too old",
      events: [back(9.98, pair, { hostname: "web2" }), repeat(2, back(1, pair))],
      alert: { summary: "3 logins of bob|192.0.2.7" },
    },
  ],
  silent: [
    { name: "two of one pair", events: repeat(2, back(1, pair)) },
    { name: "three users of one address", events: ["bob", "eve", "ann"].map((user) => back(1, { ...pair, user })) },
    { name: "one user of three addresses", events: ["7", "8", "9"].map((ip) => back(1, { ...pair, ip })) },
    { name: "too old", events: repeat(3, back(10.02, pair)) },
    { name: "something else", events: repeat(3, back(1, pair, { category: "logout" })) },
  ],
};

const byCode: Suite = {
  ...base,
  fires: [
    {
      name: "three from one place, almost too old",
      events: [back(9.98, {}, { summary: "login from here" }), repeat(2, { summary: "login from here" })],
      alert: { summary: "3 logins from here" },
    },
  ],
  silent: [
    { name: "two from one place", events: repeat(2, { summary: "login from here" }) },
    { name: "from three places", events: ["a", "b", "c"].map((place) => ({ summary: `login from ${place}` })) },
    { name: "from nowhere", events: repeat(3, { summary: "login" }) },
    { name: "too old", events: repeat(3, back(10.02, {}, { summary: "login from here" })) },
    { name: "something else", events: repeat(3, { summary: "login from here", category: "logout" }) },
  ],
};

const hosts = (minutes: number, names: readonly string[], details: object = bob, rest: object = {}): EventInput[] =>
  names.map((host) => back(minutes, { ...details, host }, rest));

const sweep: Suite = {
  ...base,
  fires: [
    {
      name: "three hosts, almost too old",
      events: hosts(9.98, ["a", "b", "c"]),
      alert: { summary: "bob on 3 hosts" },
    },
  ],
  silent: [
    { name: "two hosts, however often", events: hosts(1, ["a", "b", "a", "b"]) },
    { name: "too old", events: hosts(10.02, ["a", "b", "c"]) },
    { name: "something else", events: hosts(1, ["a", "b", "c"], bob, { category: "logout" }) },
  ],
};

const traffic: Suite = {
  ...base,
  fields: { "details.bytes": "long" },
  fires: [
    {
      name: "just enough in several events, almost too old",
      events: [back(9.98, { ...bob, bytes: 600 }), back(1, { ...bob, bytes: 400 })],
      alert: { summary: "1000 bytes of bob" },
    },
  ],
  silent: [
    { name: "one too few", events: [back(1, { ...bob, bytes: 599 }), back(1, { ...bob, bytes: 400 })] },
    { name: "of two users", events: [back(1, { ...bob, bytes: 600 }), back(1, { ...eve, bytes: 400 })] },
    { name: "too old", events: [back(10.02, { ...bob, bytes: 1000 })] },
    { name: "something else", events: [back(1, { ...bob, bytes: 1000 }, { category: "logout" })] },
  ],
};

const quiet: Suite = {
  ...base,
  fires: [
    {
      name: "two, almost too old",
      events: [back(9.98, bob, { hostname: "web2" }), back(1, bob)],
      alert: { summary: "2 logins of bob" },
    },
    {
      name: "one alert for two runs",
      runs: [
        { at: "0s", events: many(2, back(1, bob)), alert: { summary: "2 logins of bob" } },
        { at: "10m", events: many(2, back(1, bob)) },
      ],
    },
  ],
  silent: [
    { name: "one", events: [back(1, bob)] },
    { name: "too old", events: many(2, back(10.02, bob)) },
    { name: "something else", events: many(2, back(1, bob, { category: "logout" })) },
  ],
};

const ending: Suite = {
  ...quiet,
  fires: [
    ...quiet.fires,
    {
      name: "over a quarter of an hour after the last, and begun anew",
      runs: [
        { at: "0s", events: many(2, back(1, bob)), alert: { summary: "2 logins of bob" } },
        { at: "10m", events: many(2, back(1, bob)) },
        { at: "24m", events: [back(1, bob)] },
        { at: "25m", resolves: [{ summary: "2 logins of bob", count: 4, closedby: "mozdef" }] },
        { at: "26m", events: many(2, back(1, bob)), alert: { summary: "3 logins of bob" } },
      ],
    },
  ],
};

/** The window begins 10 minutes ago, learning needs an event 130 minutes ago, the history ends 370 minutes ago. */
const country = (minutes: number, name: string, rest: object = {}): EventInput =>
  back(minutes, { country: name }, rest);

const newCountry: Suite = {
  ...base,
  fires: [
    {
      name: "a new value, with just enough to learn from",
      events: [country(130.02, "DE"), country(9.98, "NO")],
      alert: { summary: "1 logins from NO for the first time" },
      covers: 1,
    },
    {
      name: "one that was seen too long ago, once in two runs",
      runs: [
        {
          at: "0s",
          events: [country(370.02, "NO"), country(200, "DE"), country(1, "NO")],
          alert: { summary: "1 logins from NO for the first time" },
        },
        { at: "5m", events: [country(1, "NO")] },
      ],
    },
  ],
  silent: [
    { name: "seen almost too long ago", events: [country(369.98, "NO"), country(200, "DE"), country(1, "NO")] },
    { name: "too little to learn from", events: [country(129.98, "DE"), country(1, "NO")] },
    { name: "too old", events: [country(200, "DE"), country(10.02, "NO")] },
    { name: "something else", events: [country(200, "DE"), country(1, "NO", { category: "logout" })] },
  ],
};

/** The window begins 10 minutes ago, the baseline 70 minutes ago: six times as long. */
const rise: Suite = {
  ...base,
  fires: [
    {
      name: "exactly three times the baseline, almost too old",
      events: [...many(12, back(60, bob)), ...many(6, back(9.98, bob))],
      alert: { summary: "6 logins of bob after 2" },
      covers: 6,
    },
    {
      name: "as many as it takes, without a baseline, once in two runs",
      runs: [
        { at: "0s", events: many(4, back(1, bob)), alert: { summary: "4 logins of bob after 0" } },
        { at: "5m", events: many(3, back(1, bob)) },
      ],
    },
  ],
  silent: [
    { name: "a little less than three times", events: [...many(13, back(60, bob)), ...many(6, back(1, bob))] },
    { name: "too few", events: many(3, back(1, bob)) },
    { name: "of two users", events: [...many(2, back(1, bob)), ...many(2, back(1, eve))] },
    {
      name: "with a baseline that is just long enough ago",
      events: [...many(16, back(69, bob)), ...many(7, back(1, bob))],
    },
    { name: "too old", events: many(4, back(10.02, bob)) },
    { name: "many fewer", events: many(60, back(60, bob)) },
    { name: "something else", events: many(4, back(1, bob, { category: "logout" })) },
  ],
};

const sent = (bytes: number) => ({ ...bob, bytes });

const upload: Suite = {
  ...base,
  fields: { "details.bytes": "long" },
  fires: [
    {
      name: "exactly three times the baseline, almost too old",
      events: [...many(12, back(60, sent(50))), ...many(2, back(9.98, sent(150)))],
      alert: { summary: "300 bytes of bob after 100" },
      covers: 2,
    },
    {
      name: "as many as it takes, without a baseline, once in two runs",
      runs: [
        { at: "0s", events: many(2, back(1, sent(50))), alert: { summary: "100 bytes of bob after 0" } },
        { at: "5m", events: many(3, back(1, sent(33))) },
      ],
    },
  ],
  silent: [
    {
      name: "a little less than three times",
      events: [...many(12, back(60, sent(50))), back(1, sent(150)), back(1, sent(149))],
    },
    { name: "too few", events: many(3, back(1, sent(33))) },
    { name: "of two users", events: [back(1, sent(50)), back(1, { ...sent(50), ...eve })] },
    { name: "with a baseline that is just long enough ago", events: [back(69, sent(700)), back(1, sent(300))] },
    { name: "too old", events: many(2, back(10.02, sent(50))) },
    { name: "many fewer", events: many(60, back(60, sent(100))) },
    { name: "something else", events: [back(1, sent(100), { category: "logout" })] },
  ],
};

/** The window begins 10 minutes ago, the baseline 30 minutes ago: twice as long. */
const fall: Suite = {
  ...base,
  fires: [
    {
      name: "exactly half, almost too old",
      events: [...many(8, back(25, bob)), ...many(2, back(9.98, bob))],
      alert: { summary: "2 logins of bob after 4" },
      covers: 0,
      embeds: 2,
    },
    {
      name: "none any more of as many as it takes",
      events: many(4, back(25, bob)),
      alert: { summary: "0 logins of bob after 2" },
    },
  ],
  silent: [
    { name: "a little more than half", events: [...many(42, back(25, bob)), ...many(11, back(1, bob))] },
    { name: "too few before", events: many(2, back(25, bob)) },
    { name: "many more", events: many(8, back(1, bob)) },
    { name: "something else", events: many(8, back(25, bob, { category: "logout" })) },
  ],
};

const guessed: Suite = {
  ...base,
  fires: [
    {
      name: "three failures, then a success, just in time",
      events: [back(11, bob, failed), back(3, bob, failed), back(2, bob, failed), back(1.02, bob)],
      alert: { summary: "bob got in after 3 failures" },
    },
    {
      name: "once in two runs",
      runs: [
        {
          at: "0s",
          events: [...many(3, back(3, bob, failed)), back(1, bob)],
          alert: { summary: "bob got in after 3 failures" },
        },
        { at: "2m", events: [back(1, bob)] },
      ],
    },
  ],
  silent: [
    { name: "two failures", events: [...many(2, back(3, bob, failed)), back(1, bob)] },
    { name: "no success", events: many(3, back(3, bob, failed)) },
    { name: "no failure", events: [back(1, bob)] },
    { name: "a success before the failures", events: [...many(3, back(1, bob, failed)), back(3, bob)] },
    { name: "a success of another user", events: [...many(3, back(3, bob, failed)), back(1, eve)] },
    { name: "too late", events: [...many(3, back(11.5, bob, failed)), back(1, bob)] },
    { name: "other events first", events: [...many(3, back(3, bob, { category: "x" })), back(1, bob)] },
    { name: "other events then", events: [...many(3, back(3, bob, failed)), back(1, bob, { category: "x" })] },
  ],
};

const leftOpen: Suite = {
  ...base,
  fires: [
    { name: "a login without a logout", events: [back(10.5, bob)], alert: { summary: "bob has not logged out" } },
    {
      name: "a logout of another user, and one that is too late",
      events: [back(15, bob), back(14, eve, { category: "logout" }), back(4.5, bob, { category: "logout" })],
      alert: { summary: "bob has not logged out" },
      covers: 1,
    },
    {
      name: "another event is no logout",
      events: [back(15, bob), back(14, bob, { category: "x" })],
      alert: { summary: "bob has not logged out" },
      covers: 1,
    },
  ],
  silent: [
    { name: "there is time yet", events: [back(9.5, bob)] },
    { name: "a logout just in time", events: [back(15, bob), back(5.5, bob, { category: "logout" })] },
    { name: "other events", events: [back(15, bob, { category: "x" })] },
  ],
};

const access = (count: number, category: string, details: object = bob, minutes = 1, type = "access"): EventInput[] =>
  many(count, back(minutes, details, { category, type }));

const manyFailures: Suite = {
  ...base,
  fires: [
    {
      name: "exactly half of the fewest that count, almost too old",
      events: [...access(2, "failed", bob, 9.98), ...access(2, "login", bob, 9.98)],
      alert: { summary: "2 of 4 of bob failed" },
      covers: 2,
    },
  ],
  silent: [
    { name: "a little less than half", events: [...access(5, "failed"), ...access(6, "login")] },
    { name: "too few in all", events: access(3, "failed") },
    { name: "of two users", events: [...access(2, "failed"), ...access(3, "failed", eve)] },
    { name: "too old", events: access(4, "failed", bob, 10.02) },
    { name: "something else", events: access(4, "failed", bob, 1, "other") },
    { name: "no failures", events: access(4, "login") },
  ],
};

const userSilent: Suite = {
  ...base,
  fires: [
    {
      name: "one is silent, and another is not",
      events: [back(59.98, bob), back(30, eve), back(9.98, eve)],
      alert: { summary: "bob is silent" },
    },
    { name: "one that is silent just long enough", events: [back(10.02, bob)], alert: { summary: "bob is silent" } },
    {
      name: "other events do not count",
      events: [back(30, bob), back(1, bob, { category: "x" })],
      alert: { summary: "bob is silent" },
    },
  ],
  silent: [
    { name: "seen too long ago", events: [back(60.02, bob)] },
    { name: "seen just now", events: [back(30, bob), back(9.98, bob)] },
    { name: "others were never seen", events: [back(30, bob, { category: "x" })] },
  ],
};

/** A good suite for each of the alerts. */
export const SUITES: readonly (readonly [task: AlertTaskClass, suite: Suite])[] = [
  [AlertPairs, pairs],
  [AlertByCode, byCode],
  [AlertSweep, sweep],
  [AlertTraffic, traffic],
  [AlertQuiet, quiet],
  [AlertEnding, ending],
  [AlertNewCountry, newCountry],
  [AlertRise, rise],
  [AlertUpload, upload],
  [AlertFall, fall],
  [AlertGuessed, guessed],
  [AlertLeftOpen, leftOpen],
  [AlertManyFailures, manyFailures],
  [AlertUserSilent, userSilent],
];
