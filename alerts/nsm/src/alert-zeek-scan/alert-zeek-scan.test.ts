import { at, describeAlert, repeat } from "@mozdef/alert-testing/vitest";
import { createTask } from "@mozdef/alert/runtime";
import { expect, test } from "vitest";
import { AlertZeekScan } from "./alert-zeek-scan.ts";

const from = (sourceipaddress: string | null) => ({ details: { sourceipaddress } });
const noted = (note: string) => ({ details: { note } });
const summaryOf = (count: number, { scanner = "10.1.2.3 (mock.mozilla.org)", notes = "Scan::Address_Scan" } = {}) =>
  `Scan from ${scanner}: ${notes} (${count} notices)`;

describeAlert(AlertZeekScan, {
  event: {
    category: "bro",
    source: "notice",
    details: { note: "Scan::Address_Scan", sourceipaddress: "10.1.2.3" },
  },
  alert: { category: "nsm", tags: ["nsm", "zeek", "scan"], severity: "WARNING", notify_mozdefbot: true },
  fires: [
    { name: "one notice", events: [{}], alert: { summary: summaryOf(1) } },
    { name: "the category of today", events: [{ category: "zeek" }], alert: { summary: summaryOf(1) } },
    ...["Scan::KnockKnock", "Site::Port_Scan", "VulnScan::WebScan", "Our_Scan"].map((note) => ({
      name: `the notice ${note}`,
      events: [noted(note)],
      alert: { summary: summaryOf(1, { notes: note }) },
    })),
    {
      name: "eleven notices carry the ten oldest, all kinds are named",
      events: at("-60s").every("1s", 11, (position) => noted(position < 10 ? "Scan::Port_Scan" : "Scan::Random_Scan")),
      alert: { summary: summaryOf(11, { notes: "Scan::Port_Scan, Scan::Random_Scan" }) },
      embeds: 10,
    },
    {
      name: "exactly fifteen minutes old, the edge of the window",
      events: at("-15m").once(),
      alert: { summary: summaryOf(1) },
    },
    {
      name: "the other private networks, each scanner with an alert",
      reverseDns: { "*": null },
      events: ["172.16.0.1", "192.168.0.1", "fd00::7"].map(from),
      alerts: ["172.16.0.1", "192.168.0.1", "fd00::7"].map((scanner) => ({ summary: summaryOf(1, { scanner }) })),
    },
    { name: "more than a thousand notices", events: repeat(1_001), alert: { summary: summaryOf(1_001) } },
    {
      name: "notices and networks of one's own, look-ups switched off",
      config: { notes: ["Mine::Probe"], networks: ["192.0.2.0/24"], reverse_dns: false },
      events: [{ details: { note: "Mine::Probe", sourceipaddress: "192.0.2.7" } }],
      alert: { summary: summaryOf(1, { scanner: "192.0.2.7", notes: "Mine::Probe" }) },
    },
  ],
  silent: [
    { name: "a second older than the window", events: at("-15m1s").once() },
    { name: "another category", events: [{ category: "syslog" }] },
    { name: "another source", events: [{ source: "conn" }] },
    { name: "another notice", events: [noted("SSH::Password_Guessing")] },
    { name: "a scanner from outside", events: [from("192.0.2.7")] },
    { name: "no source address", events: [from(null)] },
    { name: "a machine that may scan", config: { scanners: ["10.9.0.0/16", "10.1.2.3/32"] }, events: [{}] },
    {
      name: "a network that may scan",
      config: { scanners: ["10.9.0.0/16", "10.1.2.3/32"] },
      events: [from("10.9.1.1")],
    },
    { name: "no notices", config: { notes: [] }, events: [{}] },
    { name: "no networks", config: { networks: [] }, events: [{}] },
  ],
});

test("AlertZeekScan takes its lists as texts with commas and refuses what is not a network", () => {
  expect(createTask(AlertZeekScan, { networks: "10.0.0.0/8, fc00::/7" }).config).toMatchObject({
    networks: ["10.0.0.0/8", "fc00::/7"],
  });
  expect(() => createTask(AlertZeekScan, { scanners: "10.1.2.3" })).toThrow(/scanners\.0/);
});
