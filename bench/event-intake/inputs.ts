import { readFileSync } from "node:fs";

const FEEDS = new URL("../../packages/all-packs/test/feeds/", import.meta.url);

const feed = (name: string): string => readFileSync(new URL(name, FEEDS), "utf8");

/** A line of sshd as rsyslog sends it; all numbers give other users, addresses and ports. */
export const sshdLine = (at: number): string => {
  const [minute, second] = [Math.floor(at / 60) % 60, at % 60].map((part) => String(part).padStart(2, "0"));
  const user = at % 3 === 0 ? "root" : `invalid user user${at % 500}`;
  return `<38>Mar 10 09:${minute}:${second} gate${at % 40} sshd[${1_000 + (at % 9_000)}]: Failed password for ${user} from 198.51.100.${at % 250} port ${1_024 + (at % 60_000)} ssh2`;
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
