import { at, describeAlert, repeat } from "@mozdef/alert-testing/vitest";
import { createTask } from "@mozdef/alert/runtime";
import { expect, test } from "vitest";
import { AlertMultipleIntelHits } from "./alert-multiple-intel-hits.ts";

const summaryOf = (count: number, hits: string, sensor = "sensor1"): string =>
  `${count} ${sensor}  Bro intel match for indicator: on evil.example sample hosts that hit it: ${hits}`;
const SAMPLE = "10.0.0.1 in Conn::IN_RESP ";
const seenIn = (seenwhere: string, more: object = {}) => ({ details: { seenwhere, ...more } });
/** The three events whose hosts the summary names, and seven others. */
const ten = (first: object, second: object = {}, third: object = {}) =>
  at("-60s").every("1s", 10, (position) => ({ ...[first, second, third][position] }));

describeAlert(AlertMultipleIntelHits, {
  event: {
    category: "bro",
    source: "intel",
    hostname: "sensor1",
    details: {
      seenindicator: "evil.example",
      seenwhere: "Conn::IN_RESP",
      sourceipaddress: "10.0.0.1",
      destinationipaddress: "192.0.2.7",
    },
  },
  alert: { category: "bro", tags: ["nsm,bro,intel"], severity: "NOTICE", notify_mozdefbot: false },
  fires: [
    { name: "ten hits, the threshold", events: repeat(10), alert: { summary: summaryOf(10, SAMPLE.repeat(3)) } },
    {
      name: "eleven hits carry the ten oldest",
      events: at("-60s").every("1s", 11),
      alert: { summary: summaryOf(11, SAMPLE.repeat(3)) },
      embeds: 10,
    },
    {
      name: "exactly two minutes old, the edge of the window",
      events: at("-2m").every("0s", 10),
      alert: { summary: summaryOf(10, SAMPLE.repeat(3)) },
    },
    {
      name: "hits on all three sensors; that of the first is named",
      events: at("-60s").every("1s", 10, (position) => ({ hostname: `sensor${3 - (position % 3)}` })),
      alert: { summary: summaryOf(10, SAMPLE.repeat(3), "sensor3") },
    },
    {
      name: "who asked is ours",
      events: ten(
        seenIn("HTTP::IN_HOST_HEADER"),
        seenIn("DNS::IN_REQUEST", { sourceipaddress: "2001:db8::7" }),
        seenIn("x Conn::IN_RESP"),
      ),
      alert: {
        summary: summaryOf(
          10,
          "10.0.0.1 in HTTP::IN_HOST_HEADER 2001:db8::7 in DNS::IN_REQUEST 10.0.0.1 in x Conn::IN_RESP ",
        ),
      },
    },
    {
      name: "who was asked is ours",
      events: ten(
        seenIn("Conn::IN_ORIG"),
        seenIn("HTTP::IN_X_CLUSTER_CLIENT_IP_HEADER"),
        seenIn("HTTP::IN_X_FORWARDED_FOR_HEADER"),
      ),
      alert: {
        summary: summaryOf(
          10,
          "192.0.2.7 in Conn::IN_ORIG 192.0.2.7 in HTTP::IN_X_CLUSTER_CLIENT_IP_HEADER 192.0.2.7 in HTTP::IN_X_FORWARDED_FOR_HEADER ",
        ),
      },
    },
    {
      name: "a place that says nothing of who is ours",
      events: ten(seenIn("SSL::IN_SERVER_NAME")),
      alert: { summary: summaryOf(10, ` in SSL::IN_SERVER_NAME ${SAMPLE.repeat(2)}`) },
    },
    {
      name: "samples without an address or a place name no host",
      events: ten({ details: { sourceipaddress: null } }, { details: { seenwhere: null } }),
      alert: { summary: summaryOf(10, SAMPLE) },
    },
    {
      name: "who was asked is missing",
      events: ten(seenIn("Conn::IN_ORIG", { destinationipaddress: null })),
      alert: { summary: summaryOf(10, `unknown in Conn::IN_ORIG ${SAMPLE.repeat(2)}`) },
    },
    {
      name: "two indicators, each with an alert",
      events: [repeat(11), repeat(10, { details: { seenindicator: "bücher.example" } })],
      alerts: [
        { summary: summaryOf(11, SAMPLE.repeat(3)) },
        { summary: summaryOf(10, SAMPLE.repeat(3)).replace("evil.example", "bücher.example") },
      ],
    },
    {
      name: "more than a thousand hits",
      events: repeat(1_001),
      alert: { summary: summaryOf(1_001, SAMPLE.repeat(3)) },
    },
    {
      name: "a sensor of one's own",
      config: { hostnames: ["zeek-1"] },
      events: repeat(10, { hostname: "zeek-1" }),
      alert: { summary: summaryOf(10, SAMPLE.repeat(3), "zeek-1") },
    },
  ],
  silent: [
    { name: "nine hits, one below the threshold", events: repeat(9) },
    { name: "a second older than the window", events: at("-2m1s").every("0s", 10) },
    { name: "another category", events: repeat(10, { category: "brointel" }) },
    { name: "another source", events: repeat(10, { source: "notice" }) },
    { name: "another sensor", events: repeat(10, { hostname: "sensor4" }) },
    { name: "no indicator", events: repeat(10, { details: { seenindicator: null } }) },
    {
      name: "ten hits of two indicators",
      events: [repeat(9), { details: { seenindicator: "other.example" } }],
    },
    { name: "the shipped sensors are replaced", config: { hostnames: ["zeek-1"] }, events: repeat(10) },
    { name: "no sensors", config: { hostnames: [] }, events: repeat(10) },
  ],
});

test("AlertMultipleIntelHits takes the sensors as one text with commas", () => {
  expect(createTask(AlertMultipleIntelHits, { hostnames: "zeek-1, zeek-2" }).config).toEqual({
    hostnames: ["zeek-1", "zeek-2"],
  });
});
