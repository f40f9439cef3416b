import { at, describeAlert, repeat } from "@mozdef/alert-testing/vitest";
import { AlertSshSlowGuessing } from "./alert-ssh-slow-guessing.ts";

const failed = (user: string, from = "192.0.2.7") => ({
  summary: `Failed password for ${user} from ${from} port 42393 ssh2`,
  details: { sourceipaddress: from },
});
const byPam = {
  summary: "authentication failure; logname= uid=0 euid=0 tty=NODEVssh ruser= rhost=192.0.2.7",
  details: { program: "sshd(pam_unix)" },
};
const forms = (user: string) => [
  `Failed password for ${user} from 192.0.2.7 port 1 ssh2`,
  `Failed publickey for ${user} from 192.0.2.7 port 1 ssh2: RSA SHA256:abc`,
  `Failed none for invalid user ${user} from 192.0.2.7 port 1 ssh2`,
  `Failed keyboard-interactive/pam for ${user} from 192.0.2.7 port 1 ssh2`,
];
const summaryOf = (count: number, { from = "192.0.2.7", hours = 24, users = " as root", hosts = "exhostname" } = {}) =>
  `${count} failed ssh logins from ${from} within ${hours} hours${users} on ${hosts}`;
const SMALL = { threshold: 4 };

describeAlert(AlertSshSlowGuessing, {
  event: {
    category: "syslog",
    summary: failed("root").summary,
    details: { program: "sshd", sourceipaddress: "192.0.2.7" },
  },
  alert: { category: "bruteforce", tags: ["ssh"], severity: "WARNING", notify_mozdefbot: true },
  fires: [
    {
      name: "one failure each ten minutes, the threshold",
      events: at("-990m").every("10m", 100),
      alert: { summary: summaryOf(100) },
      embeds: 10,
    },
    {
      name: "one failure each seventy seconds for a day",
      events: at("-23h59m").every("70s", 1_234),
      alert: { summary: summaryOf(1_234) },
      embeds: 10,
    },
    ...["sshd(pam_unix)", "sshd-session", "sshd-auth"].map((program) => ({
      name: `sshd that logs as ${program}`,
      config: SMALL,
      events: repeat(4, { details: { program } }),
      alert: { summary: summaryOf(4) },
    })),
    {
      name: "every form counts, of several users on several hosts",
      config: SMALL,
      events: at("-3h").every("1h", 4, (position) => ({
        summary: forms(`user${position}`)[position],
        hostname: `web${position}`,
      })),
      alert: { summary: summaryOf(4, { users: " as user0, user1, user2, user3", hosts: "web0, web1, web2, web3" }) },
    },
    {
      name: "PAM does not name the users",
      config: SMALL,
      events: [
        repeat(3, byPam),
        {
          summary: "PAM 5 more authentication failures; logname= uid=0 euid=0 tty=ssh ruser= rhost=192.0.2.7",
          details: { program: "sshd" },
        },
      ],
      alert: { summary: summaryOf(8, { users: "" }) },
    },
    {
      name: "exactly a day old, the edge",
      config: SMALL,
      events: at("-24h").every("0s", 4),
      alert: { summary: summaryOf(4) },
    },
    {
      name: "a login that worked is not counted",
      config: SMALL,
      events: [repeat(4), { summary: "Accepted password for root from 192.0.2.7 port 1 ssh2" }],
      covers: 4,
      alert: { summary: summaryOf(4) },
    },
    {
      name: "two sources, each with an alert",
      config: SMALL,
      events: [repeat(5), repeat(4, failed("root", "2001:db8::7"))],
      alerts: [{ summary: summaryOf(5) }, { summary: summaryOf(4, { from: "2001:db8::7" }) }],
    },
    {
      name: "a window of one's own",
      config: { threshold: 4, window_hours: 48 },
      events: at("-48h").every("0s", 4),
      alert: { summary: summaryOf(4, { hours: 48 }) },
    },
    {
      name: "what goes on is told of once a day",
      config: SMALL,
      runs: [
        { at: "0s", events: at("-3h").every("1h", 4), alert: { summary: summaryOf(4) } },
        { at: "1h", events: repeat(4) },
        { at: "23h", events: repeat(4) },
        { at: "24h1s", events: repeat(1), alert: { summary: summaryOf(9) } },
      ],
    },
  ],
  silent: [
    { name: "ninety-nine failures, one below the threshold", events: at("-990m").every("10m", 99) },
    { name: "a second older than the window", events: at("-24h1s").every("0s", 100) },
    { name: "a hundred failures of two sources", events: [repeat(99), failed("root", "192.0.2.8")] },
    { name: "what sshd and PAM both report", events: [repeat(50), repeat(50, byPam)] },
    {
      name: "fewer lines than attempts: lines are counted first",
      config: SMALL,
      events: [
        repeat(2),
        { summary: "message repeated 5 times: [ Failed password for root from 192.0.2.7 port 1 ssh2]" },
      ],
    },
    { name: "another program", events: repeat(100, { details: { program: "su" } }) },
    {
      name: "logins that worked",
      events: repeat(100, { summary: "Accepted password for root from 192.0.2.7 port 1" }),
    },
    {
      name: "failures that a faster alert has told of",
      events: repeat(100, { alert_names: ["AlertSshPasswordGuessing"] }),
    },
    { name: "a shorter window", config: { threshold: 4, window_hours: 1 }, events: at("-1h1s").every("0s", 4) },
  ],
});
