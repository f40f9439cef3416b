import { at, describeAlert } from "@mozdef/alert-testing/vitest";
import { createTask } from "@mozdef/alert/runtime";
import { expect, test } from "vitest";
import { AlertSSHManyConns } from "./alert-ssh-many-conns.ts";

const NOTICE = "192.0.2.7 appears to be guessing SSH passwords (seen in 30 connections).";

describeAlert(AlertSSHManyConns, {
  event: {
    category: "bro",
    source: "notice",
    hostname: "sensor1",
    summary: NOTICE,
    details: { note: "SSH::Password_Guessing", sourceipaddress: "192.0.2.7" },
  },
  alert: {
    category: "bruteforce",
    tags: ["http"],
    severity: "NOTICE",
    notify_mozdefbot: false,
    url: "https://www.mozilla.org",
  },
  fires: [
    { name: "a notice of Zeek", events: [{}], alert: { summary: `sensor1 ${NOTICE}` } },
    {
      name: "exactly fifteen minutes old, the edge of the window",
      events: at("-15m").once(),
      alert: { summary: `sensor1 ${NOTICE}` },
    },
    {
      name: "two notices are two alerts",
      events: [{ summary: "2001:db8::7 appears to be guessing" }, { hostname: "sensor2" }],
      alerts: [{ summary: "sensor1 2001:db8::7 appears to be guessing" }, { summary: `sensor2 ${NOTICE}` }],
    },
    {
      name: "neither host name nor summary",
      events: [{ hostname: null, summary: null }],
      alert: { summary: "unknown unknown" },
    },
    {
      name: "another address to read on at",
      config: { url: "https://wiki.example.com/ssh" },
      events: [{}],
      alert: { url: "https://wiki.example.com/ssh" },
    },
  ],
  silent: [
    { name: "a second older than the window", events: at("-15m1s").once() },
    { name: "another category", events: [{ category: "syslog" }] },
    { name: "another source", events: [{ source: "conn" }] },
    { name: "another notice", events: [{ details: { note: "SSH::Login_By_Password_Guesser" } }] },
  ],
});

test("AlertSSHManyConns refuses an url that is none", () => {
  expect(() => createTask(AlertSSHManyConns, { url: "wiki" })).toThrow(/url: Expected an http or https address/);
});
