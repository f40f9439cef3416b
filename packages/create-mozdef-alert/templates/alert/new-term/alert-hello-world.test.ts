import { ago, at, describeAlert, repeat } from "@mozdef/alert-testing/vitest";
import { AlertHelloWorld } from "./alert-hello-world.ts";

const before = (time: Parameters<typeof ago>[0]) => ({ utctimestamp: ago(time), receivedtimestamp: ago(time) });

describeAlert(AlertHelloWorld, {
  // Merged under every event, and under every expected alert.
  event: { category: "helloworld", details: { sourceipaddress: "192.0.2.7" } },
  alert: { category: "helloworld", tags: ["hello"], severity: "WARNING" },
  fires: [
    { name: "one event", events: [{}], alert: { summary: "Hello world: 192.0.2.7 for the first time" } },
    {
      name: "more events than an alert carries",
      events: repeat(11),
      alert: { summary: "Hello world: 192.0.2.7 for the first time" },
      embeds: 10,
    },
    {
      name: "a value beside one that is known",
      events: [before({ days: 3 }), {}, { details: { sourceipaddress: "192.0.2.8" } }],
      alert: { summary: "Hello world: 192.0.2.8 for the first time" },
      covers: 1,
    },
    {
      name: "a value that was seen longer ago than the history",
      events: [before({ days: 14, minutes: 20, seconds: 1 }), {}],
      alert: { summary: "Hello world: 192.0.2.7 for the first time" },
      covers: 1,
    },
    {
      name: "exactly 20 minutes old, the edge of the window",
      events: at("-20m").once(),
      alert: { summary: "Hello world: 192.0.2.7 for the first time" },
    },
  ],
  silent: [
    { name: "another category", events: repeat(10, { category: "bad" }) },
    { name: "no value of details.sourceipaddress", events: [{ details: { sourceipaddress: null } }] },
    { name: "a value that was seen 14 days before the window", events: [before({ days: 14, minutes: 20 }), {}] },
    { name: "a second older than the window", events: at("-20m1s").once() },
  ],
});
