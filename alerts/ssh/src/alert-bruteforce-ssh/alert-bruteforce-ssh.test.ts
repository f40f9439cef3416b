import { ecsSource } from "@mozdef/alert";
import { at, describeAlert, repeat } from "@mozdef/alert-testing/vitest";
import { createTask } from "@mozdef/alert/runtime";
import { describe, expect, test } from "vitest";
import { AlertBruteforceSsh } from "./alert-bruteforce-ssh.ts";

describeAlert(AlertBruteforceSsh, {
  event: {
    summary: "login failed for root",
    details: { program: "sshd", sourceipaddress: "1.2.3.4" },
  },
  alert: { category: "bruteforce", tags: ["ssh"], severity: "NOTICE", notify_mozdefbot: false },
  fires: [
    {
      name: "ten failures, the threshold",
      events: repeat(10),
      alert: { summary: "10 ssh bruteforce attempts by 1.2.3.4 exhostname (10 hits)" },
    },
    {
      name: "eleven failures carry the ten oldest",
      events: at("-60s").every("1s", 11),
      alert: { summary: "11 ssh bruteforce attempts by 1.2.3.4 exhostname (11 hits)" },
      embeds: 10,
    },
    ...["login", "invalid", "ldap_count_entries", "publickey", "keyboard"].map((word) => ({
      name: `the word "${word}" with "failed"`,
      events: repeat(10, { summary: `${word} failed` }),
      alert: { summary: "10 ssh bruteforce attempts by 1.2.3.4 exhostname (10 hits)" },
    })),
    {
      name: "words in upper case and between others",
      events: repeat(10, {
        summary: "pam: Failed keyboard-interactive/pam for Invalid user müller from 1.2.3.4 port 22",
      }),
      alert: { summary: "10 ssh bruteforce attempts by 1.2.3.4 exhostname (10 hits)" },
    },
    {
      name: "exactly two minutes old, the edge of the window",
      events: at("-2m").every("0s", 10),
      alert: { summary: "10 ssh bruteforce attempts by 1.2.3.4 exhostname (10 hits)" },
    },
    {
      name: "old events that were received just now",
      events: repeat(10, { utctimestamp: "2016-12-31T01:00:00+00:00" }),
      alert: { summary: "10 ssh bruteforce attempts by 1.2.3.4 exhostname (10 hits)" },
    },
    {
      name: "the five most common of six hosts",
      events: [6, 5, 4, 3, 2, 1].map((count) => repeat(count, { hostname: `web${count}` })),
      alert: {
        summary:
          "21 ssh bruteforce attempts by 1.2.3.4 web6 (6 hits) web5 (5 hits) web4 (4 hits) web3 (3 hits) web2 (2 hits)",
      },
    },
    {
      name: "hosts are counted over all events, not only those the alert carries",
      events: [at("-100s").every("1s", 10, { hostname: "web1" }), at("-50s").every("1s", 11, { hostname: "web2" })],
      alert: { summary: "21 ssh bruteforce attempts by 1.2.3.4 web2 (11 hits) web1 (10 hits)" },
    },
    {
      name: "two attackers at once, each with its own alert",
      events: [repeat(11), repeat(10, { details: { sourceipaddress: "2001:db8::7" } })],
      alerts: [
        { summary: "11 ssh bruteforce attempts by 1.2.3.4 exhostname (11 hits)" },
        { summary: "10 ssh bruteforce attempts by 2001:db8::7 exhostname (10 hits)" },
      ],
    },
    {
      name: "more than a thousand failures are all counted",
      events: repeat(1_001),
      alert: { summary: "1001 ssh bruteforce attempts by 1.2.3.4 exhostname (1001 hits)" },
    },
    {
      name: "events without a host name are counted, but name none",
      events: repeat(10, { hostname: null }),
      alert: { summary: "10 ssh bruteforce attempts by 1.2.3.4" },
    },
    {
      name: "an address that is not skipped any more",
      config: { skiphosts: [] },
      events: repeat(10, { summary: "login failed from 11.22.33.44" }),
      alert: { summary: "10 ssh bruteforce attempts by 1.2.3.4 exhostname (10 hits)" },
    },
    {
      name: "failures that go on after the alert need ten more for the next one",
      runs: [
        {
          at: "0s",
          events: repeat(10),
          alert: { summary: "10 ssh bruteforce attempts by 1.2.3.4 exhostname (10 hits)" },
        },
        { at: "1m", events: repeat(9, { hostname: "web2" }) },
        {
          at: "1m30s",
          events: repeat(1, { hostname: "web2" }),
          alert: { summary: "10 ssh bruteforce attempts by 1.2.3.4 web2 (10 hits)" },
        },
      ],
    },
  ],
  silent: [
    { name: "nine failures, one below the threshold", events: repeat(9) },
    {
      name: "ten failures of two addresses",
      events: [repeat(8), repeat(2, { details: { sourceipaddress: "1.2.3.5" } })],
    },
    { name: "the summary lacks failed", events: repeat(10, { summary: "login invalid ldap_count_entries by root" }) },
    { name: "the summary has only failed", events: repeat(10, { summary: "failed" }) },
    { name: "the summary has a longer word", events: repeat(10, { summary: "logins failed" }) },
    { name: "another program", events: repeat(10, { details: { program: "badprogram" } }) },
    { name: "a second older than the window", events: at("-2m1s").every("0s", 10) },
    { name: "a skipped address in the summary", events: repeat(10, { summary: "login failed from 11.22.33.44" }) },
    {
      name: "the other skipped address in the summary",
      events: repeat(10, { summary: "login failed from 55.66.77.88" }),
    },
    {
      name: "a skipped address of the configuration",
      config: { skiphosts: ["192.0.2.1"] },
      events: repeat(10, { summary: "login failed from 192.0.2.1" }),
    },
    { name: "no source address", events: repeat(10, { details: { sourceipaddress: null } }) },
  ],
});

describe("AlertBruteforceSsh configuration", () => {
  test("skiphosts as one text is split at white space", () => {
    expect(createTask(AlertBruteforceSsh, { skiphosts: "192.0.2.1 192.0.2.2" }).config).toEqual({
      skiphosts: ["192.0.2.1", "192.0.2.2"],
    });
  });
  test("an unknown key is refused", () => {
    expect(() => createTask(AlertBruteforceSsh, { skiphost: [] })).toThrow(/AlertBruteforceSsh.*\n.*skiphost/);
  });
});

describeAlert(AlertBruteforceSsh, {
  name: "over ECS",
  source: ecsSource({ indices: ["logs-system.auth-*"] }),
  event: {
    event: { dataset: "system.auth", outcome: "failure" },
    host: { name: "web1" },
    message: "Failed password for invalid user admin from 192.0.2.7 port 50022 ssh2",
    process: { name: "sshd", pid: 4711 },
    source: { ip: "192.0.2.7", port: 50_022 },
  },
  alert: { category: "bruteforce", tags: ["ssh"], severity: "NOTICE" },
  fires: [
    {
      name: "ten failures",
      events: repeat(10),
      alert: { summary: "10 ssh bruteforce attempts by 192.0.2.7 web1 (10 hits)" },
    },
  ],
  silent: [
    { name: "nine failures", events: repeat(9) },
    { name: "another program", events: repeat(10, { process: { name: "su" } }) },
    { name: "another text", events: repeat(10, { message: "Accepted password for admin" }) },
    { name: "a second older than the window", events: at("-2m1s").every("0s", 10) },
  ],
});
