import { at, describeAlert, repeat } from "@mozdef/alert-testing/vitest";
import { AlertHelloWorld } from "./alert-hello-world.ts";

describeAlert(AlertHelloWorld, {
  // Merged under every event, and under every expected alert.
  event: { category: "helloworld", summary: "Something happened" },
  alert: { category: "helloworld", tags: ["hello"], severity: "WARNING" },
  fires: [
    { name: "one event", events: [{}], alert: { summary: "Hello world: Something happened" } },
    {
      name: "three events, an alert for each",
      events: repeat(3),
      alerts: repeat(3, { summary: "Hello world: Something happened" }),
    },
    {
      name: "exactly 20 minutes old, the edge of the window",
      events: at("-20m").once(),
      alert: { summary: "Hello world: Something happened" },
    },
  ],
  silent: [
    { name: "another category", events: repeat(10, { category: "bad" }) },
    { name: "a second older than the window", events: at("-20m1s").once() },
  ],
});
