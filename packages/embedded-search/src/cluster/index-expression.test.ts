import { describe, expect, it } from "vitest";
import { resolveExpression } from "./index-expression.ts";

const names = {
  indices: ["events-1", "events-2", "alerts-1", "plain"],
  aliases: new Map([
    ["events", ["events-1", "events-2"]],
    ["alerts", ["alerts-1"]],
  ]),
};
const lenient = { ignoreUnavailable: false, allowNoIndices: true, expand: "open" as const };
const resolve = (expression: string, options = {}): string[] =>
  resolveExpression(expression, names, { ...lenient, ...options }).map(({ index }) => index);

describe("index expressions", () => {
  it.each([
    ["", ["alerts-1", "events-1", "events-2", "plain"]],
    ["_all", ["alerts-1", "events-1", "events-2", "plain"]],
    ["events", ["events-1", "events-2"]],
    ["events-*,-events-1", ["events-2"]],
    ["plain,events-2", ["events-2", "plain"]],
    ["al*", ["alerts-1"]],
    ["nope*", []],
  ])("%j", (expression, expected) => expect(resolve(expression)).toEqual(expected));

  it("name what is missing", () => {
    expect(() => resolve("plain,nope")).toThrow("no such index [nope]");
    expect(() => resolve("nope*", { allowNoIndices: false })).toThrow("no such index [nope*]");
    expect(resolve("plain,nope", { ignoreUnavailable: true })).toEqual(["plain"]);
  });

  it("remember the aliases that led to an index, unless it was named itself", () => {
    expect(resolveExpression("events,alerts,events-1", names, lenient)).toEqual([
      { index: "alerts-1", aliases: ["alerts"] },
      { index: "events-1", aliases: undefined },
      { index: "events-2", aliases: ["events"] },
    ]);
  });
});
