import { readFileSync } from "node:fs";

const FEEDS = new URL("../../packages/all-packs/test/feeds/", import.meta.url);

const feed = (name: string): string => readFileSync(new URL(name, FEEDS), "utf8");

/** A line of sshd as rsyslog sends it; all numbers give other users, addresses and ports. */
export const sshdLine = (at: number): string => {
  const [minute, second] = [Math.floor(at / 60) % 60, at % 60].map((part) => String(part).padStart(2, "0"));
  const user = at % 3 === 0 ? "root" : `invalid user user${at % 500}`;
  return `<38>Mar 10 09:${minute}:${second} gate${at % 40} sshd[${1_000 + (at % 9_000)}]: Failed password for ${user} from 198.51.100.${at % 250} port ${1_024 + (at % 60_000)} ssh2`;
};

const two = (value: number): string => String(value % 60).padStart(2, "0");

/** What machines that face the internet write, each kind as often as it comes: mostly sshd and web servers. */
const MESSAGES: readonly ((at: number) => string)[] = [
  (at) => `<38>TIME gate${at % 40} sshd[${1_000 + (at % 9_000)}]: ${failed(at)}`,
  (at) => `<86>TIME gate${at % 40} sshd[${1_000 + (at % 9_000)}]: ${failed(at + 7)}`,
  (at) =>
    `<85>TIME gate${at % 40} sshd[${1_000 + (at % 9_000)}]: pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=${address(at)}  user=root`,
  (at) =>
    `<38>TIME gate${at % 40} sshd[${1_000 + (at % 9_000)}]: Accepted publickey for user${at % 500} from ${address(at)} port ${port(at)} ssh2: ED25519 SHA256:${"Qm9uam91cg".repeat(4)}abc`,
  (at) =>
    `<86>TIME gate${at % 40} sshd[${1_000 + (at % 9_000)}]: pam_unix(sshd:session): session opened for user user${at % 500}(uid=1001) by (uid=0)`,
  (at) =>
    `<85>TIME work${at % 60} sudo[${1_000 + (at % 9_000)}]: user${at % 500} : TTY=pts/${at % 9} ; PWD=/home/user${at % 500} ; USER=root ; COMMAND=/usr/bin/systemctl restart app${at % 30}`,
  (at) =>
    `<190>TIME web${at % 12} nginx: ${address(at)} - - [10/Mar/2026:CLOCK +0000] "GET /shop/item/${at % 10_000}?page=${at % 7} HTTP/1.1" 200 ${500 + (at % 40_000)} "https://www.example.org/shop" "Mozilla/5.0 (X11; Linux x86_64; rv:138.0) Gecko/20100101 Firefox/138.0"`,
  (at) =>
    `<190>TIME web${at % 12} nginx: ${address(at)} - - [10/Mar/2026:CLOCK +0000] "POST /wp-login.php HTTP/1.1" 404 153 "-" "curl/8.5.0"`,
];

const address = (at: number): string => `198.51.${100 + (at % 90)}.${at % 250}`;
const port = (at: number): number => 1_024 + ((at * 7_919) % 60_000);
const failed = (at: number): string =>
  `Failed password for ${at % 3 === 0 ? "root" : `invalid user user${at % 500}`} from ${address(at)} port ${port(at)} ssh2`;

/** Lines in one second. */
const A_SECOND = 5_000;

/** A line of some program; the same number always gives the same. */
export const syslogLine = (at: number): string => {
  const seconds = Math.floor(at / A_SECOND);
  const clock = `09:${two(Math.floor(seconds / 60))}:${two(seconds)}`;
  const line = MESSAGES[(at * 5) % MESSAGES.length]?.(at) ?? "";
  return line.replace("TIME", `Mar 10 ${clock}`).replace("CLOCK", clock);
};

const lines = (text: string): readonly string[] => text.split("\n").filter((line) => line !== "");

const records = (text: string): readonly string[] =>
  (JSON.parse(text) as { readonly Records: readonly unknown[] }).Records.map((record) => JSON.stringify(record));

/** What is read, by what it is. */
export const INPUTS: Readonly<Record<string, readonly string[]>> = {
  "syslog, sshd": Array.from({ length: 2_000 }, (_, at) => sshdLine(at)),
  "syslog, a program that nobody knows": Array.from(
    { length: 2_000 },
    (_, at) =>
      `<30>Mar 10 09:10:${String(at % 60).padStart(2, "0")} gate${at % 40} app[${at}]: request ${at} took ${at} ms`,
  ),
  "ECS, JSON": lines(feed("sshd-elastic-agent.ndjson")),
  "Filebeat, JSON with a line": lines(feed("sshd-filebeat.ndjson")),
  "CloudTrail, records": records(feed("cloudtrail.json")),
  "auditd, several lines an event": lines(feed("auditd.log")),
};
