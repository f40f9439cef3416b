import { at, describeAlert } from "@mozdef/alert-testing/vitest";
import { PromiscAudit } from "./promisc-audit.ts";

const summaryOf = (host: string): string => `Promiscuous mode enabled on ${host}`;

describeAlert(PromiscAudit, {
  event: {
    category: "promiscuous",
    summary: "Promisc: Interface eth0 set promiscuous on",
    details: { dev: "eth0" },
  },
  alert: { category: "promisc", tags: ["promisc", "audit"], severity: "WARNING", notify_mozdefbot: true },
  fires: [
    { name: "one interface", events: [{}], alert: { summary: summaryOf("exhostname") } },
    {
      name: "exactly two minutes old, the edge of the window",
      events: at("-2m").once(),
      alert: { summary: summaryOf("exhostname") },
    },
    {
      name: "two interfaces are two alerts",
      events: [{}, { hostname: "web-ü" }],
      alerts: [{ summary: summaryOf("exhostname") }, { summary: summaryOf("web-ü") }],
    },
    { name: "no host name", events: [{ hostname: null }], alert: { summary: summaryOf("unknown") } },
    {
      name: "an interface whose name only contains veth, and one without a name",
      events: [{ details: { dev: "myveth0" } }, { details: { dev: null } }],
      alerts: [{ summary: summaryOf("exhostname") }, { summary: summaryOf("exhostname") }],
    },
  ],
  silent: [
    { name: "a second older than the window", events: at("-2m1s").once() },
    { name: "another category", events: [{ category: "syslog" }] },
    { name: "another change", events: [{ summary: "Promisc: Interface eth0 set on" }] },
    { name: "switched off", events: [{ summary: "Promisc: Interface eth0 set promiscuous off" }] },
    { name: "an interface of a container", events: [{ details: { dev: "veth12ab" } }] },
  ],
});
