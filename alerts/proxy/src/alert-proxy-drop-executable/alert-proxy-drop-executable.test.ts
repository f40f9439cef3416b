import { at, describeAlert, repeat } from "@mozdef/alert-testing/vitest";
import { createTask } from "@mozdef/alert/runtime";
import { expect, test } from "vitest";
import { AlertProxyDropExecutable } from "./alert-proxy-drop-executable.ts";

const summaryOf = (files: string, from = "1.2.3.4"): string =>
  `Suspicious Proxy DROP event(s) detected from ${from} to the following executable file destination(s): ${files}`;
const to = (destination: string | null) => ({ details: { destination } });
const EVIL = "http://evil.com/evil.exe";

describeAlert(AlertProxyDropExecutable, {
  event: {
    category: "proxy",
    details: { sourceipaddress: "1.2.3.4", destination: EVIL, proxyaction: "TCP_DENIED" },
  },
  alert: { category: "squid", tags: ["squid", "proxy"], severity: "WARNING", notify_mozdefbot: true },
  fires: [
    { name: "one request", events: [{}], alert: { summary: summaryOf(EVIL) } },
    { name: "two equal requests", events: repeat(2), alert: { summary: summaryOf(EVIL) } },
    {
      name: "two files, in order of their text",
      events: [to("http://evil.com/evil.sh"), {}],
      alert: { summary: summaryOf(`${EVIL},http://evil.com/evil.sh`) },
    },
    ...["sh", "py", "rb", "bin"].map((extension) => ({
      name: `the extension ${extension}`,
      events: [to(`http://evil.com/ü.${extension}`)],
      alert: { summary: summaryOf(`http://evil.com/ü.${extension}`) },
    })),
    {
      name: "exactly twenty minutes old, the edge of the window",
      events: at("-20m").once(),
      alert: { summary: summaryOf(EVIL) },
    },
    {
      name: "files beyond the ten events it carries",
      events: [at("-60s").every("1s", 10), at("-10s").once(to("http://evil.com/a.py"))],
      alert: { summary: summaryOf(`http://evil.com/a.py,${EVIL}`) },
      embeds: 10,
    },
    {
      name: "two machines, each with an alert",
      events: [repeat(2), { details: { sourceipaddress: "2001:db8::7" } }],
      alerts: [{ summary: summaryOf(EVIL) }, { summary: summaryOf(EVIL, "2001:db8::7") }],
    },
    { name: "more than a thousand requests", events: repeat(1_001), alert: { summary: summaryOf(EVIL) } },
    {
      name: "extensions of one's own",
      config: { extensions: ["ps1", "jar"] },
      events: [to("http://evil.com/x.jar")],
      alert: { summary: summaryOf("http://evil.com/x.jar") },
    },
    {
      name: "capital letters, when asked for",
      config: { ignore_case: true },
      events: [to("http://evil.com/EVIL.Exe"), to("http://evil.com/evil.bin")],
      alert: { summary: summaryOf("http://evil.com/EVIL.Exe,http://evil.com/evil.bin") },
    },
    {
      name: "a query part, when asked for",
      config: { with_query: true },
      events: [to(`${EVIL}?id=1`), to(EVIL)],
      alert: { summary: summaryOf(`${EVIL},${EVIL}?id=1`) },
    },
  ],
  silent: [
    { name: "a page", events: [to("http://evil.com/index.html")] },
    { name: "another file", events: [to("http://evil.com/evil.pdf")] },
    { name: "an extension that goes on", events: [to("http://evil.com/evil.exe2")] },
    { name: "no dot before it", events: [to("http://evil.com/exe")] },
    { name: "capital letters", events: [to("http://evil.com/evil.EXE")] },
    { name: "a query part", events: [to(`${EVIL}?id=1`)] },
    { name: "no destination", events: [to(null)] },
    { name: "another category", events: [{ category: "bad" }] },
    { name: "a request that was let through", events: [{ details: { proxyaction: "TCP_MISS" } }] },
    { name: "a second older than the window", events: at("-20m1s").once() },
    { name: "no source address", events: [{ details: { sourceipaddress: null } }] },
    { name: "the shipped extensions are replaced", config: { extensions: ["jar"] }, events: [{}] },
    { name: "no extensions", config: { extensions: [] }, events: [{}] },
    {
      name: "a query part whose value has the extension",
      config: { with_query: true },
      events: [to("http://evil.com/index.html?file=exe")],
    },
  ],
});

test("AlertProxyDropExecutable takes extensions as one text and refuses what would end the expression", () => {
  expect(createTask(AlertProxyDropExecutable, { extensions: "exe, ps1" }).config).toMatchObject({
    extensions: ["exe", "ps1"],
  });
  for (const extension of ["a/b", 'a"b', "a b"])
    expect(() => createTask(AlertProxyDropExecutable, { extensions: [extension] })).toThrow(/extensions\.0/);
});
