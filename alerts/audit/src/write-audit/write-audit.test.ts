import { at, describeAlert, repeat } from "@mozdef/alert-testing/vitest";
import { createTask } from "@mozdef/alert/runtime";
import { expect, test } from "vitest";
import { WriteAudit } from "./write-audit.ts";

const PATH = "/etc/audit/plugins.d/temp-file.conf";
const summaryOf = (count: number, { paths = PATH, users = "root", by = "randomjoe", hosts = "" } = {}): string =>
  `${count} Filesystem write(s) to an auditd path (${paths}) by ${users} (${by})${hosts}`;

describeAlert(WriteAudit, {
  event: {
    category: "write",
    summary: `Write: ${PATH}`,
    details: { processname: "vi", originaluser: "randomjoe", auditkey: "audit", user: "root" },
  },
  alert: { category: "write", tags: ["audit"], severity: "WARNING", notify_mozdefbot: true },
  fires: [
    { name: "two writes, the threshold", events: repeat(2), alert: { summary: summaryOf(2) } },
    {
      name: "eleven writes: paths and users of the ten oldest, in the order they were seen",
      events: at("-60s").every("1s", 11, (position) => ({
        summary: `Write: /etc/${position < 9 ? "b" : position === 9 ? "ä c" : "late"}`,
        details: { user: position < 9 ? "zoë" : position === 9 ? "bob" : "late" },
      })),
      alert: { summary: summaryOf(11, { paths: "/etc/b, /etc/ä", users: "zoë, bob" }) },
      embeds: 10,
    },
    {
      name: "exactly fifteen minutes old, the edge of the window",
      events: at("-15m").every("0s", 2),
      alert: { summary: summaryOf(2) },
    },
    {
      name: "the five most common of six hosts, over all events",
      events: [1, 2, 3, 4, 5, 6].map((count) => repeat(count, { hostname: `web${count}` })),
      alert: {
        summary: summaryOf(21, {
          hosts: " on web6 (6 hosts) on web5 (5 hosts) on web4 (4 hosts) on web3 (3 hosts) on web2 (2 hosts)",
        }),
      },
    },
    {
      name: "two hosts",
      events: [repeat(2), { hostname: "web2" }],
      alert: { summary: summaryOf(3, { hosts: " on exhostname (2 hosts) on web2 (1 hosts)" }) },
    },
    {
      name: "neither a path nor a user",
      events: repeat(2, { summary: "Write:", details: { user: null } }),
      alert: { summary: summaryOf(2, { paths: "unknown", users: "unknown" }) },
    },
    ...["user1", "user2"].map((originaluser) => ({
      name: `${originaluser}, of whom it is expected`,
      events: repeat(2, { details: { originaluser } }),
      alert: { summary: summaryOf(2, { by: originaluser }), severity: "NOTICE", notify_mozdefbot: false },
    })),
    {
      name: "two people, each with an alert",
      events: [repeat(3), repeat(2, { details: { originaluser: "zoë" } })],
      alerts: [{ summary: summaryOf(3) }, { summary: summaryOf(2, { by: "zoë" }) }],
    },
    { name: "more than a thousand writes", events: repeat(1_001), alert: { summary: summaryOf(1_001) } },
    {
      name: "processes and users of one's own",
      config: { skipprocess: ["vim"], expectedusers: ["randomjoe"] },
      events: repeat(2, { details: { processname: "process1" } }),
      alert: { summary: summaryOf(2), severity: "NOTICE", notify_mozdefbot: false },
    },
  ],
  silent: [
    { name: "one write, one below the threshold", events: [{}] },
    { name: "a second older than the window", events: at("-15m1s").every("0s", 2) },
    { name: "another category", events: repeat(2, { category: "execve" }) },
    { name: "another watch", events: repeat(2, { details: { auditkey: "identity" } }) },
    ...["process1", "process2"].map((processname) => ({
      name: `${processname}, which may write`,
      events: repeat(2, { details: { processname } }),
    })),
    { name: "a process of one's own", config: { skipprocess: ["vi"] }, events: repeat(2) },
    { name: "no user of the session", events: repeat(2, { details: { originaluser: null } }) },
    { name: "two writes of two people", events: [{}, { details: { originaluser: "zoë" } }] },
  ],
});

test("WriteAudit takes its lists as texts with spaces", () => {
  expect(createTask(WriteAudit, { skipprocess: "a b", expectedusers: "c d" }).config).toEqual({
    skipprocess: ["a", "b"],
    expectedusers: ["c", "d"],
  });
});
