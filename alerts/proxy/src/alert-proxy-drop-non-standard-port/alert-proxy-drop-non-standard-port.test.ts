import { at, describeAlert, repeat } from "@mozdef/alert-testing/vitest";
import { createTask } from "@mozdef/alert/runtime";
import { expect, test } from "vitest";
import { AlertProxyDropNonStandardPort } from "./alert-proxy-drop-non-standard-port.ts";

const summaryOf = (destinations: string, from = "1.2.3.4"): string =>
  `Suspicious Proxy DROP event(s) detected from ${from} to the following non-std port destination(s): ${destinations}`;
const to = (host: string, destinationport: string | number) => ({
  details: { destination: `${host}:${destinationport}`, destinationport },
});

describeAlert(AlertProxyDropNonStandardPort, {
  event: {
    category: "proxy",
    details: {
      sourceipaddress: "1.2.3.4",
      destination: "evil.com:1337",
      destinationport: "1337",
      proxyaction: "TCP_DENIED",
      method: "CONNECT",
    },
  },
  alert: { category: "squid", tags: ["squid", "proxy"], severity: "WARNING", notify_mozdefbot: true },
  fires: [
    { name: "one tunnel", events: [{}], alert: { summary: summaryOf("evil.com:1337") } },
    {
      name: "two ports, in order of their text",
      events: [to("evil.com", 6667), {}],
      alert: { summary: summaryOf("evil.com:1337,evil.com:6667") },
    },
    {
      name: "exactly twenty minutes old, the edge of the window",
      events: at("-20m").once(),
      alert: { summary: summaryOf("evil.com:1337") },
    },
    {
      name: "destinations beyond the ten events it carries",
      events: [at("-60s").every("1s", 10), at("-10s").once(to("bücher.example", 22))],
      alert: { summary: summaryOf("bücher.example:22,evil.com:1337") },
      embeds: 10,
    },
    {
      name: "a port without a destination",
      events: [{ details: { destination: null } }, {}],
      alert: { summary: summaryOf("evil.com:1337") },
    },
    {
      name: "two machines, each with an alert",
      events: [repeat(2), { details: { sourceipaddress: "2001:db8::7" } }],
      alerts: [{ summary: summaryOf("evil.com:1337") }, { summary: summaryOf("evil.com:1337", "2001:db8::7") }],
    },
    { name: "more than a thousand tunnels", events: repeat(1_001), alert: { summary: summaryOf("evil.com:1337") } },
    {
      name: "ports of one's own",
      config: { excludedports: ["1337"] },
      events: [to("evil.com", "443")],
      alert: { summary: summaryOf("evil.com:443") },
    },
    {
      name: "no port",
      events: [{ details: { destinationport: null } }],
      alert: { summary: summaryOf("evil.com:1337") },
    },
  ],
  silent: [
    { name: "the port of https", events: [to("evil.com", "443")] },
    { name: "the port of https as a number", events: [to("evil.com", 443)] },
    { name: "the other expected port", events: [to("evil.com", "8443")] },
    { name: "a port of one's own", config: { excludedports: ["1337"] }, events: [{}] },
    { name: "another category", events: [{ category: "bad" }] },
    { name: "a tunnel that was let through", events: [{ details: { proxyaction: "TCP_TUNNEL" } }] },
    { name: "a request without a tunnel", events: [{ details: { method: "GET" } }] },
    { name: "a second older than the window", events: at("-20m1s").once() },
    { name: "no source address", events: [{ details: { sourceipaddress: null } }] },
  ],
});

test("AlertProxyDropNonStandardPort takes ports as numbers and as one text, and refuses what is none", () => {
  const portsOf = (excludedports: unknown) => createTask(AlertProxyDropNonStandardPort, { excludedports }).config;
  expect(portsOf([443, "8443"])).toEqual({ excludedports: ["443", "8443"] });
  expect(portsOf("1, 65535")).toEqual({ excludedports: ["1", "65535"] });
  for (const port of ["0", "65536", "https", 4.5]) expect(() => portsOf([port])).toThrow(/excludedports\.0/);
});
