import { at, describeAlert } from "@mozdef/alert-testing/vitest";
import { AlertHelloWorld } from "./alert-hello-world.ts";

describeAlert(AlertHelloWorld, {
  // Merged under every event, and under every expected alert.
  event: { category: "helloworld" },
  alert: { category: "helloworld", tags: ["hello"], severity: "WARNING" },
  fires: [
    { name: "no event at all", alert: { summary: "Hello world: no event for 20 minutes" } },
    {
      name: "another category",
      events: [{ category: "bad" }],
      alert: { summary: "Hello world: no event for 20 minutes" },
    },
    {
      name: "the last event is a second older than the window",
      events: at("-20m1s").once(),
      alert: { summary: "Hello world: no event for 20 minutes" },
    },
  ],
  silent: [
    { name: "an event now", events: [{}] },
    { name: "an event exactly 20 minutes ago, the edge of the window", events: at("-20m").once() },
  ],
});
