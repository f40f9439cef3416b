import { describe, expect, it } from "vitest";
import { checkEvent } from "./check-event.ts";

const nested = (levels: number): unknown => (levels === 0 ? 1 : { a: nested(levels - 1) });

describe("checkEvent", () => {
  it("lets an event pass", () => expect(checkEvent({ line: 1, value: { a: 1 } }, 100)).toBeUndefined());

  it("keeps a refusal", () => {
    const refusal = { line: 3, code: "BODY_INVALID", reason: "not JSON" };
    expect(checkEvent(refusal, 100)).toBe(refusal);
  });

  it("counts the bytes of the event, inclusive", () => {
    const value = { a: "ü".repeat(46) }; // 8 bytes of JSON around 92 of text
    expect(checkEvent({ line: 1, value }, 100)).toBeUndefined();
    expect(checkEvent({ line: 1, value }, 99)?.reason).toBe("it has 100 bytes, the limit is 99 (limits.eventBytes)");
  });

  it("stops at twenty levels", () => {
    expect(checkEvent({ line: 1, value: nested(20) }, 1_000)).toBeUndefined();
    expect(checkEvent({ line: 7, value: nested(21) }, 1_000)).toMatchObject({ line: 7, code: "EVENT_INVALID" });
  });

  it("survives nesting without end", () => {
    const value = JSON.parse(`${"[".repeat(100_000)}${"]".repeat(100_000)}`) as unknown;
    expect(checkEvent({ line: 1, value }, 1_000_000)?.reason).toBe("it is nested deeper than 20 levels");
  });
});
