import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { factsOf } from "./text-facts.ts";

const losesDigits = (text: string): boolean => factsOf(text).losesDigits;

describe("factsOf", () => {
  it.each(["1.0", "1e3", "-0", "[1,12345678901234567890]", '{"a":0.10}', '{"a": 1E2 }', '{"a":"\\\\","b":1.50}'])(
    "sees what JavaScript prints in another way: %s",
    (text) => expect(losesDigits(text)).toBe(true),
  );

  it.each(["1", "-1.5", '{"a":"1.0"}', '["\\"1.0",2]', '{"1.0":[0,-7]}', '"open 1.0', '{"t":"00:00:00.000000+00:00"}'])(
    "is content with what it prints back: %s",
    (text) => expect(losesDigits(text)).toBe(false),
  );

  it("is content with everything that JavaScript has written", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(losesDigits(JSON.stringify(value))).toBe(false);
      }),
    );
  });

  it.each([
    ['{"a":1,"a":{"b" : ":"}}', { keys: 3, depth: 2 }],
    ['[[],[{"a":[]}],"]["]', { keys: 1, depth: 4 }],
    ['"\\"{:"', { keys: 0, depth: 0 }],
  ])("counts keys and depth: %s", (text, facts) => {
    expect(factsOf(text)).toMatchObject(facts);
  });
});
