import { describe, expect, test } from "vitest";
import { attempts, failedLoginOf } from "./failed-login.ts";

const hit = (summary: string) => ({ _index: "events-20170101", _id: summary, _source: { summary } });
const read = (summary: string) => {
  const login = failedLoginOf(hit(summary));
  return login === null ? null : [login.by, login.source, login.user, login.count];
};

describe("failedLoginOf", () => {
  test.each([
    ["Failed password for root from 192.0.2.7 port 42393 ssh2", ["sshd", "192.0.2.7", "root", 1]],
    ["Failed password for invalid user admin from 192.0.2.7 port 42393 ssh2", ["sshd", "192.0.2.7", "admin", 1]],
    [
      "Failed password for illegal user admin from ::ffff:192.0.2.7 port 42393 ssh2",
      ["sshd", "::ffff:192.0.2.7", "admin", 1],
    ],
    ["Failed publickey for git from 2001:db8::7 port 1 ssh2: RSA SHA256:abc", ["sshd", "2001:db8::7", "git", 1]],
    ["Failed none for invalid user 0 from 192.0.2.7 port 42393 ssh2", ["sshd", "192.0.2.7", "0", 1]],
    ["Failed keyboard-interactive/pam for zoë from 192.0.2.7 port 1 ssh2", ["sshd", "192.0.2.7", "zoë", 1]],
    ["error: PAM: Authentication failure for root from 192.0.2.7", ["sshd", "192.0.2.7", "root", 1]],
    [
      "error: PAM: authentication failure for illegal user x from host.example.com",
      ["sshd", "host.example.com", "x", 1],
    ],
    [
      "message repeated 5 times: [ Failed password for root from 192.0.2.7 port 50719 ssh2]",
      ["sshd", "192.0.2.7", "root", 5],
    ],
    ["message repeated 99999999 times: [ Failed password for a from b port 1 ssh2]", ["sshd", "b", "a", 10_000]],
    ["Failed password for invalid user  from 192.0.2.7 port 1 ssh2", ["sshd", "192.0.2.7", null, 1]],
    [
      "Failed password for invalid user a from 9.9.9.9 port 1 ssh2 from 192.0.2.7 port 1 ssh2",
      ["sshd", "192.0.2.7", "a from 9.9.9.9 port 1 ssh2", 1],
    ],
    [
      "pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=192.0.2.7 ",
      ["pam", "192.0.2.7", null, 1],
    ],
    [
      "authentication failure; logname= uid=0 euid=0 tty=NODEVssh ruser= rhost=host.example.com  user=root",
      ["pam", "host.example.com", "root", 1],
    ],
    [
      "PAM 5 more authentication failures; logname= uid=0 euid=0 tty=ssh ruser= rhost=2001:db8::7  user=root",
      ["pam", "2001:db8::7", "root", 5],
    ],
    [
      "PAM 1 more authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=192.0.2.7",
      ["pam", "192.0.2.7", null, 1],
    ],
  ])("reads %s", (line, expected) => {
    expect(read(line)).toEqual(expected);
  });

  test.each([
    "Accepted password for root from 192.0.2.7 port 1 ssh2",
    "Invalid user admin from 192.0.2.7",
    "Failed password for root",
    "Failed password for root from ",
    "Failed something for root from 192.0.2.7 port 1",
    "say Failed password for root from 192.0.2.7",
    "authentication failure; logname= uid=0 rhost= user=root",
    "PAM service(sshd) ignoring max retries; 6 > 3",
    "",
  ])("finds no failed login in %s", (line) => {
    expect(read(line)).toBeNull();
  });

  test("reads no more than sshd can have written", () => {
    expect(read(`Failed password for ${"x".repeat(3_000)} from 192.0.2.7 port 1 ssh2`)).toBeNull();
  });
});

test("attempts that sshd and PAM both report count once", () => {
  const logins = [
    "Failed password for root from 192.0.2.7 port 1 ssh2",
    "message repeated 2 times: [ Failed password for root from 192.0.2.7 port 1 ssh2]",
    "PAM 2 more authentication failures; logname= uid=0 euid=0 tty=ssh ruser= rhost=192.0.2.7  user=root",
  ].map((line) => failedLoginOf(hit(line))!);
  expect(attempts(logins)).toBe(3);
  expect(attempts(logins.slice(2))).toBe(2);
  expect(attempts([])).toBe(0);
});
