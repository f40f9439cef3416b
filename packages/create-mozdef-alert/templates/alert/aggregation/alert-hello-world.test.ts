import { at, describeAlert, repeat } from "@mozdef/alert-testing/vitest";
import { AlertHelloWorld } from "./alert-hello-world.ts";

describeAlert(AlertHelloWorld, {
  // Merged under every event, and under every expected alert.
  event: { category: "helloworld", details: { sourceipaddress: "192.0.2.7" } },
  alert: { category: "helloworld", tags: ["hello"], severity: "WARNING" },
  fires: [
    { name: "one event", events: [{}], alert: { summary: "Hello world: 1 hit by 192.0.2.7" } },
    {
      name: "more events than an alert carries",
      events: repeat(11),
      alert: { summary: "Hello world: 11 hits by 192.0.2.7" },
      embeds: 10,
    },
    {
      name: "two values of details.sourceipaddress, an alert for each",
      events: [{}, { details: { sourceipaddress: "192.0.2.8" } }],
      alerts: [{ summary: "Hello world: 1 hit by 192.0.2.7" }, { summary: "Hello world: 1 hit by 192.0.2.8" }],
    },
    {
      name: "exactly 20 minutes old, the edge of the window",
      events: at("-20m").once(),
      alert: { summary: "Hello world: 1 hit by 192.0.2.7" },
    },
  ],
  silent: [
    { name: "another category", events: repeat(10, { category: "bad" }) },
    { name: "no value of details.sourceipaddress", events: [{ details: { sourceipaddress: null } }] },
    { name: "a second older than the window", events: at("-20m1s").once() },
  ],
});
