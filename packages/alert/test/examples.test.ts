import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as alert from "@mozdef/alert";
import * as query from "@mozdef/query";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const PACKAGE = fileURLToPath(new URL("..", import.meta.url));

/** The code of every example in a comment of the sources. */
const EXAMPLES = readdirSync(`${PACKAGE}src`, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
  .flatMap((file) => {
    const text = readFileSync(`${PACKAGE}src/${file}`, "utf8");
    const blocks = [...text.matchAll(/^ *\* @example\n *\* ```ts\n((?: *\*.*\n)+?) *\* ```\n/gm)];
    return blocks.map(([, block = ""]) => ({ file, code: block.replaceAll(/^ *\* ?/gm, "") }));
  });

const IMPORTS = `
import type { AggregatedEvents, EventParser, HookContext, Hit, SilentSearch } from "@mozdef/alert";
import { ${Object.keys(alert).join(", ")} } from "@mozdef/alert";
import { ${Object.keys(query).join(", ")} } from "@mozdef/query";
import type { AlertTaskClass } from "@mozdef/alert/runtime";
import { z } from "zod";
// Examples of packs take their alerts for granted.
declare const AlertLogin: AlertTaskClass;
declare const LoginRule: AlertTaskClass;
`;

/** A hook alone stands for the method of an alert. */
const wholeOf = (code: string): string =>
  /^(?:async )?on[A-Z]/.test(code) ? `class Example extends AlertTask {\n main() { return []; }\n${code}}` : code;

const problemsOf = (examples: typeof EXAMPLES): readonly string[] => {
  const { config } = ts.readConfigFile(`${PACKAGE}../../tsconfig.base.json`, (file) => ts.sys.readFile(file)) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, `${PACKAGE}../..`);
  const files = new Map(
    examples.map(({ code }, index) => [`${PACKAGE}test/example-${index}.ts`, `${IMPORTS}${wholeOf(code)}\nexport {};`]),
  );
  const host = ts.createCompilerHost(options);
  const program = ts.createProgram(
    [...files.keys()],
    { ...options, noEmit: true, noUnusedLocals: false },
    {
      ...host,
      fileExists: (file) => files.has(file) || host.fileExists(file),
      readFile: (file) => files.get(file) ?? host.readFile(file),
      getSourceFile: (file, version) => {
        const text = files.get(file);
        return text === undefined ? host.getSourceFile(file, version) : ts.createSourceFile(file, text, version);
      },
    },
  );
  return [...files.keys()].flatMap((file) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(file))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")),
  );
};

describe("the examples in comments", () => {
  it("are there for every kind of search, the base class and its hooks", () => {
    const count = (file: string): number => EXAMPLES.filter((example) => example.file === file).length;
    for (const file of ["each-event", "aggregation", "new-term", "spike", "sequence", "percentage", "no-event"])
      expect([file, count(`kinds/${file}.ts`) > 0]).toEqual([file, true]);
    expect(count("task/alert-task.ts")).toBe(5);
  });

  it("have no type errors", { timeout: 120_000 }, () => {
    expect(problemsOf(EXAMPLES)).toEqual([]);
  });
});
