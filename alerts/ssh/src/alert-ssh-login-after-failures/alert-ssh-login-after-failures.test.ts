import { ecsSource } from "@mozdef/alert";
import { at, describeAlert, repeat } from "@mozdef/alert-testing/vitest";
import { AlertSshLoginAfterFailures } from "./alert-ssh-login-after-failures.ts";

const failed = (from = "192.0.2.7") => ({
  summary: `Failed password for root from ${from} port 42393 ssh2`,
  details: { sourceipaddress: from },
});
const accepted = (from = "192.0.2.7", method = "password", user = "root") => ({
  summary: `Accepted ${method} for ${user} from ${from} port 49116 ssh2`,
  details: { sourceipaddress: from },
});
const summaryOf = (
  count: number,
  { from = "192.0.2.7", method = "password", user = "root", host = "exhostname" } = {},
) => `SSH login as ${user} from ${from} on ${host} by ${method} after ${count} failed logins`;

describeAlert(AlertSshLoginAfterFailures, {
  event: { category: "syslog", details: { program: "sshd" } },
  alert: { category: "bruteforce", tags: ["ssh", "compromise"], severity: "CRITICAL", notify_mozdefbot: true },
  fires: [
    ...["sshd(pam_unix)", "sshd-session", "sshd-auth"].map((program) => ({
      name: `sshd that logs as ${program}`,
      events: [
        at("-60s").every("1s", 5, { ...failed(), details: { program } }),
        at("-10s").once({ ...accepted(), details: { program } }),
      ],
      alert: { summary: summaryOf(5) },
      covers: 1,
      embeds: 6,
    })),
    {
      name: "five failures and a success, with the failures in the alert",
      events: [at("-60s").every("1s", 5, failed()), at("-10s").once(accepted())],
      alert: { summary: summaryOf(5) },
      covers: 1,
      embeds: 6,
    },
    {
      name: "failures among a thousand of other sources",
      events: [
        at("-60s").every("1s", 5, failed()),
        repeat(1_000, (index) => failed(`198.51.100.${index % 250}`)),
        at("-10s").once(accepted()),
      ],
      alert: { summary: summaryOf(5) },
      covers: 1,
      embeds: 6,
    },
    {
      name: "of many failures nine are in the alert",
      events: [at("-60s").every("1s", 20, failed()), at("-10s").once(accepted())],
      alert: { summary: summaryOf(20) },
      covers: 1,
      embeds: 10,
    },
    {
      name: "failures exactly an hour old and a login exactly fifteen minutes old",
      events: [at("-1h").every("0s", 5, failed()), at("-15m").once(accepted())],
      alert: { summary: summaryOf(5) },
      covers: 1,
      embeds: 6,
    },
    {
      name: "one-time codes, IPv6, failures on another host",
      events: [
        at("-60s").every("1s", 5, { ...failed("2001:db8::7"), hostname: "web2" }),
        at("-10s").once(accepted("2001:db8::7", "keyboard-interactive/pam", "zoë")),
      ],
      alert: { summary: summaryOf(5, { from: "2001:db8::7", method: "keyboard-interactive/pam", user: "zoë" }) },
      covers: 1,
      embeds: 6,
    },
    {
      name: "a folded line, told of by PAM, with the address in the text only",
      events: [
        at("-60s").once({
          summary:
            "PAM 5 more authentication failures; logname= uid=0 euid=0 tty=ssh ruser= rhost=192.0.2.7  user=root",
          details: { program: "sshd(pam_unix)", sourceipaddress: null },
        }),
        at("-10s").once(accepted()),
      ],
      alert: { summary: summaryOf(5) },
      covers: 1,
      embeds: 2,
    },
    {
      name: "failures of the same second",
      events: [repeat(5, failed()), accepted()],
      alert: { summary: summaryOf(5) },
      covers: 1,
      embeds: 6,
    },
    {
      name: "two logins of one user from one source are one alert, those of another user are another",
      events: [
        at("-60s").every("1s", 5, failed()),
        at("-10s").once(accepted()),
        at("-8s").once({ ...accepted(), hostname: null }),
        at("-5s").once(accepted("192.0.2.7", "password", "bob")),
      ],
      alerts: [
        { summary: summaryOf(5), groupkey: "root|192.0.2.7" },
        { summary: summaryOf(5, { user: "bob" }), groupkey: "bob|192.0.2.7" },
      ],
      covers: 3,
      embeds: 6,
    },
    {
      name: "a host without a name",
      events: [at("-60s").every("1s", 5, failed()), at("-10s").once({ ...accepted(), hostname: null })],
      alert: { summary: summaryOf(5, { host: "unknown" }) },
      covers: 1,
      embeds: 6,
    },
    {
      name: "a number and a time of one's own",
      config: { failure_count: 2, window_minutes: 90 },
      events: [at("-90m").every("0s", 2, failed()), at("-10s").once(accepted())],
      alert: { summary: summaryOf(2) },
      covers: 1,
      embeds: 3,
    },
  ],
  silent: [
    { name: "four failures, one too few", events: [at("-60s").every("1s", 4, failed()), at("-10s").once(accepted())] },
    { name: "failures without a success", events: repeat(5, failed()) },
    { name: "a success without failures", events: [accepted()] },
    { name: "failures after the success", events: [at("-60s").once(accepted()), at("-50s").every("1s", 5, failed())] },
    {
      name: "failures of another source",
      events: [at("-60s").every("1s", 5, failed("192.0.2.8")), at("-10s").once(accepted())],
    },
    {
      name: "a login with a key",
      events: [at("-60s").every("1s", 5, failed()), at("-10s").once(accepted("192.0.2.7", "publickey"))],
    },
    {
      name: "failures a second older than an hour",
      events: [at("-1h1s").every("0s", 5, failed()), at("-10s").once(accepted())],
    },
    {
      name: "a login a second older than the window",
      events: [at("-20m").every("1s", 5, failed()), at("-15m1s").once(accepted())],
    },
    {
      name: "another program",
      events: [
        at("-60s").every("1s", 5, failed()),
        at("-10s").once({ ...accepted(), details: { program: "dropbear" } }),
      ],
    },
    {
      name: "a login that does not say from where",
      events: [at("-60s").every("1s", 5, failed()), at("-10s").once({ summary: "Accepted password for root" })],
    },
    {
      name: "failures of a source whose address is only part of another text",
      events: [
        at("-60s").every("1s", 5, {
          summary: "Failed password for 192.0.2.7 from 192.0.2.8 port 42393 ssh2",
          details: { sourceipaddress: "192.0.2.8" },
        }),
        at("-10s").once(accepted()),
      ],
    },
    {
      name: "a login from a name",
      events: [
        at("-60s").every("1s", 5, { summary: "Failed password for root from web7 port 1 ssh2" }),
        at("-10s").once({ summary: "Accepted password for root from web7 port 1 ssh2" }),
      ],
    },
    {
      name: "one failure too few for a number of one's own",
      config: { failure_count: 7 },
      events: [at("-60s").every("1s", 6, failed()), at("-10s").once(accepted())],
    },
    {
      name: "a shorter time",
      config: { window_minutes: 1 },
      events: [at("-1m1s").every("0s", 5, failed()), at("-10s").once(accepted())],
    },
  ],
});

const ecsFailed = { message: "Failed password for root from 192.0.2.7 port 42393 ssh2", source: { ip: "192.0.2.7" } };
const ecsAccepted = { message: "Accepted password for root from 192.0.2.7 port 49116 ssh2" };

describeAlert(AlertSshLoginAfterFailures, {
  name: "over ECS",
  source: ecsSource({ indices: ["logs-system.auth-*"] }),
  event: { event: { dataset: "system.auth" }, process: { name: "sshd" }, host: { name: "web1" } },
  alert: { category: "bruteforce", tags: ["ssh", "compromise"], severity: "CRITICAL" },
  fires: [
    {
      name: "five failures and a success",
      events: [at("-60s").every("1s", 5, ecsFailed), at("-10s").once(ecsAccepted)],
      alert: { summary: summaryOf(5, { host: "web1" }) },
      covers: 1,
      embeds: 6,
    },
  ],
  silent: [
    { name: "four failures", events: [at("-60s").every("1s", 4, ecsFailed), at("-10s").once(ecsAccepted)] },
    { name: "failures after it", events: [at("-60s").once(ecsAccepted), at("-50s").every("1s", 5, ecsFailed)] },
  ],
});
