import { at, describeAlert, repeat } from "@mozdef/alert-testing/vitest";
import { createTask } from "@mozdef/alert/runtime";
import { expect, test } from "vitest";
import { AlertProxyDropIP } from "./alert-proxy-drop-ip.ts";

const summaryOf = (hosts: string, from = "1.2.3.4"): string =>
  `Suspicious Proxy DROP event(s) detected from ${from} to the following IP-based destination(s): ${hosts}`;
const to = (host: string | null) => ({ details: { host } });

describeAlert(AlertProxyDropIP, {
  event: {
    category: "proxy",
    details: { sourceipaddress: "1.2.3.4", host: "1.2.3.5", proxyaction: "TCP_DENIED" },
  },
  alert: { category: "squid", tags: ["squid", "proxy"], severity: "WARNING", notify_mozdefbot: true },
  fires: [
    { name: "one request", events: [{}], alert: { summary: summaryOf("1.2.3.5") } },
    { name: "two equal requests", events: repeat(2), alert: { summary: summaryOf("1.2.3.5") } },
    {
      name: "several addresses, in order of their text",
      events: [to("9.9.9.9"), to("10.0.0.1")],
      alert: { summary: summaryOf("10.0.0.1,9.9.9.9") },
    },
    {
      name: "IPv6, in brackets and shortened too",
      events: [to("2001:db8::7"), to("[2001:db8::8]"), to("::1")],
      alert: { summary: summaryOf("2001:db8::7,::1,[2001:db8::8]") },
    },
    {
      name: "names among the addresses are not part of it",
      events: [{}, to("1.idonotexist.com"), to("fa.example.com")],
      alert: { summary: summaryOf("1.2.3.5") },
      covers: 3,
      embeds: 1,
    },
    {
      name: "a name that no address can start like is not covered",
      events: [{}, to("www.example.com")],
      alert: { summary: summaryOf("1.2.3.5") },
      covers: 1,
    },
    {
      name: "exactly twenty minutes old, the edge of the window",
      events: at("-20m").once(),
      alert: { summary: summaryOf("1.2.3.5") },
    },
    {
      name: "two machines, each with an alert",
      events: [repeat(2), { details: { sourceipaddress: "2001:db8::7" } }],
      alerts: [{ summary: summaryOf("1.2.3.5") }, { summary: summaryOf("1.2.3.5", "2001:db8::7") }],
    },
    {
      name: "more than a thousand requests, all carried",
      events: repeat(1_001),
      alert: { summary: summaryOf("1.2.3.5") },
      embeds: 1_001,
    },
    {
      name: "a whitelist of one's own",
      config: { ip_whitelist: ["1.2.3.6"] },
      events: [to("169.254.169.254")],
      alert: { summary: summaryOf("169.254.169.254") },
    },
  ],
  silent: [
    { name: "a name", events: [to("idonotexist.com")] },
    { name: "a name that starts with a digit", events: [to("1.idonotexist.com")] },
    { name: "a name that starts with a letter of hexadecimal digits", events: [to("cafe.example.com")] },
    { name: "a number that old programs take for an address", events: [to("0x7f.1")] },
    { name: "an address with one bracket", events: [to("[2001:db8::8"), to("2001:db8::8]")] },
    { name: "no host", events: [to(null)] },
    { name: "the address of the whitelist", events: [to("169.254.169.254")] },
    { name: "an address of one's own whitelist", config: { ip_whitelist: ["1.2.3.5"] }, events: [{}] },
    { name: "another category", events: [{ category: "bad" }] },
    { name: "a request that was let through", events: [{ details: { proxyaction: "TCP_MISS" } }] },
    { name: "a second older than the window", events: at("-20m1s").once() },
    { name: "no source address", events: [{ details: { sourceipaddress: null } }] },
  ],
  equivalent: [{ mutant: "drop samplesLimit 10000", reason: "The hook carries the events that it has chosen itself." }],
});

test("AlertProxyDropIP takes the whitelist as one text and refuses names in it", () => {
  expect(createTask(AlertProxyDropIP, { ip_whitelist: "1.2.3.4, ::1" }).config).toEqual({
    ip_whitelist: ["1.2.3.4", "::1"],
  });
  expect(() => createTask(AlertProxyDropIP, { ip_whitelist: "localhost" })).toThrow(/ip_whitelist\.0/);
});
