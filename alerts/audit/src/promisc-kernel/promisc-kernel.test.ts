import { at, describeAlert, repeat } from "@mozdef/alert-testing/vitest";
import { PromiscKernel } from "./promisc-kernel.ts";

const summaryOf = (host: string, count: number): string => `Promiscuous mode enabled on ${host} [${count}]`;

describeAlert(PromiscKernel, {
  event: { category: "syslog", summary: "device eth0 entered promiscuous mode" },
  alert: { category: "promisc", tags: ["promisc", "kernel"], severity: "WARNING", notify_mozdefbot: true },
  fires: [
    { name: "one interface", events: [{}], alert: { summary: summaryOf("exhostname", 1) } },
    {
      name: "eleven times, the ten oldest carried",
      events: at("-60s").every("1s", 11),
      alert: { summary: summaryOf("exhostname", 11) },
      embeds: 10,
    },
    {
      name: "exactly two minutes old, the edge of the window",
      events: at("-2m").once(),
      alert: { summary: summaryOf("exhostname", 1) },
    },
    {
      name: "two hosts, each with an alert",
      events: [repeat(2), { hostname: "web-ü" }],
      alerts: [{ summary: summaryOf("exhostname", 2) }, { summary: summaryOf("web-ü", 1) }],
    },
    {
      name: "an interface whose name only contains veth",
      events: [{ summary: "device myveth0 entered promiscuous mode" }],
      alert: { summary: summaryOf("exhostname", 1) },
    },
    { name: "more than a thousand times", events: repeat(1_001), alert: { summary: summaryOf("exhostname", 1_001) } },
  ],
  silent: [
    { name: "a second older than the window", events: at("-2m1s").once() },
    { name: "another category", events: [{ category: "kernel" }] },
    { name: "another mode", events: [{ summary: "device eth0 entered allmulticast mode" }] },
    { name: "the mode left again", events: [{ summary: "device eth0 left promiscuous mode" }] },
    { name: "an interface of a container", events: [{ summary: "device vethc12ab4f entered promiscuous mode" }] },
    { name: "no host name", events: [{ hostname: null }] },
  ],
});
