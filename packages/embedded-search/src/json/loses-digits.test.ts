import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { losesDigits } from "./loses-digits.ts";

describe("losesDigits", () => {
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
});
