import { describe, expect, it } from "vitest";
import { JsonNumber, parseJson } from "./json.ts";
import { locate } from "./locate.ts";
import { Double, RawJson, writeDouble, writeJson } from "./write-json.ts";

describe("parseJson", () => {
  it.each(["1.0", "1e3", "-0", "12345678901234567890", "0.10", "1.23456789012345678"])(
    "keeps %s as it is written",
    (text) => {
      expect(writeJson(parseJson(`{"a":[${text}]}`))).toBe(`{"a":[${text}]}`);
      expect(parseJson(text)).toBeInstanceOf(JsonNumber);
    },
  );

  it("leaves numbers plain that print back the same", () => {
    expect(parseJson('[1,-2.5,1234567890123,"1.0"]')).toEqual([1, -2.5, 1_234_567_890_123, "1.0"]);
  });

  it("takes __proto__ as a key like any other", () => {
    const json = parseJson('{"__proto__":{"x":1.0}}') as object;
    expect(Object.keys(json)).toEqual(["__proto__"]);
    expect("x" in json).toBe(false);
    expect(writeJson(json)).toBe('{"__proto__":{"x":1.0}}');
  });
});

describe("writeJson", () => {
  it("writes doubles as Java does", () => {
    expect([0, 1, -2.5, 1e7, 12_345_678, 0.001, 0.0001, -0].map(writeDouble)).toEqual(
      ["0.0", "1.0", "-2.5", "1.0E7", "1.2345678E7", "0.001", "1.0E-4", "-0.0"], // as Double.toString
    );
  });

  it("leaves out what is undefined and copies what is JSON already", () => {
    expect(writeJson({ a: undefined, b: new RawJson("[ 1 ]"), c: new Double(2), d: 9n })).toBe(
      '{"b":[ 1 ],"c":2.0,"d":9}',
    );
  });
});

describe("locate", () => {
  const text = '{"a": [1, {"b": "}"}],\n "c": 2}';

  it("finds where a value starts, over strings and lines", () => {
    expect(locate(text, ["a", 1, "b"])).toEqual({ line: 1, column: 17 });
    expect(locate(text, ["c"])).toEqual({ line: 2, column: 7 });
  });

  it("finds a key, the last character and what follows", () => {
    expect(locate(text, ["c"], "key")).toEqual({ line: 2, column: 2 });
    expect(locate(text, ["a"], "last")).toEqual({ line: 1, column: 21 });
    expect(locate(text, ["a", 0], "end")).toEqual({ line: 1, column: 9 });
  });
});
