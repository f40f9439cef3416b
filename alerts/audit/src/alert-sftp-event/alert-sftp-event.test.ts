import { at, describeAlert } from "@mozdef/alert-testing/vitest";
import { AlertSFTPEvent } from "./alert-sftp-event.ts";

const summaryOf = (user = "tester", host = "exhostname", cwd = "/home/tester"): string =>
  `SFTP Event by ${user} from host ${host} in directory ${cwd}`;

describeAlert(AlertSFTPEvent, {
  event: {
    category: "execve",
    processname: "audisp-json",
    details: { processname: "ssh", parentprocess: "sftp", originaluser: "tester", cwd: "/home/tester" },
  },
  alert: { category: "execve", tags: ["audisp-json, audit"], severity: "NOTICE", notify_mozdefbot: false },
  fires: [
    { name: "one command", events: [{}], alert: { summary: summaryOf() } },
    {
      name: "exactly five minutes old, the edge of the window",
      events: at("-5m").once(),
      alert: { summary: summaryOf() },
    },
    {
      name: "two commands are two alerts",
      events: [{}, { hostname: "web2", details: { originaluser: "zoë", cwd: "/tmp/ü" } }],
      alerts: [{ summary: summaryOf() }, { summary: summaryOf("zoë", "web2", "/tmp/ü") }],
    },
    {
      name: "neither user nor host nor directory",
      events: [{ hostname: null, details: { originaluser: null, cwd: null } }],
      alert: { summary: summaryOf("unknown", "unknown", "unknown") },
    },
  ],
  silent: [
    { name: "a second older than the window", events: at("-5m1s").once() },
    { name: "another category", events: [{ category: "write" }] },
    { name: "another program that reports it", events: [{ processname: "audisp" }] },
    { name: "another command", events: [{ details: { processname: "scp" } }] },
    { name: "another parent", events: [{ details: { parentprocess: "bash" } }] },
  ],
});
