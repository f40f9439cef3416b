import { at, describeAlert, repeat } from "@mozdef/alert-testing/vitest";
import { AlertHelloWorld } from "./alert-hello-world.ts";

/** What the events that are not meant have in the place of what is. */
const unlike = { details: { status: "success" } };

describeAlert(AlertHelloWorld, {
  // Merged under every event, and under every expected alert.
  event: { category: "helloworld", details: { sourceipaddress: "192.0.2.7", status: "failure" } },
  alert: { category: "helloworld", tags: ["hello"], severity: "WARNING" },
  fires: [
    {
      name: "half of the fewest that count, the edge of the window",
      events: [at("-20m").every("0s", 5), at("-20m").every("0s", 5, unlike)],
      alert: { summary: "Hello world: 5 of 10 events by 192.0.2.7" },
      covers: 5,
    },
    {
      name: "more events than an alert carries",
      events: repeat(11),
      alert: { summary: "Hello world: 11 of 11 events by 192.0.2.7" },
      embeds: 10,
    },
    {
      name: "two values of details.sourceipaddress, an alert for each",
      events: [repeat(10), repeat(10, { details: { sourceipaddress: "192.0.2.8" } })],
      alerts: [
        { summary: "Hello world: 10 of 10 events by 192.0.2.7" },
        { summary: "Hello world: 10 of 10 events by 192.0.2.8" },
      ],
    },
  ],
  silent: [
    { name: "another category", events: repeat(10, { category: "bad" }) },
    { name: "no value of details.sourceipaddress", events: repeat(10, { details: { sourceipaddress: null } }) },
    { name: "a little less than half", events: [repeat(5), repeat(6, unlike)] },
    { name: "nine in all, too few to say", events: repeat(9) },
    { name: "none of those that are meant", events: repeat(10, unlike) },
    { name: "a second older than the window", events: at("-20m1s").every("0s", 10) },
  ],
});
