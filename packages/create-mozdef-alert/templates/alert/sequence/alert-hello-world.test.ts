import { at, describeAlert } from "@mozdef/alert-testing/vitest";
import { AlertHelloWorld } from "./alert-hello-world.ts";

/** What the other step has in the place of what the first one has. */
const then = { details: { status: "success" } };

describeAlert(AlertHelloWorld, {
  // Merged under every event, and under every expected alert.
  event: { category: "helloworld", details: { sourceipaddress: "192.0.2.7", status: "failure" } },
  alert: { category: "helloworld", tags: ["hello"], severity: "WARNING" },
  fires: [
    {
      name: "the first step five times, then the other, as late as may be",
      events: [at("-40m").every("0s", 5), at("-20m").once(then)],
      alert: { summary: "Hello world: both steps by 192.0.2.7 in 6 events" },
      embeds: 6,
    },
    {
      name: "two values of details.sourceipaddress, an alert for each",
      events: [
        at("-60s").every("1s", 5),
        at("-60s").every("1s", 5, { details: { sourceipaddress: "192.0.2.8" } }),
        at("-30s").once(then),
        at("-30s").once({ details: { status: "success", sourceipaddress: "192.0.2.8" } }),
      ],
      alerts: [
        { summary: "Hello world: both steps by 192.0.2.7 in 6 events" },
        { summary: "Hello world: both steps by 192.0.2.8 in 6 events" },
      ],
    },
  ],
  silent: [
    {
      name: "another category first",
      events: [at("-60s").every("1s", 5, { category: "bad" }), at("-30s").once(then)],
    },
    {
      name: "another category then",
      events: [at("-60s").every("1s", 5), at("-30s").once({ category: "bad", details: { status: "success" } })],
    },
    {
      name: "no value of details.sourceipaddress",
      events: [
        at("-60s").every("1s", 5, { details: { sourceipaddress: null } }),
        at("-30s").once({ details: { status: "success", sourceipaddress: null } }),
      ],
    },
    {
      name: "the other step of another value of details.sourceipaddress",
      events: [
        at("-60s").every("1s", 5),
        at("-20s").once({ details: { status: "success", sourceipaddress: "192.0.2.8" } }),
      ],
    },
    {
      name: "something else first",
      events: [at("-60s").every("1s", 5, { details: { status: "neither" } }), at("-30s").once(then)],
    },
    {
      name: "something else then",
      events: [at("-60s").every("1s", 5), at("-30s").once({ details: { status: "neither" } })],
    },
    { name: "the first step four times", events: [at("-60s").every("1s", 4), at("-30s").once(then)] },
    { name: "the other step before", events: [at("-60s").every("1s", 5), at("-90s").once(then)] },
    { name: "a minute too late", events: [at("-41m").every("0s", 5), at("-20m").once(then)] },
  ],
});
