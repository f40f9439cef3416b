import { at, describeAlert, repeat } from "@mozdef/alert-testing/vitest";
import { createTask } from "@mozdef/alert/runtime";
import { describe, expect, test } from "vitest";
import { SshLateral } from "./ssh-lateral.ts";

const HOST = "test-host.enterprise.mozilla.com";
const login = (user: string, from: string) => ({
  summary: `Accepted publickey for ${user} from ${from} port 19936 ssh2: RSA SHA256:1fPhSawXQzFDrJoN2uSos2nGg3wS3oGp15x8/HR+pBc`,
});
const summaryOf = (from: string, users: string, host = HOST): string =>
  `SSH lateral movement outside policy: access to ${host} from ${from} as ${users}`;

describeAlert(SshLateral, {
  event: {
    category: "syslog",
    hostname: HOST,
    details: { program: "sshd" },
    ...login("user1", "10.2.3.4"),
  },
  alert: { category: "session", tags: ["sshd", "syslog"], severity: "WARNING", notify_mozdefbot: true },
  fires: [
    {
      name: "a login from inside, with the name of the machine",
      events: [{}],
      alert: { summary: summaryOf("10.2.3.4 (mock_hostname1.mozilla.org)", "user1") },
    },
    {
      name: "exactly fifteen minutes old, the edge of the window",
      events: at("-15m").once(),
      alert: { summary: summaryOf("10.2.3.4 (mock_hostname1.mozilla.org)", "user1") },
    },
    {
      name: "logins in their order, repeated ones too",
      events: at("-60s").every("1s", 3, (position) => login(["zoë", "bob", "zoë"][position] ?? "", "10.2.3.4")),
      alert: {
        summary: summaryOf(Array(3).fill("10.2.3.4 (mock_hostname1.mozilla.org)").join(","), "zoë,bob,zoë"),
      },
    },
    {
      name: "an address without a name",
      reverseDns: { "*": null },
      events: [{}],
      alert: { summary: summaryOf("10.2.3.4", "user1") },
    },
    {
      name: "look-ups switched off",
      config: { reverse_dns: false },
      events: [{}],
      alert: { summary: summaryOf("10.2.3.4", "user1") },
    },
    {
      name: "a public address is not looked up",
      config: { alertifsource: ["198.51.100.0/24"] },
      events: [login("user1", "198.51.100.7")],
      alert: { summary: summaryOf("198.51.100.7", "user1") },
    },
    {
      name: "an address inside two networks is listed once",
      config: { alertifsource: ["10.0.0.0/8", "10.2.0.0/16"], reverse_dns: false },
      events: [{}],
      alert: { summary: summaryOf("10.2.3.4", "user1") },
    },
    {
      name: "IPv6",
      config: { alertifsource: ["fd00::/8"], reverse_dns: false },
      events: [login("user1", "fd00::7")],
      alert: { summary: summaryOf("fd00::7", "user1") },
    },
    {
      name: "logins that are allowed, unreadable or from nowhere are passed over",
      config: { reverse_dns: false },
      events: at("-60s").every(
        "1s",
        6,
        (position) =>
          [
            login("user1", "10.0.22.7"),
            login("user1", "10.0.23.7"),
            login("somebody@example.com", "10.2.3.4"),
            login("user1", "UNKNOWN"),
            { summary: `sshd: ${login("user1", "10.2.3.4").summary}` },
            login("user2", "10.2.3.5"),
          ][position] ?? {},
      ),
      alert: { summary: summaryOf("10.2.3.5", "user2") },
    },
    {
      name: "users and machines that an exception does not name",
      config: { reverse_dns: false },
      events: at("-60s").every(
        "1s",
        3,
        (position) =>
          [login("kirk", "10.1.1.4"), login("spock", "10.1.1.1"), login("spock", "10.0.50.7")][position] ?? {},
      ),
      alert: { summary: summaryOf("10.1.1.4,10.1.1.1,10.0.50.7", "kirk,spock,spock") },
    },
    {
      name: "another user and another network on the exception's host",
      config: { reverse_dns: false },
      events: at("-60s").every("1s", 2, (position) => ({
        hostname: "sciencestation.enterprise.mozilla.com",
        ...(position === 0 ? login("uhura", "10.0.50.7") : login("spock", "10.0.54.7")),
      })),
      alert: { summary: summaryOf("10.0.50.7,10.0.54.7", "uhura,spock", "sciencestation.enterprise.mozilla.com") },
    },
    {
      name: "the eleventh login is examined too and carried along",
      config: { reverse_dns: false },
      events: [at("-60s").every("1s", 10, login("user1", "192.0.2.7")), at("-40s").once()],
      alert: { summary: summaryOf("10.2.3.4", "user1") },
      embeds: 11,
    },
    {
      name: "of eleven logins against policy ten are carried",
      config: { reverse_dns: false },
      events: at("-60s").every("1s", 11),
      alert: { summary: summaryOf(Array(11).fill("10.2.3.4").join(","), Array(11).fill("user1").join(",")) },
    },
    {
      name: "more than a thousand logins: a hundred are listed",
      config: { reverse_dns: false },
      events: repeat(1_001),
      alert: {
        summary: summaryOf(
          `${Array(100).fill("10.2.3.4").join(",")} (and 901 more)`,
          `${Array(100).fill("user1").join(",")} (and 901 more)`,
        ),
      },
    },
    {
      name: "exactly a hundred logins are all listed",
      config: { reverse_dns: false },
      events: repeat(100),
      alert: { summary: summaryOf(Array(100).fill("10.2.3.4").join(","), Array(100).fill("user1").join(",")) },
    },
    {
      name: "two hosts, each with its own alert",
      config: { reverse_dns: false },
      events: [{}, { hostname: "other.enterprise.mozilla.com" }],
      alerts: [
        { summary: summaryOf("10.2.3.4", "user1") },
        { summary: summaryOf("10.2.3.4", "user1", "other.enterprise.mozilla.com") },
      ],
    },
    {
      name: "other lines of the host are not counted",
      config: { reverse_dns: false },
      events: [{}, { summary: "Connection closed by 10.2.3.4" }],
      covers: 1,
      alert: { summary: summaryOf("10.2.3.4", "user1") },
    },
    {
      name: "a host name that goes on after the expression is in scope",
      config: { reverse_dns: false },
      events: [{ hostname: `${HOST}.internal` }],
      alert: { summary: summaryOf("10.2.3.4", "user1", `${HOST}.internal`) },
    },
    {
      name: "a policy of one's own",
      config: {
        hostmustmatch: ["web", "db"],
        hostmustnotmatch: [],
        alertifsource: ["10.0.22.0/24"],
        notalertifsource: [],
        ignoreusers: [],
        exceptions: [],
        reverse_dns: false,
      },
      events: [{ hostname: "db1", ...login("a@b", "10.0.22.7") }],
      alert: { summary: summaryOf("10.0.22.7", "a@b", "db1") },
    },
  ],
  silent: [
    { name: "another category", events: [{ category: "bad" }] },
    { name: "another summary", events: [{ summary: "some bad summary" }] },
    { name: "a login with a password", events: [{ summary: "Accepted password for user1 from 10.2.3.4" }] },
    { name: "another program", events: [{ details: { program: "ftpd" } }] },
    { name: "a second older than the window", events: at("-15m1s").once() },
    { name: "no host name", events: [{ hostname: null }] },
    { name: "a host out of scope", events: [{ hostname: "www.mozilla.org" }] },
    { name: "a host out of scope by name", events: [{ hostname: "ten-forward.enterprise.mozilla.com" }] },
    { name: "a host name longer than names are", events: [{ hostname: `${"a".repeat(240)}.enterprise.mozilla.com` }] },
    { name: "an address from outside", events: [login("user1", "192.0.2.7")] },
    { name: "a jump host", events: [login("user1", "10.0.22.7")] },
    { name: "a jump host of the other network", events: [login("user1", "10.0.23.7")] },
    { name: "an ignored user", events: [login("somebody@example.com", "10.2.3.4")] },
    ...["10.1.1.1", "10.1.1.2", "10.1.1.3"].map((from) => ({
      name: `kirk from ${from}`,
      events: [login("kirk", from)],
    })),
    ...["10.0.50.7", "10.0.51.7", "10.0.52.7", "10.0.53.7"].map((from) => ({
      name: `spock from ${from} on the science station`,
      events: [{ hostname: "sciencestation.enterprise.mozilla.com", ...login("spock", from) }],
    })),
    { name: "the text ends before the address", events: [{ summary: "Accepted publickey for user1" }] },
    { name: "a name in the place of the address", events: [login("user1", "host.example.com")] },
  ],
});

describe("SshLateral configuration", () => {
  test("an expression that is none is refused, naming its place", () => {
    expect(() => createTask(SshLateral, { hostmustmatch: ["ok", "("] })).toThrow(/hostmustmatch\.1/);
  });
  test("a network that is none is refused, naming its place", () => {
    expect(() => createTask(SshLateral, { exceptions: [["a", "b", "10.0.0.0"]] })).toThrow(/exceptions\.0\.2/);
  });
});
