import { describe, expect, it } from "vitest";
import type { Parser } from "./event/parser.ts";
import { readEvent, readEvents } from "./read-event.ts";

const receivedAt = new Date("2026-05-04T12:00:00Z");
const parser = (parse: Parser["parse"]): Parser => ({ name: "own", recognise: () => true, parse });

describe("readEvents", () => {
  it("keeps the event, and says so, when a parser throws", () => {
    const throws = parser(() => {
      throw new Error("not today");
    });
    const failed = { code: "PARSER_FAILED", field: "own", message: "It failed: not today" };
    for (const input of ["a line", { summary: "a line" }]) {
      const { event, notes, parsers } = readEvent(input, { receivedAt, parsers: [throws] });
      expect(event.summary).toBe("a line");
      expect(notes).toContainEqual(failed);
      expect(parsers).not.toContain("own");
    }
  });

  it("keeps the event when a parser finds nothing in it", () => {
    for (const nothing of [null, []])
      expect(readEvents("a line", { receivedAt, parsers: [parser(() => nothing)] })).toHaveLength(1);
  });

  it("adds tags of a parser to those of the shipper", () => {
    const tagged = parser(({ text }) => (text === "" ? null : { tags: ["own", "both"] }));
    const { event } = readEvent({ summary: "a line", tags: ["both", "shipper"] }, { receivedAt, parsers: [tagged] });
    expect(event.tags).toEqual(["both", "shipper", "own"]);
  });

  it("reads an address of IPv4 in one of IPv6 as the former", () => {
    const { details } = readEvent({ details: { sourceipaddress: "::ffff:203.0.113.5" } }, { receivedAt }).event;
    expect(details).toMatchObject({ sourceipaddress: "203.0.113.5", sourceipv4address: "203.0.113.5" });
  });
});
