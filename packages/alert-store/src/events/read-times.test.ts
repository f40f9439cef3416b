import { parseEventJson } from "@mozdef/event-intake";
import { describe, expect, it } from "vitest";
import { readTimes } from "./read-times.ts";

const receivedAt = new Date("2026-11-28T10:00:00Z");

describe("the times of an event", () => {
  it("that cannot be read stay under another name", () => {
    const times = { utctimestamp: "05/06/2026 10:00", timestamp: { a: 1 }, receivedtimestamp: null, summary: "x" };
    expect(readTimes(times, receivedAt)).toEqual({
      sender_utctimestamp: "05/06/2026 10:00",
      sender_timestamp: '{"a":1}',
      summary: "x",
    });
  });

  it("are not touched when the store reads them", () => {
    const event = { utctimestamp: "2026-11-28T05:50:00+00:00" };
    expect(readTimes(event, receivedAt)).toBe(event);
  });

  it("keep their digits on the way in", () => {
    const event = parseEventJson('{"utctimestamp":1795840000123456789}') as Record<string, unknown>;
    expect(readTimes(event, receivedAt)).toEqual({ utctimestamp: "2026-11-28T04:26:40.123Z" });
  });
});
