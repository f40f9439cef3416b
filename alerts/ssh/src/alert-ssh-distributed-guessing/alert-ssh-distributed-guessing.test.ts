import { at, describeAlert, repeat } from "@mozdef/alert-testing/vitest";
import { AlertSshDistributedGuessing } from "./alert-ssh-distributed-guessing.ts";

const failed = (position: number, user = "root") => ({
  summary: `Failed password for ${user} from 2001:db8::${position} port 42393 ssh2`,
  details: { sourceipaddress: `2001:db8::${position}` },
});
const forms = (from: string) => [
  `Failed password for root from ${from} port 1 ssh2`,
  `Failed publickey for root from ${from} port 1 ssh2: RSA SHA256:abc`,
  `Failed none for root from ${from} port 1 ssh2`,
  `Failed keyboard-interactive/pam for root from ${from} port 1 ssh2`,
  `PAM 2 more authentication failures; logname= uid=0 euid=0 tty=ssh ruser= rhost=${from}  user=root`,
];
const TEN = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((position) => `2001:db8::${position}`).join(", ");

describeAlert(AlertSshDistributedGuessing, {
  event: { category: "syslog", details: { program: "sshd" } },
  alert: { category: "bruteforce", tags: ["ssh"], severity: "WARNING", notify_mozdefbot: true },
  fires: [
    ...["sshd(pam_unix)", "sshd-session", "sshd-auth"].map((program) => ({
      name: `sshd that logs as ${program}`,
      events: repeat(10, (position) => ({ summary: failed(position).summary, details: { program } })),
      alert: { summary: /^User root tried over ssh from 10 sources: / },
    })),
    {
      name: "ten sources, the threshold",
      events: at("-9m").every("1m", 10, failed),
      alert: { summary: `User root tried over ssh from 10 sources: ${TEN}` },
    },
    {
      name: "twelve sources",
      events: at("-11s").every("1s", 12, failed),
      alert: { summary: `User root tried over ssh from 12 sources: ${TEN} and 2 more` },
      embeds: 10,
    },
    {
      name: "exactly an hour old, the edge of the window",
      events: at("-1h").every("0s", 10, failed),
      alert: { summary: /^User root tried over ssh from 10 sources: / },
    },
    {
      name: "PAM reports them",
      events: at("-9s").every("1s", 10, (position) => ({
        summary: `authentication failure; logname= uid=0 euid=0 tty=NODEVssh ruser= rhost=2001:db8::${position}  user=zoë`,
        details: { program: "sshd(pam_unix)", sourceipaddress: null },
      })),
      alert: { summary: `User zoë tried over ssh from 10 sources: ${TEN}` },
    },
    {
      name: "two users, each with an alert",
      events: ["root", "invalid user admin"].map((user) => repeat(10, (position) => failed(position, user))),
      alerts: [
        { summary: /^User root tried over ssh from 10 sources: / },
        { summary: /^User admin tried over ssh from 10 sources: / },
      ],
    },
    {
      name: "more than a thousand sources",
      events: repeat(1_001, failed),
      alert: { summary: /^User root tried over ssh from 1001 sources: .+ and 991 more$/ },
    },
    {
      name: "a number and a window of one's own",
      config: { source_count: 2, window_minutes: 90 },
      events: at("-90m").every("1s", 2, failed),
      alert: { summary: "User root tried over ssh from 2 sources: 2001:db8::0, 2001:db8::1" },
    },
    {
      name: "every form counts, on any host",
      events: at("-9s").every("1s", 10, (position) => ({
        summary: forms(`2001:db8::${position}`)[position % 5],
        hostname: `web${position}`,
        details: { sourceipaddress: `2001:db8::${position}` },
      })),
      alert: { summary: `User root tried over ssh from 10 sources: ${TEN}` },
    },
    {
      name: "a login that worked is not counted",
      events: [
        at("-9s").every("1s", 10, failed),
        { summary: "Accepted password for root from 2001:db8::1 port 1 ssh2" },
      ],
      covers: 10,
      alert: { summary: `User root tried over ssh from 10 sources: ${TEN}` },
    },
    {
      name: "a single source, when one is enough",
      config: { source_count: 1 },
      events: [failed(0)],
      alert: { summary: "User root tried over ssh from 1 sources: 2001:db8::0" },
    },
  ],
  silent: [
    { name: "nine sources, one below the threshold", events: repeat(9, failed) },
    { name: "ten failures from one source", events: repeat(10, failed(0)) },
    { name: "ten sources for two users", events: [repeat(9, (position) => failed(position)), failed(9, "admin")] },
    { name: "a second older than the window", events: at("-1h1s").every("0s", 10, failed) },
    {
      name: "another program",
      events: repeat(10, (position) => ({ ...failed(position), details: { program: "su" } })),
    },
    { name: "one source too few", config: { source_count: 3 }, events: repeat(2, failed) },
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
