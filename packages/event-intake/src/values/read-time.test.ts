import { describe, expect, it } from "vitest";
import { parseEventJson } from "./parse-event-json.ts";
import { readTime } from "./read-time.ts";
import { readTimes } from "./read-times.ts";

describe("a time", () => {
  it.each([
    "2026-11-28",
    "2026-11-28T05:50Z",
    "2026-11-28T05:50:00+00:00",
    "2026-11-28T05:50:00.123456789Z",
    "2026-11-28T05:50:00,5",
  ])("%s is left to the store", (text) => {
    expect(readTime(text)).toBe(text);
  });

  it.each([
    [1_795_840_000, "2026-11-28T04:26:40.000Z"],
    ["1795840000", "2026-11-28T04:26:40.000Z"],
    [1_795_840_000.5, "2026-11-28T04:26:40.500Z"],
    [1_795_840_000_123, "2026-11-28T04:26:40.123Z"],
    ["1795840000123456", "2026-11-28T04:26:40.123Z"],
    ["1795840000123456789", "2026-11-28T04:26:40.123Z"],
    ["2026-01-05 10:00:00", "2026-01-05T10:00:00.000Z"],
    ["2026-01-05 10:00:00,250", "2026-01-05T10:00:00.250Z"],
    ["2026-01-05 10:00:00 +0100", "2026-01-05T09:00:00.000Z"],
    ["2026-01-05t10:00:00z", "2026-01-05T10:00:00.000Z"],
    ["28/Nov/2026:05:50:00 +0100", "2026-11-28T04:50:00.000Z"],
    ["Sat, 28 Nov 2026 05:50:00 +0000", "2026-11-28T05:50:00.000Z"],
  ])("%j is %s", (value, time) => {
    expect(readTime(value)).toBe(time);
  });

  it("keeps its digits on the way in", () => {
    const event = parseEventJson('{"utctimestamp":1795840000123456789}') as Record<string, unknown>;
    expect(readTimes(event)).toEqual({ utctimestamp: "2026-11-28T04:26:40.123Z" });
  });

  it.each([
    "Nov 28 05:50:00",
    "05/06/2026 10:00",
    "yesterday",
    "-",
    "2026-02-30",
    "2026-13-01T00:00:00Z",
    -5,
    20_261_128,
    true,
    {},
    [],
  ])("%j is not a time", (value) => {
    expect(readTime(value)).toBeNull();
  });
});

describe("the times of an event", () => {
  it("that cannot be read stay under another name", () => {
    expect(
      readTimes({ utctimestamp: "Nov 28 05:50:00", timestamp: { a: 1 }, receivedtimestamp: null, summary: "x" }),
    ).toEqual({
      sender_utctimestamp: "Nov 28 05:50:00",
      sender_timestamp: '{"a":1}',
      summary: "x",
    });
  });

  it("are not touched when the store reads them", () => {
    const event = { utctimestamp: "2026-11-28T05:50:00+00:00" };
    expect(readTimes(event)).toBe(event);
  });
});
