import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createTestSite } from "@mozdef/alert-testing";
import { at, describeAlert, repeat } from "@mozdef/alert-testing/vitest";
import { expect, test } from "vitest";
import { AlertGenericLoader } from "./alert-generic-loader.ts";

const alert_data_location = fileURLToPath(new URL("../../test", import.meta.url));

describeAlert(AlertGenericLoader, {
  name: "with the rule ssh_open_crit (HJSON)",
  config: { alert_data_location },
  event: {
    category: "syslog",
    hostname: "test@website.com",
    summary: "pam_unix(sshd:session): session opened for user tester",
    details: { program: "sshd", username: "tester" },
  },
  alert: {
    category: "open_port_policy_violation",
    tags: ["open_crit_policy_violation"],
    severity: "CRITICAL",
    classname: "AlertGenericLoader:ssh_open_crit",
    url: "https://www.mozilla.org",
    channel: null,
    notify_mozdefbot: true,
  },
  fires: [
    {
      name: "one session",
      events: [{}],
      alert: { summary: "Session opened on sensitive host by (1): tester [test@website.com]" },
    },
    {
      name: "exactly fifteen minutes old, the edge of the window",
      events: at("-15m").once(),
      alert: { summary: "Session opened on sensitive host by (1): tester [test@website.com]" },
    },
    {
      name: "three sessions: the hosts of the two that are carried, in the order they were seen",
      events: at("-60s").every("1s", 3, (position) => ({ hostname: `web${9 - position}` })),
      alert: { summary: "Session opened on sensitive host by (3): tester [web9, web8]" },
      embeds: 2,
    },
    {
      name: "no host name",
      events: [{ hostname: null }],
      alert: { summary: "Session opened on sensitive host by (1): tester" },
    },
    {
      name: "two users, each with an alert",
      events: [repeat(2), { details: { username: "zoë" } }],
      alerts: [
        { summary: "Session opened on sensitive host by (2): tester [test@website.com]" },
        { summary: "Session opened on sensitive host by (1): zoë [test@website.com]" },
      ],
    },
    {
      name: "more than a thousand sessions",
      events: repeat(1_001),
      alert: { summary: "Session opened on sensitive host by (1001): tester [test@website.com]" },
    },
  ],
  silent: [
    { name: "a second older than the window", events: at("-15m1s").once() },
    { name: "another summary", events: [{ summary: "session closed" }] },
    { name: "the first filter", events: [{ category: "auth" }] },
    { name: "the second filter", events: [{ details: { program: "su" } }] },
    { name: "no user", events: [{ details: { username: null } }] },
    {
      name: "a folder without rules",
      config: { alert_data_location: "/nonexistent" },
      events: [{}],
      reports: ["cannot read the folder of rules"],
    },
    {
      name: "the shipped folder, which holds none",
      config: { alert_data_location: "alerts/generic_alerts" },
      events: [{}],
      reports: ["alerts/generic_alerts/rules: cannot read"],
    },
  ],
});

describeAlert(AlertGenericLoader, {
  name: "with the rule duosecurity_bypass_generated (YAML)",
  config: { alert_data_location },
  event: {
    category: "administration",
    hostname: "a.website.com",
    details: { eventname: "create_bypass", object: "tester@website.com" },
  },
  alert: {
    category: "duo",
    tags: ["duosecurity"],
    severity: "NOTICE",
    classname: "AlertGenericLoader:duosecurity_bypass_generated",
    channel: "#duo",
    notify_mozdefbot: false,
    url: undefined,
  },
  fires: [
    {
      name: "two events, the threshold",
      events: repeat(2),
      alert: { summary: "DuoSecurity MFA Bypass codes generated (2): tester@website.com [a.website.com]" },
    },
    {
      name: "exactly thirty minutes old, the edge of the window",
      events: at("-30m").every("0s", 2),
      alert: { summary: "DuoSecurity MFA Bypass codes generated (2): tester@website.com [a.website.com]" },
    },
    {
      name: "of eleven events ten are carried",
      events: at("-60s").every("1s", 11),
      alert: { summary: /^DuoSecurity MFA Bypass codes generated \(11\): / },
      embeds: 10,
    },
    {
      name: "eleven events, exactly half an hour old, of which ten are carried",
      events: at("-30m").every("0s", 11),
      alert: { summary: "DuoSecurity MFA Bypass codes generated (11): tester@website.com [a.website.com]" },
      embeds: 10,
    },
    {
      name: "additional fields: distinct values that say something, of any type",
      events: at("-60s").every("1s", 4, (position) => ({
        details: { admin: ["ann", "", ["ann", "bob"], null][position], count: [0, 5, 5, false][position] },
      })),
      alert: {
        summary:
          "DuoSecurity MFA Bypass codes generated (4): tester@website.com (details.admin=ann, bob) (details.count=5) [a.website.com]",
      },
    },
  ],
  silent: [
    { name: "one event, one below the threshold", events: [{}] },
    { name: "a second older than the window", events: at("-30m1s").every("0s", 2) },
    { name: "another event", events: repeat(2, { details: { eventname: "delete_bypass" } }) },
    { name: "another category", events: repeat(2, { category: "authentication" }) },
  ],
});

test("a broken rule is reported with its file and key, and does not stop the others", async () => {
  const folder = await mkdtemp(join(tmpdir(), "mozdef-rules-"));
  const site = await createTestSite();
  try {
    await cp(join(alert_data_location, "rules"), join(folder, "rules"), { recursive: true });
    await writeFile(join(folder, "rules", "broken.json"), "{\n  search_string: x\n}");
    const run = await site.run(AlertGenericLoader, { config: { alert_data_location: folder } });
    expect(new Set(run.errors.map(({ code }) => code))).toEqual(new Set(["ALERT_REPORTED"]));
    expect(run.errors.map(({ message }) => message).join("\n")).toMatch(/broken\.json: filters/);
  } finally {
    await site.close();
    await rm(folder, { recursive: true });
  }
});

test("each rule alerts for the same event under its own name", async () => {
  const site = await createTestSite({ now: "2017-01-01T01:00:00Z" });
  try {
    const event = { category: "syslog", summary: "session opened", details: { program: "sshd", username: "tester" } };
    await site.saveEvent({ ...event, utctimestamp: "2017-01-01T01:00:00Z" });
    await site.refresh();
    const run = await site.run(AlertGenericLoader, { config: { alert_data_location } });
    expect(run.health).toBe("ok");
    expect((await site.events()).map(({ _source }) => _source.alert_names)).toEqual([
      ["AlertGenericLoader:ssh_open_crit"],
    ]);
  } finally {
    await site.close();
  }
});
