import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { type Block, blocksOf, isShown } from "./blocks.ts";
import { openGuideProject } from "./guide-project.ts";

const blocks = blocksOf(readFileSync(new URL("../guide.md", import.meta.url), "utf8"));
const project = openGuideProject();
afterAll(() => project.close());

/** What the last command has printed, for the block that shows it. */
let printed = "";

const follow: Readonly<Record<string, (block: Block) => Promise<void> | void>> = {
  sh: async ({ text, isService, isAlone }) => {
    if (isAlone) await project.stopServices();
    const { code, output } = await (isService ? project.serve(text) : project.run(text));
    expect([code, output]).toEqual([0, expect.any(String)]);
    printed = output;
  },
  text: ({ text }) => {
    if (!isShown(printed, text)) expect(printed).toBe(text);
  },
  ts: ({ file, text }) => writeBlock(file, text),
  json: ({ file, text }) => {
    JSON.parse(text);
    writeBlock(file, text);
  },
  // The recording is run again by first-day.test.ts.
  console: () => undefined,
  md: ({ file, text }) => writeBlock(file, text),
  yaml: ({ text }) => {
    expect(parse(text)).toMatchObject({ name: expect.any(String) });
  },
  python: ({ text }) => {
    const { error, status, stderr } = spawnSync("python3", ["-c", "import ast, sys; ast.parse(sys.stdin.read())"], {
      input: text,
      encoding: "utf8",
    });
    // A machine without Python can only look at the rest.
    if (error === undefined) expect([status, stderr]).toEqual([0, ""]);
  },
};

const writeBlock = (file: string | null, text: string): void => {
  if (file === null) throw new Error("A block of code needs a file: ```ts file=src/x.ts");
  project.write(file, text);
};

const titleOf = ({ language, file, line, text }: Block): string =>
  `line ${line}: ${language} ${file ?? text.split("\n")[0] ?? ""}`.slice(0, 100);

describe("the guide", () => {
  it.each(blocks.map((block) => [titleOf(block), block] as const))("%s", async (_, block) => {
    const step = Object.hasOwn(follow, block.language) ? follow[block.language] : undefined;
    if (step === undefined) throw new Error(`No test knows what to do with ${block.language}.`);
    await step(block);
  });

  it("has tests that pass, all of them", async () => {
    const { code, output } = await project.run("npm test");
    expect([code, output]).toEqual([0, expect.stringMatching(/Test Files .*5 passed/)]);
  });

  it("passes the gates of its own project", async () => {
    const found = await Promise.all(["npm run lint", "npm run mutate"].map((gate) => project.run(gate)));
    expect(found).toEqual([
      { code: 0, output: expect.stringContaining("5 alerts, 0 problems") },
      { code: 0, output: expect.stringMatching(/\b0 survived/) },
    ]);
  });

  it("compiles under the settings of a new project", async () => {
    const settings = { extends: "./tsconfig.json", include: ["src"] };
    writeFileSync(join(project.folder, "tsconfig.guide.json"), JSON.stringify(settings));
    const { code, output } = await project.run(
      "npx tsc --project tsconfig.guide.json --customConditions @mozdef/source",
    );
    expect([code, output]).toEqual([0, ""]);
  });

  it("has a configuration for a cluster that the service takes", async () => {
    const { readConfig } = (await import(
      pathToFileURL(join(import.meta.dirname, "../../apps/alert-runner/src/config/define-config.ts")).href
    )) as { readonly readConfig: (config: unknown, source: string) => object };
    const module = (await import(pathToFileURL(join(project.folder, "cluster.config.ts")).href)) as {
      readonly default: object;
    };
    // The key comes from the environment, where this test has none.
    const config = { ...module.default, store: { node: "https://search.example.org:9200", auth: { apiKey: "key" } } };
    expect(readConfig(config, "cluster.config.ts")).toMatchObject({ packs: ["@mozdef/alerts-ssh"] });
  });
});

describe("isShown", () => {
  it.each([
    ["a b c", "a ... c", true],
    ["a\n  b\nc", "a b", true],
    ["a b", "b ... a", false],
    ["a", "a b", false],
  ])("%j shows %j: %s", (output, shown, expected) => expect(isShown(output, shown)).toBe(expected));
});
