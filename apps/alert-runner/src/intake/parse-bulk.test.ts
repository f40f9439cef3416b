import { describe, expect, it } from "vitest";
import { type BulkItem, BulkReader } from "./parse-bulk.ts";
import type { Parsed } from "./parse-piece.ts";

const parsedOf = (value: unknown, index: number): Parsed =>
  value === "{broken"
    ? { line: index + 1, code: "BODY_INVALID", reason: "not JSON" }
    : { line: index + 1, value, damage: [] };

/** Slices of one value each: what belongs together may be cut apart anywhere. */
const parse = (...values: unknown[]) => {
  const reader = new BulkReader();
  const items = values.flatMap((value, index) => reader.read([parsedOf(value, index)]));
  return [...items, ...reader.end()].map(flat);
};

const flat = ({ parsed, ...item }: BulkItem) => {
  if ("reason" in parsed) return { ...item, ...parsed };
  return { ...item, line: parsed.line, value: parsed.value };
};

describe("BulkReader", () => {
  it("joins each action with the document after it", () => {
    expect(parse({ index: { _index: "logs", _id: "1" } }, { a: 1 }, { create: {} }, { a: 2 })).toEqual([
      { action: "index", id: "1", line: 2, value: { a: 1 } },
      { action: "create", line: 4, value: { a: 2 } },
    ]);
  });

  it("takes documents without actions, also among others", () => {
    expect(parse({ a: 1 }, { index: {} }, { a: 2 }, { a: 3 })).toEqual([
      { action: "index", line: 1, value: { a: 1 } },
      { action: "index", line: 3, value: { a: 2 } },
      { action: "index", line: 4, value: { a: 3 } },
    ]);
  });

  it("takes what follows an action as a document, whatever it looks like", () => {
    expect(parse({ index: {} }, { create: {} })).toEqual([{ action: "index", line: 2, value: { create: {} } }]);
  });

  it("takes an object as a document when it only begins like an action", () => {
    expect(parse({ index: { a: 1 }, summary: "x" })).toEqual([
      { action: "index", line: 1, value: { index: { a: 1 }, summary: "x" } },
    ]);
    expect(parse({ index: "x" })).toEqual([{ action: "index", line: 1, value: { index: "x" } }]);
  });

  it("refuses delete and update by themselves", () => {
    const items = parse({ delete: { _id: "1" } }, { update: { _id: "2" } }, { doc: {} }, { index: {} }, { a: 1 });
    expect(items).toMatchObject([
      { action: "delete", id: "1", line: 1, code: "EVENT_INVALID" },
      { action: "update", id: "2", line: 2, code: "EVENT_INVALID" },
      { action: "index", line: 5, value: { a: 1 } },
    ]);
  });

  it("refuses an action without a document", () => {
    expect(parse({ index: {} }, { a: 1 }, { index: {} })[1]).toMatchObject({
      line: 3,
      reason: 'the document is missing: the body ends after the action "index"',
    });
  });

  it("keeps the place of a broken document", () => {
    const items = parse({ index: {} }, "{broken", { index: {} }, { a: 2 });
    expect(items).toMatchObject([
      { action: "index", line: 2, code: "BODY_INVALID" },
      { action: "index", line: 4, value: { a: 2 } },
    ]);
  });
});
