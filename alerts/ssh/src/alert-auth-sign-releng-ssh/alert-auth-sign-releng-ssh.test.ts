import { at, describeAlert } from "@mozdef/alert-testing/vitest";
import { createTask } from "@mozdef/alert/runtime";
import { describe, expect, test } from "vitest";
import { AlertAuthSignRelengSSH } from "./alert-auth-sign-releng-ssh.ts";

const byKey = (user: string, from = "1.2.3.4"): string => `Accepted publickey for ${user} from ${from} port 39190 ssh2`;
const summaryOf = (user: string, from = "1.2.3.4", host = "host1"): string =>
  `SSH login from ${from} on ${host} as user ${user}`;

describeAlert(AlertAuthSignRelengSSH, {
  event: {
    tags: ["releng"],
    hostname: "host1",
    summary: byKey("ttesterson"),
    details: { program: "sshd", sourceipaddress: "1.2.3.4" },
  },
  alert: { category: "access", tags: ["ssh"], severity: "NOTICE", channel: "#somechannel", notify_mozdefbot: true },
  fires: [
    { name: "a login with a key", events: [{}], alert: { summary: summaryOf("ttesterson") } },
    {
      name: "exactly fifteen minutes old, the edge of the window",
      events: at("-15m").once(),
      alert: { summary: summaryOf("ttesterson") },
    },
    {
      name: "an excluded user from another address",
      events: [{ summary: byKey("someuser") }],
      alert: { summary: summaryOf("someuser") },
    },
    {
      name: "another user from an excluded address",
      events: [{ details: { sourceipaddress: "4.5.6.7" } }],
      alert: { summary: summaryOf("ttesterson", "4.5.6.7") },
    },
    {
      name: "each user excluded for the other's address",
      events: [
        { summary: byKey("someuser"), details: { sourceipaddress: "8.9.10.11" } },
        { summary: byKey("anotheruser"), details: { sourceipaddress: "4.5.6.7" } },
      ],
      alerts: [{ summary: summaryOf("someuser", "8.9.10.11") }, { summary: summaryOf("anotheruser", "4.5.6.7") }],
    },
    {
      name: "a process id before the text",
      events: [{ summary: `[12345] ${byKey("ttesterson")}` }],
      alert: { summary: summaryOf("ttesterson") },
    },
    {
      name: "a login with one-time codes",
      events: [{ summary: "[68208]: Accepted keyboard-interactive/pam for ttesterson from 1.2.3.4 port 50942 ssh2" }],
      alert: { summary: summaryOf("ttesterson") },
    },
    {
      name: "user names with dots, dashes and letters of any script",
      events: [
        { summary: byKey("first.last-2") },
        { summary: "Accepted keyboard-interactive/pam for zoë_m from 1.2.3.4 port 50942 ssh2" },
      ],
      alerts: [{ summary: summaryOf("first.last-2") }, { summary: summaryOf("zoë_m") }],
    },
    {
      name: "a text that ends early tells no user",
      events: [
        { summary: "Accepted publickey for ttesterson" },
        { summary: "Accepted keyboard-interactive/pam for x" },
      ],
      alerts: [{ summary: summaryOf("unknown") }, { summary: summaryOf("unknown") }],
    },
    {
      name: "the text says both: the key counts",
      events: [{ summary: `Accepted keyboard-interactive/pam for a from b, ${byKey("ttesterson")}` }],
      alert: { summary: summaryOf("ttesterson") },
    },
    {
      name: "a longer host name that the filter takes",
      events: [{ hostname: "host2.build.example.com" }],
      alert: { summary: summaryOf("ttesterson", "1.2.3.4", "host2.build.example.com") },
    },
    {
      name: "no source address",
      events: [{ details: { sourceipaddress: null } }],
      alert: { summary: summaryOf("ttesterson", "unknown") },
    },
    {
      name: "no channel: a quiet alert",
      config: { channel: "" },
      events: [{ summary: byKey("quiet") }],
      alert: { summary: summaryOf("quiet"), channel: null, notify_mozdefbot: false },
    },
    {
      name: "a filter, a channel and exclusions of one's own",
      config: { hostfilter: "sign[0-9]", channel: "#releng", exclusions: [] },
      events: [{ hostname: "sign7", summary: byKey("someuser"), details: { sourceipaddress: "4.5.6.7" } }],
      alert: { summary: summaryOf("someuser", "4.5.6.7", "sign7"), channel: "#releng" },
    },
  ],
  silent: [
    { name: "a second older than the window", events: at("-15m1s").once() },
    { name: "another tag", events: [{ tags: ["badtag"] }] },
    { name: "another program", events: [{ details: { program: "badprogram" } }] },
    { name: "another host", events: [{ hostname: "badhostname" }] },
    { name: "a host whose name only contains the filter", events: [{ hostname: "myhost1" }] },
    { name: "another summary", events: [{ summary: "bad summary" }] },
    { name: "a login with a password", events: [{ summary: "Accepted password for ttesterson from 1.2.3.4" }] },
    {
      name: "the first exclusion",
      events: [{ summary: byKey("someuser", "4.5.6.7"), details: { sourceipaddress: "4.5.6.7" } }],
    },
    {
      name: "the second exclusion",
      events: [{ summary: byKey("anotheruser", "8.9.10.11"), details: { sourceipaddress: "8.9.10.11" } }],
    },
    {
      name: "an exclusion of one field",
      config: { exclusions: [{ "details.sourceipaddress": "1.2.3.4" }] },
      events: [{}],
    },
  ],
});

describe("AlertAuthSignRelengSSH configuration", () => {
  const taken = (config: object) => () => createTask(AlertAuthSignRelengSSH, config);
  test("an empty exclusion is refused: it would exclude everything", () => {
    expect(taken({ exclusions: [{}] })).toThrow(/exclusions\.0: An exclusion needs at least one field/);
  });
  test("a slash in the filter has to be escaped", () => {
    expect(taken({ hostfilter: "a/b" })).toThrow(/hostfilter/);
    expect(taken({ hostfilter: String.raw`a\/b` })).not.toThrow();
    expect(taken({ hostfilter: "" })).toThrow(/hostfilter/);
  });
});
