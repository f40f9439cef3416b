import { describe, expect, it } from "vitest";
import { HttpError } from "../http/http-error.ts";
import { parseLines } from "./parse-lines.ts";

const parse = (text: string) => parseLines(Buffer.from(text));

describe("parseLines", () => {
  it("takes one object, on any number of lines", () => {
    expect(parse('{\n "a": 1\n}\n')).toEqual([{ line: 1, value: { a: 1 } }]);
  });

  it("takes a list as its elements", () => {
    expect(parse('[{"a":1},2]')).toEqual([
      { line: 1, value: { a: 1 } },
      { line: 2, value: 2 },
    ]);
  });

  it("takes one value a line and keeps the numbers of the lines", () => {
    expect(parse('{"a":1}\r\n\n{"a":2}\n')).toEqual([
      { line: 1, value: { a: 1 } },
      { line: 3, value: { a: 2 } },
    ]);
  });

  it("refuses a broken line by itself", () => {
    const [first, second, third] = parse('{"a":1}\n{"a":\n{"a":3}');
    expect(first).toEqual({ line: 1, value: { a: 1 } });
    expect(second).toMatchObject({ line: 2, code: "BODY_INVALID", reason: expect.stringMatching(/^not JSON: /) });
    expect(third).toEqual({ line: 3, value: { a: 3 } });
  });

  it("ignores a byte order mark", () => expect(parse('\uFEFF{"a":1}')).toEqual([{ line: 1, value: { a: 1 } }]));

  it("keeps __proto__ a key like any other", () => {
    const [parsed] = parse('{"__proto__":{"admin":true}}');
    expect(JSON.stringify(parsed)).toBe('{"line":1,"value":{"__proto__":{"admin":true}}}');
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  it.each(["", " \n\t "])("refuses the empty body %j", (text) => {
    expect(() => parse(text)).toThrow(
      new HttpError("BODY_EMPTY", "The body is empty. Expected: one JSON object, a list of them, or one a line."),
    );
  });

  it.each(["{", "hello", "{\n}\n}"])("refuses a body with no JSON at all: %j", (text) => {
    expect(() => parse(text)).toThrow(expect.objectContaining({ code: "BODY_INVALID" }));
  });

  it("does not repeat a long body in its message", () => {
    expect(() => parse(`x${"y".repeat(10_000)}`)).toThrow(
      expect.objectContaining({ message: expect.stringMatching(/^[^]{1,300}$/) }),
    );
  });
});
