import { afterEach, describe, expect, it } from "vitest";
import { parseSource } from "../../packs/parse-source.ts";
import type { CodeMutant } from "./code-mutant.ts";
import { codeMutants } from "./code-mutants.ts";
import { ignoreComments } from "./ignored-lines.ts";
import { instrumented, SWITCH } from "./instrument.ts";

const parsed = (text: string) => {
  const source = parseSource({ path: "/pack/src/alert.ts", text });
  if (source === null) throw new Error("not parsed");
  return source;
};

/** What is changed in the body of a function. */
const changesOf = (body: string, before = ""): readonly string[] =>
  codeMutants(parsed(`${before}export const f = (a, b, c) => {\n${body}\n};\n`), "x.ts", 1).map(({ description }) =>
    description.replace(/^x\.ts:\d+ /, ""),
  );

/** What a module exports as `f` with one of its mutants at work. */
const loaded = async (
  text: string,
  pick: (mutant: CodeMutant) => boolean,
): Promise<(...given: unknown[]) => unknown> => {
  const source = parsed(text);
  const mutants = codeMutants(source, "x.ts", 1);
  const active = mutants.filter(pick);
  expect(active.length).toBeLessThan(2);
  Reflect.set(globalThis, Symbol.for(SWITCH), (id: number) => id === active[0]?.id);
  const code = instrumented(source, mutants);
  const module = (await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`)) as {
    readonly f: (...given: unknown[]) => unknown;
  };
  return module.f;
};

afterEach(() => Reflect.deleteProperty(globalThis, Symbol.for(SWITCH)));

describe("mutants of code", () => {
  it("swap comparisons and move the number across the other edge", () => {
    expect(changesOf("const x = a < 5; const y = 10 >= b; const z = a !== b;")).toEqual([
      "<= instead of < in `a < 5`",
      "4 instead of `5` in `a < 5`",
      "> instead of >= in `10 >= b`",
      "11 instead of `10` in `10 >= b`",
      "=== instead of !== in `a !== b`",
    ]);
    expect(changesOf("const x = a > 0.5; const y = -1 === b;")).toEqual([
      ">= instead of > in `a > 0.5`",
      "0.55 instead of `0.5` in `a > 0.5`",
      "!== instead of === in `-1 === b`",
      "0 instead of `-1` in `-1 === b`",
    ]);
  });

  it("know the numbers that the file gives names to", () => {
    expect(changesOf("const x = a <= MOST;", "const MOST = 100;\n")).toEqual([
      "< instead of <= in `a <= MOST`",
      "101 instead of `MOST` in `a <= MOST`",
    ]);
  });

  it("take conditions as always and never true, and negate them", () => {
    expect(changesOf("if (a) b(); return c.has(a) ? 1 : 2;")).toEqual([
      "negate `a`",
      "take `a` as always true",
      "take `a` as never true",
      "negate `c.has(a)`",
      "take `c.has(a)` as always true",
      "take `c.has(a)` as never true",
    ]);
    expect(changesOf("return !a;")).toEqual(["negate `!a`", "take `!a` as always true", "take `!a` as never true"]);
    expect(changesOf("while (a()) b();")).toEqual(["take `a()` as never true"]);
  });

  it("ask what lists are asked", () => {
    expect(changesOf("return a.filter((one) => one.bad).map((one) => one.name);")).toEqual([
      "negate `one.bad`",
      "take `one.bad` as always true",
      "take `one.bad` as never true",
    ]);
  });

  it("drop each of several conditions", () => {
    expect(changesOf("return a && b && c;")).toEqual([
      "drop `a` of `a && b && c`",
      "drop `b` of `a && b && c`",
      "drop `c` of `a && b && c`",
    ]);
    expect(changesOf("if (a || (b && c)) return a ?? b;")).toEqual([
      "drop `a` of `a || (b && c)`",
      "drop `b && c` of `a || (b && c)`",
      "take `a || (b && c)` as always true",
      "drop `b` of `b && c`",
      "drop `c` of `b && c`",
    ]);
  });

  it("return null instead of what hooks return, and only there", () => {
    const text = `class AlertX extends AlertTask {
      onEvent(event: Hit) { const f = () => { return 1; }; if (event) return null; return { summary: "x" }; }
      onAggregation = (group) => ({ summary: "y" });
      helper() { return { summary: "z" }; }
    }`;
    const drafts = codeMutants(parsed(text), "x.ts", 7).filter(({ description }) => description.includes("null"));
    expect(drafts.map(({ line, owner, text: code }) => [line, owner, code])).toEqual([
      [2, "AlertX", "null"],
      [3, "AlertX", "null"],
    ]);
  });

  it("leave alone what happens while a module is loaded", () => {
    expect(codeMutants(parsed("export const x = a > 1 ? 2 : 3;"), "x.ts", 1)).toEqual([]);
  });
});

describe("the code with its mutants in it", () => {
  const TEXT = `export const f = (a: number, b: readonly number[]): unknown => {
    if (a > 2 && b.some((one) => one === a)) return b.filter((one) => one < a).length;
    return a === 0 ? "none" : null;
  };`;

  it("does what it did while no mutant is at work", async () => {
    const f = await loaded(TEXT, () => false);
    expect([f(3, [3, 2, 1]), f(3, [1]), f(2, [2]), f(0, [])]).toEqual([2, null, null, "none"]);
  });

  it.each([
    [">= instead of >", [2, [2, 1]], 1],
    ["3 instead of `2`", [3, [3]], null],
    ["drop `a > 2`", [1, [1, 0]], 1],
    ["drop `b.some", [3, [1]], 1],
    ["<= instead of <", [3, [3, 1]], 2],
    ["!== instead of === in `a === 0`", [0, []], null],
    ["take `a === 0` as always true", [1, []], "none"],
  ])("does what the mutant does: %s", async (description, given, result) => {
    const f = await loaded(TEXT, (mutant) => mutant.description.includes(description));
    expect(f(...given)).toEqual(result);
  });

  it("keeps lines, and statements apart that end without a semicolon", async () => {
    const text =
      "export const f = (a, list) => {\n  const g = list\n  a > 1 && list.push(a)\n  a ? list.push(1) : null\n  return g\n}\n";
    const source = parsed(text);
    const code = instrumented(source, codeMutants(source, "x.ts", 1));
    expect(code.split("\n").findIndex((line) => line.includes("return g"))).toBe(4);
    expect((await loaded(text, () => false))(2, [])).toEqual([2, 1]);
    expect((await loaded(text, ({ description }) => description.includes("drop `a > 1`")))(0, [])).toEqual([0]);
  });
});

describe("comments that acknowledge", () => {
  it("are about their own line, or the next one with code", () => {
    const text = [
      "if (a) b(); // mozdef-mutate-ignore: types ask for it",
      "// mozdef-mutate-ignore: cannot be",
      "// Something else: if (x) y();",
      "",
      "if (c) d();",
      "// mozdef-mutate-ignore",
      "e();",
    ].join("\n");
    expect(ignoreComments(parsed(text))).toEqual([
      { line: 1, reason: "types ask for it" },
      { line: 5, reason: "cannot be" },
      { line: 7, reason: "" },
    ]);
  });
});
