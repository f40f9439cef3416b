import { at, describeAlert } from "@mozdef/alert-testing/vitest";
import { createTask } from "@mozdef/alert/runtime";
import { describe, expect, test } from "vitest";
import { AlertSSHAccess } from "./alert-ssh-access.ts";

const summaryOf = (address: string, user = "alamakota", host = "exhostname"): string =>
  `SSH login from ${address} on ${host} as user ${user}`;

describeAlert(AlertSSHAccess, {
  event: {
    category: "syslog",
    summary: "Accepted publickey for alamakota from 11.22.33.44 port 39190 ssh2",
    details: { program: "sshd", sourceipaddress: "11.22.33.44", username: "alamakota" },
  },
  alert: { category: "access", tags: ["ssh"], severity: "CRITICAL", notify_mozdefbot: true },
  fires: [
    { name: "a login from the first watched machine", events: [{}], alert: { summary: summaryOf("11.22.33.44") } },
    {
      name: "a login from the second watched machine",
      events: [{ details: { sourceipaddress: "11.22.33.45" } }],
      alert: { summary: summaryOf("11.22.33.45") },
    },
    {
      name: "exactly fifteen minutes old, the edge of the window",
      events: at("-15m").once(),
      alert: { summary: summaryOf("11.22.33.44") },
    },
    {
      name: "two logins are two alerts",
      events: [{}, { hostname: "web2", details: { username: "zoë" } }],
      alerts: [{ summary: summaryOf("11.22.33.44") }, { summary: summaryOf("11.22.33.44", "zoë", "web2") }],
    },
    {
      name: "no user name",
      events: [{ details: { username: undefined } }],
      alert: { summary: summaryOf("11.22.33.44", "UNKNOWN") },
    },
    {
      name: "no host name",
      events: [{ hostname: null }],
      alert: { summary: summaryOf("11.22.33.44", "alamakota", "unknown") },
    },
    {
      name: "a watchlist of one's own, with IPv6",
      config: { watchlist: [{ hostname: "bastion", ipaddress: "2001:db8::1" }] },
      events: [{ details: { sourceipaddress: "2001:db8::1" } }],
      alert: { summary: summaryOf("2001:db8::1") },
    },
    {
      name: "a watched network",
      config: { watchlist: [{ hostname: "lab", ipaddress: "192.0.2.0/24" }] },
      events: [{ details: { sourceipaddress: "192.0.2.9" } }],
      alert: { summary: summaryOf("192.0.2.9") },
    },
  ],
  silent: [
    { name: "a second older than the window", events: at("-15m1s").once() },
    { name: "another category", events: [{ category: ["bro"] }] },
    { name: "another program", events: [{ details: { program: "ssh" } }] },
    { name: "a machine nobody watches", events: [{ details: { sourceipaddress: "213.212.11.5" } }] },
    { name: "a login with a password", events: [{ summary: "Accepted password for alamakota from 11.22.33.44" }] },
    { name: "an empty watchlist", config: { watchlist: [] }, events: [{}] },
    {
      name: "the shipped watchlist is replaced",
      config: { watchlist: [{ hostname: "", ipaddress: "192.0.2.1" }] },
      events: [{}],
    },
  ],
});

describe("AlertSSHAccess configuration", () => {
  test("hostname may be left out of an entry", () => {
    expect(createTask(AlertSSHAccess, { watchlist: [{ ipaddress: "192.0.2.1" }] }).config).toEqual({
      watchlist: [{ hostname: "", ipaddress: "192.0.2.1" }],
    });
  });
  test("an entry that is not an address is refused and its position named", () => {
    expect(() => createTask(AlertSSHAccess, { watchlist: [{ ipaddress: "nagios1" }] })).toThrow(
      /watchlist\.0\.ipaddress/,
    );
  });
});
