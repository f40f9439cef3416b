import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import * as dsl from "@mozdef/query";
import { compileClause } from "@mozdef/query/tools";
import { openEditor } from "./typescript-service.ts";

const SOURCE = fileURLToPath(new URL("../src/", import.meta.url));
const NAMES = Object.keys(dsl);
const NOW = new Date("2026-01-01T00:00:00Z");

interface Example {
  readonly of: string;
  readonly code: string;
  readonly body: unknown;
}

/** Every example in a TSDoc comment: code, then the body that it compiles to. */
const examplesOf = (file: string): readonly Example[] => {
  const text = readFileSync(`${SOURCE}${file}`, "utf8");
  const pattern = / \* @example\n \* ```ts\n((?: \* .*\n)+?) \* ```\n(?: \*.*\n)*? \*\/\nexport const (\w+)/g;
  return [...text.matchAll(pattern)].map(([, block = "", of = ""]) => {
    const lines = block
      .trimEnd()
      .split("\n")
      .map((line) => line.slice(3));
    const isBody = (line: string): boolean => line.startsWith("//");
    return {
      of,
      code: lines.filter((line) => !isBody(line)).join("\n"),
      body: JSON.parse(
        lines
          .filter(isBody)
          .map((line) => line.slice(2))
          .join(""),
      ) as unknown,
    };
  });
};

const EXAMPLES = readdirSync(SOURCE, { recursive: true, encoding: "utf8" })
  .filter((file) => /(?<!\.test(?:-d)?)\.ts$/.test(file))
  .flatMap(examplesOf);

const bodyOf = (code: string): unknown => {
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the examples of this package are what is tested
  const run = new Function(...NAMES, `return ${code}`) as (...values: readonly unknown[]) => object;
  const made = run(...Object.values(dsl));
  if ("kind" in made) return compileClause(made as dsl.Clause);
  return "plan" in made ? dsl.compile(made as dsl.SearchQuery, { now: NOW }) : made;
};

describe("the examples in comments", () => {
  it("are there for every clause and the ways to use them", () => {
    const documented = NAMES.filter((name) => name !== "QueryError").sort();
    expect(EXAMPLES.map(({ of }) => of).sort()).toEqual(documented);
  });

  it.each(EXAMPLES)("$of compiles to the body shown", ({ code, body }) => {
    expect(bodyOf(code)).toEqual(body);
  });

  it("have no type errors", { timeout: 60_000 }, () => {
    const code = EXAMPLES.map((example) => example.code).join("\n");
    expect(openEditor().problems(`import { ${NAMES.join(", ")} } from "@mozdef/query";\n${code}\n`)).toEqual([]);
  });
});
