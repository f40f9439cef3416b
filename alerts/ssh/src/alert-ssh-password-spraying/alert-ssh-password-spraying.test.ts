import { at, describeAlert, repeat } from "@mozdef/alert-testing/vitest";
import { AlertSshPasswordSpraying } from "./alert-ssh-password-spraying.ts";

const failed = (position: number, from = "192.0.2.7") => ({
  summary: `Failed password for invalid user user${position} from ${from} port 42393 ssh2`,
  details: { sourceipaddress: from },
});
const forms = (user: string) => [
  `Failed password for ${user} from 192.0.2.7 port 1 ssh2`,
  `Failed publickey for ${user} from 192.0.2.7 port 1 ssh2: RSA SHA256:abc`,
  `Failed none for invalid user ${user} from 192.0.2.7 port 1 ssh2`,
  `Failed keyboard-interactive/pam for ${user} from 192.0.2.7 port 1 ssh2`,
  `PAM 2 more authentication failures; logname= uid=0 euid=0 tty=ssh ruser= rhost=192.0.2.7  user=${user}`,
];
const TEN = "user0, user1, user2, user3, user4, user5, user6, user7, user8, user9";

describeAlert(AlertSshPasswordSpraying, {
  event: { category: "syslog", details: { program: "sshd" } },
  alert: { category: "bruteforce", tags: ["ssh"], severity: "WARNING", notify_mozdefbot: true },
  fires: [
    ...["sshd(pam_unix)", "sshd-session", "sshd-auth"].map((program) => ({
      name: `sshd that logs as ${program}`,
      events: repeat(10, (position) => ({ summary: failed(position).summary, details: { program } })),
      alert: { summary: /^10 users tried over ssh from 192\.0\.2\.7: / },
    })),
    {
      name: "ten users, the threshold",
      events: at("-9m").every("1m", 10, failed),
      alert: { summary: `10 users tried over ssh from 192.0.2.7: ${TEN}` },
    },
    {
      name: "twelve users",
      events: at("-11s").every("1s", 12, failed),
      alert: { summary: `12 users tried over ssh from 192.0.2.7: ${TEN} and 2 more` },
      embeds: 10,
    },
    {
      name: "exactly an hour old, the edge of the window",
      events: at("-1h").every("0s", 10, failed),
      alert: { summary: /^10 users tried over ssh from 192\.0\.2\.7: / },
    },
    {
      name: "PAM reports them, with an IPv6 address in the text only",
      events: at("-9s").every("1s", 10, (position) => ({
        summary: `authentication failure; logname= uid=0 euid=0 tty=NODEVssh ruser= rhost=2001:db8::7  user=user${position}`,
        details: { program: "sshd(pam_unix)", sourceipaddress: null },
      })),
      alert: { summary: `10 users tried over ssh from 2001:db8::7: ${TEN}` },
    },
    {
      name: "two sources, each with an alert",
      events: [0, 1].map((source) => repeat(10, (position) => failed(position, `192.0.2.${source}`))),
      alerts: [
        { summary: /^10 users tried over ssh from 192\.0\.2\.0: / },
        { summary: /^10 users tried over ssh from 192\.0\.2\.1: / },
      ],
    },
    {
      name: "more than a thousand users",
      events: repeat(1_001, failed),
      alert: { summary: /^1001 users tried over ssh from 192\.0\.2\.7: .+ and 991 more$/ },
    },
    {
      name: "a number and a window of one's own",
      config: { user_count: 2, window_minutes: 90 },
      events: at("-90m").every("1s", 2, failed),
      alert: { summary: "2 users tried over ssh from 192.0.2.7: user0, user1" },
    },
    {
      name: "every form counts, on any host",
      events: at("-9s").every("1s", 10, (position) => ({
        summary: forms(`user${position}`)[position % 5],
        hostname: `web${position}`,
        details: { sourceipaddress: "192.0.2.7" },
      })),
      alert: { summary: `10 users tried over ssh from 192.0.2.7: ${TEN}` },
    },
    {
      name: "a login that worked is not counted",
      events: [repeat(10, failed), { summary: "Accepted password for root from 192.0.2.7 port 1 ssh2" }],
      covers: 10,
      alert: { summary: /^10 users tried over ssh from 192\.0\.2\.7: / },
    },
    {
      name: "a single user, when one is enough",
      config: { user_count: 1 },
      events: [failed(0)],
      alert: { summary: "1 users tried over ssh from 192.0.2.7: user0" },
    },
  ],
  silent: [
    { name: "nine users, one below the threshold", events: repeat(9, failed) },
    { name: "ten failures of one user", events: repeat(10, failed(0)) },
    { name: "ten users from two sources", events: [repeat(9, failed), failed(9, "192.0.2.8")] },
    { name: "a second older than the window", events: at("-1h1s").every("0s", 10, failed) },
    {
      name: "another program",
      events: repeat(10, (position) => ({ ...failed(position), details: { program: "su" } })),
    },
    {
      name: "PAM does not name the users",
      events: repeat(10, {
        summary: "authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=192.0.2.7",
      }),
    },
    { name: "one user too few", config: { user_count: 3 }, events: repeat(2, failed) },
    { name: "a shorter window", config: { window_minutes: 1 }, events: at("-1m1s").every("0s", 10, failed) },
  ],
  equivalent: [
    {
      mutant:
        'drop must BooleanMatch({ should: [PhraseMatch("summary", "Failed password"), PhraseMatch("summary", "Failed publickey"), PhraseMatch("summary", "Failed none"), PhraseMatch("summary", "Failed keyboard-interactive/pam"), PhraseMatch("summary", "authentication failure"), PhraseMatch("summary", "authentication failures")] })',
      reason: "It spares reading other lines: the code that makes the groups knows failed logins from them.",
    },
  ],
});
