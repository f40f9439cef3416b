import { at, describeAlert, repeat } from "@mozdef/alert-testing/vitest";
import { createTask } from "@mozdef/alert/runtime";
import { describe, expect, test } from "vitest";
import { SessionOpenedUser } from "./session-opened-user.ts";

const summaryOf = (hosts: string, count: number): string =>
  `Session opened by a sensitive user outside of the expected window - sample hosts: ${hosts} [total ${count} hosts]`;

const event = {
  category: "syslog",
  summary: "pam_unix(sshd:session): session opened for user user1 by (uid=0)",
  details: { program: "sshd" },
};
const alert = { category: "session", tags: ["pam", "syslog"], severity: "WARNING", notify_mozdefbot: true };
const stamped = (time: string) => ({ utctimestamp: time, receivedtimestamp: time });

describeAlert(SessionOpenedUser, {
  event,
  alert,
  fires: [
    { name: "ten sessions on one host", events: repeat(10), alert: { summary: summaryOf("exhostname", 10) } },
    {
      name: "one session of the other user",
      events: [{ summary: "pam_unix(sshd:session): session opened for user user2 by (uid=0)" }],
      alert: { summary: summaryOf("exhostname", 1) },
    },
    {
      name: "exactly ten minutes old, the edge of the window",
      events: at("-10m").once(),
      alert: { summary: summaryOf("exhostname", 1) },
    },
    {
      name: "the hosts of the ten oldest of eleven, in order",
      events: at("-60s").every("1s", 11, (position) => ({ hostname: `host${(position + 5) % 11}` })),
      alert: { summary: summaryOf("host0 host1 host10 host2 host3 host5 host6 host7 host8 host9", 11) },
      embeds: 10,
    },
    {
      name: "both users, one alert",
      events: [{}, { summary: "session opened for user user2", hostname: "ähost" }],
      alert: { summary: summaryOf("exhostname ähost", 2) },
    },
    {
      name: "more than a thousand sessions",
      events: repeat(1_001),
      alert: { summary: summaryOf("exhostname", 1_001) },
    },
    {
      name: "no host name",
      events: [{ hostname: null }],
      alert: { summary: summaryOf("", 1) },
    },
    {
      name: "users of one's own",
      config: { users: { admin: "root" } },
      events: [{ summary: "session opened for user root(uid=0)" }],
      alert: { summary: summaryOf("exhostname", 1) },
    },
  ],
  silent: [
    { name: "a user nobody watches", events: [{ summary: "session opened for user user3 by (uid=0)" }] },
    { name: "a login that failed", events: [{ summary: "login failed for user1" }] },
    { name: "a session that was closed", events: [{ summary: "session closed for user user1" }] },
    { name: "the words in another order", events: [{ summary: "opened session for user user1" }] },
    { name: "another category", events: [{ category: "badcategory" }] },
    { name: "another program", events: [{ details: { program: "ssh" } }] },
    { name: "a second older than the window", events: at("-10m1s").once() },
    { name: "no users", config: { users: {} }, events: [{}] },
    {
      name: "a stamp in the expected window, received now",
      events: [{ utctimestamp: "2017-01-01T03:45:30+00:00" }],
    },
  ],
});

describeAlert(SessionOpenedUser, {
  name: "around the expected window",
  now: "2017-01-01T04:15:00Z",
  event,
  alert,
  fires: [
    {
      name: "a second after the expected window",
      events: [stamped("2017-01-01T04:10:01+00:00")],
      alert: { summary: summaryOf("exhostname", 1) },
    },
    {
      name: "a second before the expected window",
      events: [{ utctimestamp: "2017-01-01T03:04:59+00:00" }],
      alert: { summary: summaryOf("exhostname", 1) },
    },
    {
      name: "a second before yesterday's expected window",
      events: [{ utctimestamp: "2016-12-31T03:04:59+00:00" }],
      alert: { summary: summaryOf("exhostname", 1) },
    },
    {
      name: "nothing is expected",
      config: { scan_expected: {} },
      events: [stamped("2017-01-01T04:10:00+00:00")],
      alert: { summary: summaryOf("exhostname", 1) },
    },
  ],
  silent: [
    { name: "the last second of the expected window", events: [stamped("2017-01-01T04:10:00+00:00")] },
    { name: "the first second of the expected window", events: [{ utctimestamp: "2017-01-01T03:05:00+00:00" }] },
    { name: "yesterday's expected window, received now", events: [{ utctimestamp: "2016-12-31T03:45:30+00:00" }] },
  ],
});

const overMidnight = {
  scan_expected: {
    first: { start_hour: 23, start_minute: 55, start_second: 30, end_hour: 0, end_minute: 2, end_second: 15 },
    second: { start_hour: 12, start_minute: 0, start_second: 0, end_hour: 12, end_minute: 0, end_second: 0 },
  },
};

describeAlert(SessionOpenedUser, {
  name: "with a window over midnight",
  now: "2017-01-02T00:05:00Z",
  event,
  alert,
  config: overMidnight,
  fires: [
    {
      name: "a second before and a second after",
      events: [stamped("2017-01-01T23:55:29+00:00"), stamped("2017-01-02T00:02:16+00:00")],
      alert: { summary: summaryOf("exhostname", 2) },
    },
    {
      name: "noon of another window, a second off",
      events: [{ utctimestamp: "2017-01-01T12:00:01+00:00" }],
      alert: { summary: summaryOf("exhostname", 1) },
    },
  ],
  silent: [
    { name: "its first second", events: [stamped("2017-01-01T23:55:30+00:00")] },
    { name: "midnight", events: [stamped("2017-01-02T00:00:00+00:00")] },
    { name: "its last second", events: [stamped("2017-01-02T00:02:15+00:00")] },
    { name: "noon of another window", events: [{ utctimestamp: "2017-01-01T12:00:00+00:00" }] },
    { name: "noon of another window, today", at: "12h", events: [stamped("2017-01-02T12:00:00+00:00")] },
  ],
});

describe("SessionOpenedUser configuration", () => {
  const window = {
    start_hour: "03",
    start_minute: "05",
    start_second: "00",
    end_hour: "4",
    end_minute: 10,
    end_second: 0,
  };
  test("times may be texts, as MozDef's file has them", () => {
    expect(createTask(SessionOpenedUser, { scan_expected: { a: window } }).config).toMatchObject({
      scan_expected: { a: { start_hour: 3, start_minute: 5, end_hour: 4, end_minute: 10 } },
    });
  });
  test("a time that does not exist is refused", () => {
    const late = { ...window, end_hour: "24" };
    expect(() => createTask(SessionOpenedUser, { scan_expected: { a: late } })).toThrow(/scan_expected\.a\.end_hour/);
    const text = { ...window, end_minute: "ten" };
    expect(() => createTask(SessionOpenedUser, { scan_expected: { a: text } })).toThrow(/scan_expected\.a\.end_minute/);
  });
});
