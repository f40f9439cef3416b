import { at, describeAlert, repeat } from "@mozdef/alert-testing/vitest";
import { createTask } from "@mozdef/alert/runtime";
import { expect, test } from "vitest";
import { TraceAudit } from "./trace-audit.ts";

const summaryOf = (count: number, user: string, hosts: string): string =>
  `${count} instances of Strace or Ptrace executed by ${user} on ${hosts}`;

describeAlert(TraceAudit, {
  event: { details: { processname: "strace", originaluser: "randomjoe" } },
  alert: { category: "trace", tags: ["audit"], severity: "WARNING", notify_mozdefbot: true },
  fires: [
    { name: "once", events: [{}], alert: { summary: summaryOf(1, "randomjoe", "exhostname") } },
    {
      name: "eleven times: the hosts of the ten oldest, in the order they were seen",
      events: at("-60s").every("1s", 11, (position) => ({
        hostname: `host${position % 2 === 0 ? 10 - position : 10}`,
      })),
      alert: { summary: summaryOf(11, "randomjoe", "host10,host8,host6,host4,host2") },
      embeds: 10,
    },
    {
      name: "exactly five minutes old, the edge of the window",
      events: at("-5m").once(),
      alert: { summary: summaryOf(1, "randomjoe", "exhostname") },
    },
    {
      name: "two people, each with an alert",
      events: [repeat(2), { details: { originaluser: "zoë" } }],
      alerts: [{ summary: summaryOf(2, "randomjoe", "exhostname") }, { summary: summaryOf(1, "zoë", "exhostname") }],
    },
    { name: "no host name", events: [{ hostname: null }], alert: { summary: summaryOf(1, "randomjoe", "") } },
    {
      name: "more than a thousand times",
      events: repeat(1_001),
      alert: { summary: summaryOf(1_001, "randomjoe", "exhostname") },
    },
    {
      name: "a host whose name only begins as an expected one",
      events: [{ hostname: "example.hostname.com.au" }],
      alert: { summary: summaryOf(1, "randomjoe", "example.hostname.com.au") },
    },
    {
      name: "hosts of one's own",
      config: { hostfilter: ["debug1"] },
      events: [{ hostname: "example.hostname.com" }],
      alert: { summary: summaryOf(1, "randomjoe", "example.hostname.com") },
    },
  ],
  silent: [
    { name: "a second older than the window", events: at("-5m1s").once() },
    { name: "another program", events: [{ details: { processname: "ltrace" } }] },
    { name: "a host where it is expected", events: [{ hostname: "example.hostname.com" }] },
    { name: "a host of one's own", config: { hostfilter: ["debug1", "exhostname"] }, events: [{}] },
    { name: "no user", events: [{ details: { originaluser: null } }] },
  ],
});

test("TraceAudit takes the hosts as one text with spaces", () => {
  expect(createTask(TraceAudit, { hostfilter: "a b" }).config).toEqual({ hostfilter: ["a", "b"] });
});
