import { at, describeAlert, repeat } from "@mozdef/alert-testing/vitest";
import { AlertSshHostUnderAttack } from "./alert-ssh-host-under-attack.ts";

const failed = (position: number) => ({
  summary: `Failed password for invalid user user${position} from 2001:db8::${position % 20} port 42393 ssh2`,
  details: { sourceipaddress: `2001:db8::${position % 20}` },
});
const byPam = (position: number) => ({
  summary: `authentication failure; logname= uid=0 tty=ssh ruser= rhost=2001:db8::${position % 20}`,
});
const forms = (from: string) => [
  `Failed password for root from ${from} port 1 ssh2`,
  `Failed publickey for root from ${from} port 1 ssh2: RSA SHA256:abc`,
  `Failed none for invalid user root from ${from} port 1 ssh2`,
  `Failed keyboard-interactive/pam for root from ${from} port 1 ssh2`,
];
const listed = (sources: number): string => Array.from({ length: sources }, (_, n) => `2001:db8::${n}`).join(", ");
const summaryOf = (count: number, sources: number, { host = "web1", hours = 6, users = "", from = "" } = {}) =>
  `${count} failed ssh logins on ${host} from ${sources} sources within ${hours} hours${users}: ${from === "" ? listed(sources) : from}`;
const SMALL = { threshold: 4, source_count: 4 };
const USERS = " as user0, user1, user2, user3";
const FOUR = summaryOf(4, 4, { users: USERS });

describeAlert(AlertSshHostUnderAttack, {
  event: { category: "syslog", hostname: "web1", details: { program: "sshd" } },
  alert: { category: "bruteforce", tags: ["ssh"], severity: "WARNING", notify_mozdefbot: true },
  fires: [
    {
      name: "ten tries from each of twenty sources, the thresholds",
      events: at("-199m").every("1m", 200, failed),
      alert: {
        summary: summaryOf(200, 20, {
          users: " as user0, user1, user2, user3, user4, user5, user6, user7, user8, user9 and 190 more",
          from: `${listed(10)} and 10 more`,
        }),
      },
      embeds: 10,
    },
    {
      name: "five tries from each address of a network, in six hours",
      events: at("-359m").every("20s", 1_075, (position) => ({
        summary: `Failed password for invalid user user${position} from 198.51.100.${position % 215} port 1 ssh2`,
        details: { sourceipaddress: `198.51.100.${position % 215}` },
      })),
      alert: { summary: /^1075 failed ssh logins on web1 from 215 sources within 6 hours as .+ and 205 more$/ },
      embeds: 10,
    },
    ...["sshd(pam_unix)", "sshd-session", "sshd-auth"].map((program) => ({
      name: `sshd that logs as ${program}`,
      config: SMALL,
      events: repeat(4, (position) => ({ summary: failed(position).summary, details: { program } })),
      alert: { summary: FOUR },
    })),
    {
      name: "every form counts",
      config: SMALL,
      events: at("-3h").every("1h", 4, (position) => ({ summary: forms(`2001:db8::${position}`)[position] })),
      alert: { summary: summaryOf(4, 4, { users: " as root" }) },
    },
    {
      name: "PAM does not name the users",
      config: SMALL,
      events: at("-3h").every("1h", 4, (position) => ({
        summary:
          position === 3
            ? "PAM 2 more authentication failures; logname= uid=0 euid=0 tty=ssh ruser= rhost=2001:db8::3"
            : `authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=2001:db8::${position}`,
      })),
      alert: { summary: summaryOf(5, 4) },
    },
    {
      name: "exactly six hours old, the edge",
      config: SMALL,
      events: at("-6h").every("0s", 4, failed),
      alert: { summary: FOUR },
    },
    {
      name: "a login that worked is not counted",
      config: SMALL,
      events: [repeat(4, failed), { summary: "Accepted password for root from 2001:db8::1 port 1 ssh2" }],
      covers: 4,
      alert: { summary: FOUR },
    },
    {
      name: "two hosts, each with an alert",
      config: SMALL,
      events: ["web1", "web2"].map((hostname) => repeat(4, (position) => ({ ...failed(position), hostname }))),
      alerts: [{ summary: FOUR }, { summary: summaryOf(4, 4, { host: "web2", users: USERS }) }],
    },
    {
      name: "a window of one's own",
      config: { ...SMALL, window_hours: 12 },
      events: at("-12h").every("0s", 4, failed),
      alert: { summary: summaryOf(4, 4, { hours: 12, users: USERS }) },
    },
    {
      name: "what goes on is told of once a day",
      config: SMALL,
      runs: [
        { at: "0s", events: repeat(4, failed), alert: { summary: FOUR } },
        { at: "1h", events: repeat(4, failed) },
        { at: "24h", events: repeat(4, failed) },
        { at: "24h1s", events: [failed(0)], alert: { summary: summaryOf(5, 4, { users: USERS }) } },
      ],
    },
    {
      name: "a rest of one's own",
      config: { ...SMALL, quiet_hours: 1 },
      runs: [
        { at: "0s", events: repeat(4, failed), alert: { summary: FOUR } },
        { at: "1h1s", events: repeat(4, failed), alert: { summary: FOUR } },
      ],
    },
  ],
  silent: [
    { name: "a hundred and ninety-nine failures, one below the threshold", events: repeat(199, failed) },
    { name: "nineteen sources", events: repeat(200, (position) => failed(position % 19)) },
    { name: "a second older than the window", events: at("-6h1s").every("0s", 200, failed) },
    {
      name: "two hosts that share the failures",
      events: repeat(200, (position) => ({ ...failed(position), hostname: `web${position % 2}` })),
    },
    {
      name: "what sshd and PAM both report",
      events: [repeat(100, failed), repeat(100, byPam)],
    },
    {
      name: "fewer lines than attempts: lines are counted first",
      config: { threshold: 4, source_count: 3 },
      events: [
        failed(0),
        failed(1),
        { summary: "message repeated 5 times: [ Failed password for root from 2001:db8::2 port 1 ssh2]" },
      ],
    },
    {
      name: "another program",
      events: repeat(200, (position) => ({ ...failed(position), details: { program: "su" } })),
    },
    {
      name: "logins that worked",
      events: repeat(200, (position) => ({ summary: `Accepted password for root from 2001:db8::${position} port 1` })),
    },
    ...["AlertSshPasswordGuessing", "AlertSshPasswordSpraying", "AlertSshDistributedGuessing"].map((name) => ({
      name: `failures that ${name} has told of`,
      events: repeat(200, (position) => ({ ...failed(position), alert_names: [name] })),
    })),
    { name: "a shorter window", config: { ...SMALL, window_hours: 1 }, events: at("-1h1s").every("0s", 4, failed) },
  ],
});
