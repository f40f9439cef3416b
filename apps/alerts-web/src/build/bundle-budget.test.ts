import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { type BuiltFile, overBudget } from "./bundle-budget.ts";

/** Random bytes stay as many when they are packed, or a few more. */
const file = (name: string, bytes: number, isFirst: boolean): BuiltFile => ({
  ...{ name, content: randomBytes(bytes), isFirst },
});

const budget = { first: 2_500, page: 1_500 };

it("adds up what the first page waits for, and looks at each of the others", () => {
  expect(
    overBudget([file("a.js", 1_200, true), file("b.css", 1_200, true), file("c.js", 1_400, false)], budget),
  ).toEqual([]);
  expect(overBudget([file("a.js", 1_300, true), file("b.css", 1_300, true)], budget)).toEqual([
    expect.stringMatching(/^What the first page waits for has 2\d{3} bytes/),
  ]);
  expect(overBudget([file("c.js", 1_600, false), file("d.js", 1_000, false)], budget)).toEqual([
    expect.stringMatching(/^c\.js has 1\d{3} bytes after gzip\. Expected: at most 1500\.$/),
  ]);
});
