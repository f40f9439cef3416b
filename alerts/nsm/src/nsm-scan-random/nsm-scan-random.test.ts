import { at, describeAlert, repeat } from "@mozdef/alert-testing/vitest";
import { createTask } from "@mozdef/alert/runtime";
import { expect, test } from "vitest";
import { NSMScanRandom } from "./nsm-scan-random.ts";

const from = (sourceipaddress: string) => ({ details: { sourceipaddress } });

describeAlert(NSMScanRandom, {
  event: {
    category: "bro",
    source: "notice",
    details: {
      note: "Scan::Random_Scan",
      sourceipaddress: "10.1.2.3",
      indicators: ["10.1.2.3"],
      msg: "10.1.2.3 scanned at least 25 targets in 0m12s",
    },
  },
  alert: { category: "nsm", tags: ["nsm", "bro", "randomscan"], severity: "WARNING", notify_mozdefbot: true },
  fires: [
    { name: "one notice", events: [{}], alert: { summary: "Random scan from 10.1.2.3" } },
    {
      name: "eleven notices carry the ten oldest",
      events: at("-30s").every("1s", 11),
      alert: { summary: "Random scan from 10.1.2.3" },
      embeds: 10,
    },
    {
      name: "exactly a minute old, the edge of the window",
      events: at("-1m").once(),
      alert: { summary: "Random scan from 10.1.2.3" },
    },
    {
      name: "no indicators",
      events: [{ details: { indicators: null } }],
      alert: { summary: "Random scan from 10.1.2.3" },
    },
    {
      name: "two scanners at the ends of the network, each with an alert",
      events: [repeat(2, from("10.255.255.255")), from("10.0.0.0")],
      alerts: [{ summary: "Random scan from 10.255.255.255" }, { summary: "Random scan from 10.0.0.0" }],
    },
    { name: "more than a thousand notices", events: repeat(1_001), alert: { summary: "Random scan from 10.1.2.3" } },
    {
      name: "the address of an exception elsewhere in the event",
      events: [{ details: { destinationipaddress: "10.54.65.234" }, hostname: "10.88.77.54" }],
      alert: { summary: "Random scan from 10.1.2.3" },
    },
    {
      name: "networks of one's own, IPv6 too",
      config: { sourcemustmatch: '"fd00::/8" OR 192.0.2.7', sourcemustnotmatch: "" },
      events: [from("fd00::7"), from("192.0.2.7")],
      alerts: [{ summary: "Random scan from fd00::7" }, { summary: "Random scan from 192.0.2.7" }],
    },
  ],
  silent: [
    { name: "a second older than the window", events: at("-1m1s").once() },
    { name: "another category", events: [{ category: "syslog" }] },
    { name: "another source", events: [{ source: "conn" }] },
    { name: "another notice", events: [{ details: { note: "Scan::Other" } }] },
    { name: "an address below the network", events: [from("9.255.255.255")] },
    { name: "an address above the network", events: [from("11.0.0.0")] },
    { name: "no source address", events: [{ details: { sourceipaddress: null } }] },
    ...["10.33.44.54", "10.88.77.54", "10.76.54.54", "10.251.30.138", "10.54.65.234"].map((address) => ({
      name: `${address}, which may scan`,
      events: [from(address)],
    })),
    {
      name: "an exception of one's own",
      config: { sourcemustnotmatch: "10.9.9.9 OR 10.1.2.3" },
      events: [{}],
    },
  ],
});

test("NSMScanRandom refuses to look for nothing", () => {
  expect(() => createTask(NSMScanRandom, { sourcemustmatch: " " })).toThrow(/sourcemustmatch/);
});
