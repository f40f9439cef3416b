import { expectTypeOf, test } from "vitest";
import type { EventSource, Hit } from "./event.ts";
import { valueAt } from "./value-at.ts";

declare const hit: Hit;
declare const event: EventSource;
declare const anything: unknown;

test("reads events, and whatever else has fields", () => {
  expectTypeOf(valueAt(hit._source, "details.user")).toBeUnknown();
  expectTypeOf(valueAt(event, "details.user")).toBeUnknown();
  expectTypeOf(valueAt({ details: { user: "ada" } }, "details.user")).toBeUnknown();
  expectTypeOf(valueAt(anything, "details.user")).toBeUnknown();
});

test("refuses the hit around an event", () => {
  // @ts-expect-error It is hit._source that has fields.
  valueAt(hit, "details.user");
});
