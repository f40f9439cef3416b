import { at, describeAlert, repeat } from "@mozdef/alert-testing/vitest";
import { AlertSshPasswordGuessing } from "./alert-ssh-password-guessing.ts";

const failed = (user: string, from = "192.0.2.7") => ({
  summary: `Failed password for ${user} from ${from} port 42393 ssh2`,
  details: { sourceipaddress: from },
});
const byPam = (from: string, user = "root") => ({
  summary: `authentication failure; logname= uid=0 euid=0 tty=NODEVssh ruser= rhost=${from}  user=${user}`,
  details: { program: "sshd(pam_unix)", sourceipaddress: null },
});
const summaryOf = (count: number, from = "192.0.2.7", users = "root", hosts = "exhostname"): string =>
  `${count} failed ssh logins from ${from} as ${users} on ${hosts}`;

describeAlert(AlertSshPasswordGuessing, {
  event: {
    category: "syslog",
    summary: failed("root").summary,
    details: { program: "sshd", sourceipaddress: "192.0.2.7" },
  },
  alert: { category: "bruteforce", tags: ["ssh"], severity: "WARNING", notify_mozdefbot: true },
  fires: [
    ...["sshd(pam_unix)", "sshd-session", "sshd-auth"].map((program) => ({
      name: `sshd that logs as ${program}`,
      events: repeat(10, { details: { program } }),
      alert: { summary: summaryOf(10) },
    })),
    { name: "ten failures as root, the threshold", events: repeat(10), alert: { summary: summaryOf(10) } },
    {
      name: "every form counts",
      events: [
        failed("root"),
        failed("invalid user admin"),
        { summary: "Failed publickey for git from 192.0.2.7 port 1 ssh2: RSA SHA256:abc" },
        { summary: "Failed none for invalid user 0 from 192.0.2.7 port 1 ssh2" },
        { summary: "Failed keyboard-interactive/pam for zoë from 192.0.2.7 port 1 ssh2" },
        { summary: "error: PAM: Authentication failure for root from 192.0.2.7" },
        { summary: "message repeated 4 times: [ Failed password for root from 192.0.2.7 port 1 ssh2]" },
      ],
      alert: { summary: /^10 failed ssh logins from 192\.0\.2\.7 as .+ on exhostname$/ },
    },
    {
      name: "a folded line of ten",
      events: [{ summary: "message repeated 10 times: [ Failed password for root from 192.0.2.7 port 1 ssh2]" }],
      alert: { summary: summaryOf(10) },
    },
    {
      name: "PAM reports them, with the address in the text only",
      events: repeat(10, byPam("192.0.2.7")),
      alert: { summary: summaryOf(10) },
    },
    {
      name: "PAM counts several in one line, and does not name the user",
      events: [
        { summary: "PAM 5 more authentication failures; logname= uid=0 euid=0 tty=ssh ruser= rhost=192.0.2.7" },
        { summary: "PAM 5 more authentication failures; logname= uid=0 euid=0 tty=ssh ruser= rhost=192.0.2.7 " },
      ],
      alert: { summary: "10 failed ssh logins from 192.0.2.7 on exhostname" },
    },
    {
      name: "a machine whose name PAM has looked up",
      events: repeat(10, byPam("host-7.example.com")),
      alert: { summary: summaryOf(10, "host-7.example.com") },
    },
    {
      name: "attempts that sshd and PAM both report count once",
      events: [repeat(10), repeat(9, { ...byPam("192.0.2.7"), details: { sourceipaddress: "192.0.2.7" } })],
      alert: { summary: summaryOf(10) },
      embeds: 10,
    },
    {
      name: "IPv6",
      events: repeat(10, failed("root", "2001:db8::7")),
      alert: { summary: summaryOf(10, "2001:db8::7") },
    },
    {
      name: "exactly ten minutes old, the edge of the window",
      events: at("-10m").every("0s", 10),
      alert: { summary: summaryOf(10) },
    },
    {
      name: "several users and hosts, in the order they were tried",
      events: at("-60s").every("1s", 12, (position) => ({
        ...failed(`user${position}`),
        hostname: position < 6 ? "web2" : "web1",
      })),
      alert: {
        summary: summaryOf(
          12,
          "192.0.2.7",
          "user0, user1, user2, user3, user4, user5, user6, user7, user8, user9 and 2 more",
          "web2, web1",
        ),
      },
      embeds: 10,
    },
    {
      name: "two sources, each with an alert",
      events: [repeat(11), repeat(10, failed("root", "192.0.2.8"))],
      alerts: [{ summary: summaryOf(11) }, { summary: summaryOf(10, "192.0.2.8") }],
    },
    {
      name: "a user name that pretends another address",
      events: repeat(10, failed("invalid user a from 9.9.9.9 port 1 ssh2")),
      alert: { summary: summaryOf(10, "192.0.2.7", "a from 9.9.9.9 port 1 ssh2") },
    },
    { name: "more than a thousand failures", events: repeat(1_001), alert: { summary: summaryOf(1_001) } },
    {
      name: "failures that go on are added to the alert, and need ten more for the next one after an hour",
      runs: [
        { at: "0s", events: repeat(10), alert: { summary: summaryOf(10), groupkey: "192.0.2.7" } },
        { at: "1m", events: repeat(10, { hostname: "web2" }) },
        { at: "60m", events: repeat(9, { hostname: "web3" }) },
        {
          at: "61m",
          events: repeat(1, { hostname: "web3" }),
          alert: { summary: summaryOf(10, "192.0.2.7", "root", "web3") },
        },
      ],
    },
    {
      name: "a threshold and a window of one's own",
      config: { threshold: 3, window_minutes: 30 },
      events: at("-30m").every("0s", 3),
      alert: { summary: summaryOf(3) },
    },
    {
      name: "a login that worked is not counted",
      events: [repeat(10), { summary: "Accepted password for root from 192.0.2.7 port 1 ssh2" }],
      covers: 10,
      alert: { summary: summaryOf(10) },
    },
    {
      name: "another machine is not counted",
      events: [repeat(10, byPam("host-7.example.com")), byPam("host-8.example.com")],
      covers: 10,
      alert: { summary: summaryOf(10, "host-7.example.com") },
    },
  ],
  silent: [
    { name: "nine failures, one below the threshold", events: repeat(9) },
    {
      name: "a folded line of nine",
      events: [{ summary: "message repeated 9 times: [ Failed password for root from 192.0.2.7 port 1 ssh2]" }],
    },
    { name: "a second older than the window", events: at("-10m1s").every("0s", 10) },
    { name: "ten failures of two sources", events: [repeat(9), failed("root", "192.0.2.8")] },
    { name: "nine told by sshd and nine by PAM", events: [repeat(9), repeat(9, byPam("192.0.2.7"))] },
    { name: "another program", events: repeat(10, { details: { program: "su" } }) },
    {
      name: "logins that worked",
      events: repeat(10, { summary: "Accepted password for root from 192.0.2.7 port 1 ssh2" }),
    },
    {
      name: "a failed look-up of a name",
      events: repeat(10, { summary: "reverse mapping checking getaddrinfo for x [192.0.2.7] failed" }),
    },
    { name: "one below a threshold of one's own", config: { threshold: 3 }, events: repeat(2) },
    { name: "a shorter window", config: { window_minutes: 1 }, events: at("-1m1s").every("0s", 10) },
  ],
  equivalent: [
    {
      mutant:
        'drop must BooleanMatch({ should: [PhraseMatch("summary", "Failed password"), PhraseMatch("summary", "Failed publickey"), PhraseMatch("summary", "Failed none"), PhraseMatch("summary", "Failed keyboard-interactive/pam"), PhraseMatch("summary", "authentication failure"), PhraseMatch("summary", "authentication failures")] })',
      reason: "It spares reading other lines: the code that makes the groups knows failed logins from them.",
    },
  ],
});
