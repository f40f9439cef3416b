import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { bruteforce, oneEvent } from "./first-event-commands.ts";

/** Runs a command in a shell whose `curl` prints its arguments and its input, one a line. */
const inShell = (command: string): string[] => {
  const fakeCurl = `curl() { printf '%s\\n' "$@"; for a in "$@"; do [ "$a" = "@-" ] && cat; done; true; }`;
  return execFileSync("sh", ["-c", `${fakeCurl}\n${command}`], { encoding: "utf8" })
    .trim()
    .split("\n");
};

it("sends one event as JSON", () => {
  const lines = inShell(oneEvent("http://127.0.0.1:8080"));
  expect(lines).toContain("http://127.0.0.1:8080/events");
  expect(lines).toContain("Content-Type: application/json");
  expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({ summary: "hello from curl" });
});

it("sends a token where the service has a log-in", () => {
  const header = "Authorization: Bearer TOKEN";
  expect(inShell(oneEvent("http://127.0.0.1:8080", true))).toContain(header);
  expect(inShell(bruteforce("http://127.0.0.1:8080", true))).toContain(header);
  expect(inShell(oneEvent("http://127.0.0.1:8080"))).not.toContain(header);
});

it("sends ten failed logins, one a line", () => {
  const lines = inShell(bruteforce("http://127.0.0.1:8080"));
  expect(lines).toContain("Content-Type: text/plain");
  const sshd =
    /^[A-Z][a-z]{2} [ \d]\d [\d:]{8} web1 sshd\[811\]: Failed password for root from 192\.0\.2\.7 port 4022 ssh2$/;
  expect(lines.slice(-10).filter((line) => sshd.test(line))).toHaveLength(10);
});
