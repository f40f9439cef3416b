import { describe, expect, it } from "vitest";
import { duplicateKey } from "./duplicate-key.ts";
import { parseJson } from "./json.ts";

const found = (text: string): string | undefined => {
  const key = duplicateKey(text, parseJson(text));
  return key && `${text.slice(key.start, key.end)} at ${key.start}`;
};

describe("duplicateKey", () => {
  it.each([
    ['{"a":1,"a":2}', '"a" at 7'],
    ['{"a":{"b":1,"b":2}}', '"b" at 12'],
    ['{"a":[{"q":1},{"q":2, "q" :3}]}', '"q" at 22'],
    ['{"a":1,"\\u0061":2}', '"\\u0061" at 7'],
    ['{"a":":x","b":"\\":"}', undefined],
    ['{ "a" : 1, "b" : { "a" : 1 } }', undefined],
    ['[{"a":1},{"a":1}]', undefined],
    ['{"__proto__":1,"constructor":2}', undefined],
  ])("%s", (text, expected) => {
    expect(found(text)).toBe(expected);
  });
});
