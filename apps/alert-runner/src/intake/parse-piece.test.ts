import { describe, expect, it } from "vitest";
import { parsePiece } from "./parse-piece.ts";

const parse = (text: string | Buffer, limits = {}) => {
  const body = Buffer.from(text);
  const piece = { line: 7, start: 0, end: body.length };
  return parsePiece(body, piece, { eventBytes: 1_000_000, keyBytes: 32, ...limits });
};
const nested = (levels: number): string => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;

describe("parsePiece", () => {
  it.each(["9223372036854775807", "0.12345678901234567890", "1e400"])("keeps all digits of %s", (number) => {
    expect(JSON.stringify(parse(`{"a":[${number}]}`))).toContain(`{"a":[${number}]}`);
    const key = "k".repeat(100);
    expect(JSON.stringify(parse(`{"${key}":1,"a":${number}}`))).toContain(`"a":${number}`);
  });

  it("reads a value", () => expect(parse('{"a":1}')).toEqual({ line: 7, value: { a: 1 }, damage: [] }));

  it("says why it is not JSON", () => {
    expect(parse('{"a":')).toMatchObject({
      line: 7,
      code: "BODY_INVALID",
      reason: expect.stringMatching(/^not JSON: /),
    });
    expect(parse(`x${"y".repeat(10_000)}`)).toMatchObject({ reason: expect.stringMatching(/^[^]{1,300}$/) });
  });

  it("keeps __proto__ a key like any other", () => {
    const parsed = parse('{"__proto__":{"admin":true}}');
    expect(JSON.stringify(parsed)).toContain('{"__proto__":{"admin":true}}');
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  it("counts the bytes as they are sent, inclusive", () => {
    const text = JSON.stringify({ a: "ü".repeat(46) }); // 8 bytes of JSON around 92 of text
    expect(parse(text, { eventBytes: 100 })).toMatchObject({ value: {} });
    expect(parse(text, { eventBytes: 99 })).toMatchObject({
      code: "EVENT_TOO_LARGE",
      reason: "it has 100 bytes, the limit is 99 (limits.eventBytes)",
    });
  });

  it.each([nested, (levels: number) => JSON.stringify(nested(levels))])("stops at twenty levels: %#", (make) => {
    expect(parse(make(20))).toMatchObject({ value: { a: { a: {} } } });
    expect(parse(make(21))).toEqual({ line: 7, code: "EVENT_TOO_DEEP", reason: "it is nested deeper than 20 levels" });
    expect(parse(make(10_000))).toMatchObject({ code: "EVENT_TOO_DEEP" });
  });

  it("does not take brackets in texts for levels", () => {
    expect(parse(JSON.stringify({ a: `"${"[{".repeat(50)}` }))).toMatchObject({ damage: [] });
  });

  it("reads JSON that was encoded twice, and not thrice", () => {
    expect(parse(JSON.stringify('{"a":1}'))).toEqual({ line: 7, value: { a: 1 }, damage: [] });
    expect(parse(JSON.stringify(JSON.stringify('{"a":1}')))).toMatchObject({ code: "EVENT_INVALID" });
    expect(parse('"text"')).toMatchObject({ code: "BODY_INVALID" });
  });

  it("keeps an event with bytes that are not UTF-8, and says so", () => {
    const latin1 = Buffer.from('{"a":"M\xFCller"}', "latin1");
    expect(parse(latin1)).toEqual({ line: 7, value: { a: "M\uFFFDller" }, damage: ["encoding"] });
  });

  it("cuts long names, at whole characters, so that they stay apart", () => {
    const long = "\u00fc".repeat(40);
    const parsed = parse(JSON.stringify({ [`${long}1`]: 1, [`${long}2`]: [{ [long]: 2 }], short: 3 }));
    expect(parsed).toMatchObject({ damage: ["key"], value: { short: 3 } });
    const keys = Object.keys((parsed as { value: object }).value);
    expect(keys).toHaveLength(3);
    for (const key of keys) expect(Buffer.byteLength(key)).toBeLessThanOrEqual(32);
    expect(keys[0]).toMatch(/^\u00fc{7}~[0-9a-f]{16}$/);
  });

  it("looks at names as they are written: a long text is not one", () => {
    expect(parse(JSON.stringify({ a: "x".repeat(100) }))).toMatchObject({ damage: [] });
  });
});
