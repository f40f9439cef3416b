import type { Delivery } from "@mozdef/alert-api";
import { expect, it } from "vitest";
import { deliverySentence } from "./delivery-sentence.ts";

const delivery: Delivery = {
  ...{ id: "a", target: "soc", status: "done", alert: "x", name: "AlertX", utctimestamp: "2026-01-01T00:00:00+00:00" },
  ...{ event: "trigger", route: null, group: null, escalation: false, times: 1, sentAt: "2026-01-01T00:00:01Z" },
  ...{ reason: null, attempts: 1, nextAt: "2026-01-01T00:00:00Z", firstAt: null, error: null },
};

it.each<[Partial<Delivery>, string]>([
  [{}, "soc was sent the alert at 2026-01-01 00:00:01 UTC."],
  [{ attempts: 3 }, "soc was sent the alert at 2026-01-01 00:00:01 UTC. It took 3 attempts."],
  [{ times: 22 }, "soc was sent the alert at 2026-01-01 00:00:01 UTC, for the 22nd time."],
  [
    { times: 11, reason: "the alert was closed before" },
    "soc was sent the alert at 2026-01-01 00:00:01 UTC, for the 11th time. It is not sent again: the alert was closed before.",
  ],
  [
    { event: "resolve", route: "\u202enight" },
    "soc was told that it is over at 2026-01-01 00:00:01 UTC. The route \\u202enight leads there.",
  ],
  [
    { status: "muted", reason: "silence of ann: scan." },
    "soc was not sent the alert, as was decided at 2026-01-01 00:00:00 UTC: silence of ann: scan.",
  ],
  [
    { status: "dead", attempts: 8, error: "503", firstAt: "2026-01-01T00:00:00Z" },
    "soc was not sent the alert: it was given up after 8 attempts, the first at 2026-01-01 00:00:00 UTC. The last one failed: 503.",
  ],
  [
    { status: "dead", error: null },
    "soc was not sent the alert: it was given up after 1 attempt. Nothing is known of why the last one failed.",
  ],
  [
    { status: "pending", escalation: true },
    "soc is to be sent the alert at 2026-01-01 00:00:00 UTC, unless somebody takes note of it before.",
  ],
  [
    { status: "pending", event: "acknowledge", attempts: 2, error: "timed out", reason: "limit of 5 an hour" },
    "soc is to be told that it was acknowledged at 2026-01-01 00:00:00 UTC. Attempt 2 failed: timed out. It was put off: limit of 5 an hour.",
  ],
])("says of %o: %s", (change, sentence) => expect(deliverySentence({ ...delivery, ...change })).toBe(sentence));
