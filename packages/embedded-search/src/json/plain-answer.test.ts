import { expect, it } from "vitest";
import { JsonNumber } from "./json.ts";
import { plainAnswer } from "./plain-answer.ts";
import { Double, RawJson, type Writable, writeJson } from "./write-json.ts";

const read = (text: string): unknown => JSON.parse(text) as unknown;

const ANSWERS: readonly Writable[] = [
  null,
  "text \ud800",
  -0,
  1e21,
  12_345_678_901_234_567_890n,
  new JsonNumber("1.10"),
  [new Double(1), new Double(-0), new Double(Number.NaN), new Double(Number.NEGATIVE_INFINITY), new Double(1e10)],
  { a: undefined, b: null, "1": [undefined, { c: true }], source: new RawJson('{"a":{"__proto__":1},"b":-0}') },
];

it.each(ANSWERS.map((answer) => [answer] as const))("is what reading its JSON gives: %s", (answer) => {
  expect(plainAnswer(answer, read)).toStrictEqual(read(writeJson(answer)));
});

it("shares nothing with the answer", () => {
  const shared = { total: 1, list: [{}] };
  const copy = plainAnswer({ first: shared, second: shared }, read) as { first: object; second: object };
  expect(copy.first).not.toBe(shared);
  expect(copy.first).not.toBe(copy.second);
});

it("leaves keys to JSON that an assignment would not keep", () => {
  expect(plainAnswer({ a: JSON.parse('{"__proto__":{}}') as object }, read)).toBeUndefined();
});
