import { expect, it } from "vitest";
import { ALL_FLAGS } from "../recipe/simple-query-flags.ts";
import { parseSimpleQuery } from "./simple-query-parser.ts";

/** Shows how a text is read, fully in parentheses. */
const shown = (text: string): string | undefined =>
  parseSimpleQuery<string>(
    text,
    { flags: ALL_FLAGS, defaultOperation: "should" },
    {
      leaf: (leaf) => `${leaf.kind}:${leaf.text}`,
      not: (built) => `not ${built}`,
      join: (first) => `(${first})`,
      add: (joined, next, operation) => `${joined} ${operation} ${next}`,
    },
  );

it("starts anew where the operator changes", () => {
  expect(shown("a + b + c | d")).toBe("((words:a) must words:b must words:c) should words:d");
});

it.each(["(", "(".repeat(200_000), '"'.repeat(200_001), `${"(\\".repeat(100_000)})`, "a~".repeat(100_000)])(
  "reads a hostile text in time (%#)",
  (text) => {
    expect(() => shown(text)).not.toThrow();
  },
);

it.each([`${"(".repeat(5_000)}x${")".repeat(5_000)}`, "a+b|".repeat(5_000)])(
  "refuses what is too deep (%#)",
  (text) => {
    expect(() => shown(text)).toThrow("simple_query_string");
  },
);
