import { at, describeAlert, repeat } from "@mozdef/alert-testing/vitest";
import { AlertHelloWorld } from "./alert-hello-world.ts";

describeAlert(AlertHelloWorld, {
  // Merged under every event, and under every expected alert.
  event: { category: "helloworld", details: { sourceipaddress: "192.0.2.7" } },
  alert: { category: "helloworld", tags: ["hello"], severity: "WARNING" },
  fires: [
    {
      name: "three times as many as are usual, the edge of window and baseline",
      events: [at("-4h20m").every("0s", 48), at("-20m").every("0s", 12)],
      alert: { summary: "Hello world: 12 hits by 192.0.2.7, usual are 4" },
      covers: 12,
      embeds: 10,
    },
    {
      name: "ten where nothing was before, the threshold",
      events: repeat(10),
      alert: { summary: "Hello world: 10 hits by 192.0.2.7, usual are 0" },
    },
    {
      name: "two values of details.sourceipaddress, an alert for each",
      events: [repeat(10), repeat(10, { details: { sourceipaddress: "192.0.2.8" } })],
      alerts: [
        { summary: "Hello world: 10 hits by 192.0.2.7, usual are 0" },
        { summary: "Hello world: 10 hits by 192.0.2.8, usual are 0" },
      ],
    },
  ],
  silent: [
    { name: "another category", events: repeat(10, { category: "bad" }) },
    { name: "no value of details.sourceipaddress", events: repeat(10, { details: { sourceipaddress: null } }) },
    { name: "nine, one below the threshold", events: repeat(9) },
    { name: "a little less than three times", events: [at("-2h").every("0s", 48), repeat(11)] },
    { name: "many fewer than before", events: at("-2h").every("0s", 240) },
    { name: "a second older than the window", events: at("-20m1s").every("0s", 10) },
  ],
});
