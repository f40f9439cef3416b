import type { Delivery } from "@mozdef/alert-api";
import { expect, it } from "vitest";
import { outcomeOf, whatOf } from "./delivery.ts";

const delivery: Delivery = {
  ...{ id: "a", target: "soc", status: "done", alert: "x", name: "AlertX", utctimestamp: "2026-01-01T00:00:00+00:00" },
  ...{ event: "trigger", route: null, group: null, escalation: false, times: 1, sentAt: "2026-01-01T00:00:01Z" },
  ...{ reason: null, attempts: 1, nextAt: "2026-01-01T00:00:00Z", firstAt: null, error: null },
};

it.each<[Partial<Delivery>, string]>([
  [{}, "Sent 2026-01-01 00:00:01 UTC"],
  [{ times: 3 }, "Sent 2026-01-01 00:00:01 UTC, 3 times"],
  [{ status: "muted", reason: "silence by ann" }, "Not sent: silence by ann"],
  [{ status: "dead", attempts: 8, error: "503" }, "Given up after 8 attempts: 503"],
  [{ status: "pending" }, "Due 2026-01-01 00:00:00 UTC"],
  [{ status: "pending", error: "timed out", reason: "x" }, "Due 2026-01-01 00:00:00 UTC: timed out"],
])("says of %o: %s", (change, sentence) => expect(outcomeOf({ ...delivery, ...change })).toBe(sentence));

it("says what is told", () => {
  expect(whatOf({ event: "resolve", escalation: false })).toBe("that it is over");
  expect(whatOf({ event: "trigger", escalation: true })).toBe("the alert, unless somebody takes note of it");
});
