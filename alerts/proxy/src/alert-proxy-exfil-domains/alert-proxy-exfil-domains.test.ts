import { at, describeAlert, repeat } from "@mozdef/alert-testing/vitest";
import { createTask } from "@mozdef/alert/runtime";
import { expect, test } from "vitest";
import { AlertProxyExfilDomains } from "./alert-proxy-exfil-domains.ts";

const summaryOf = (hosts: string, from = "1.2.3.4"): string =>
  `Proxy drop events detected from ${from} to the following domain(s) that are known for exfiltrating data: ${hosts}`;
const to = (host: string) => ({ details: { host } });

describeAlert(AlertProxyExfilDomains, {
  event: { category: "proxy", details: { sourceipaddress: "1.2.3.4", host: "pastebin.com" } },
  alert: { category: "squid", tags: ["squid", "proxy"], severity: "WARNING", notify_mozdefbot: true },
  fires: [
    { name: "one request", events: [{}], alert: { summary: summaryOf("pastebin.com") } },
    {
      name: "two requests to the other host",
      events: repeat(2, to("www.sendspace.com")),
      alert: { summary: summaryOf("www.sendspace.com") },
    },
    {
      name: "both hosts, in order of their text",
      events: [to("www.sendspace.com"), {}],
      alert: { summary: summaryOf("pastebin.com,www.sendspace.com") },
    },
    {
      name: "exactly twenty minutes old, the edge of the window",
      events: at("-20m").once(),
      alert: { summary: summaryOf("pastebin.com") },
    },
    {
      name: "hosts beyond the ten events it carries",
      events: [at("-60s").every("1s", 10), at("-10s").once(to("www.sendspace.com"))],
      alert: { summary: summaryOf("pastebin.com,www.sendspace.com") },
      embeds: 10,
    },
    {
      name: "two machines, each with an alert",
      events: [repeat(2), { details: { sourceipaddress: "2001:db8::7" } }],
      alerts: [{ summary: summaryOf("pastebin.com") }, { summary: summaryOf("pastebin.com", "2001:db8::7") }],
    },
    { name: "more than a thousand requests", events: repeat(1_001), alert: { summary: summaryOf("pastebin.com") } },
    {
      name: "a host of one's own",
      config: { exfil_domains: ["drop.bücher.example"] },
      events: [to("drop.bücher.example")],
      alert: { summary: summaryOf("drop.bücher.example") },
    },
  ],
  silent: [
    { name: "another host", events: [to("foo.mozilla.com")] },
    { name: "a host below a listed one", events: [to("www.pastebin.com")] },
    { name: "another category", events: [{ category: "bad" }] },
    { name: "a second older than the window", events: at("-20m1s").once() },
    { name: "no source address", events: [{ details: { sourceipaddress: null } }] },
    { name: "the shipped hosts are replaced", config: { exfil_domains: ["drop.example"] }, events: [{}] },
    { name: "no hosts", config: { exfil_domains: [] }, events: [{}] },
  ],
});

test("AlertProxyExfilDomains takes the hosts as one text with commas", () => {
  expect(createTask(AlertProxyExfilDomains, { exfil_domains: "a.example,b.example" }).config).toEqual({
    exfil_domains: ["a.example", "b.example"],
  });
});
