import { mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { folderWith, runIn } from "./terminal.ts";

const repository = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
/** The repository's own, as the generator finds it. */
const { check } = createRequire(join(repository, "package.json"))("prettier") as {
  readonly check: (text: string, options: object) => Promise<boolean>;
};
const packs = readdirSync(join(repository, "alerts"));
const read = (path: string): string => readFileSync(join(repository, path), "utf8");

/** As much of this repository as the generator looks at. */
let copy = "";
beforeAll(() => {
  const files = [
    "pnpm-workspace.yaml",
    "package.json",
    ".prettierrc.json",
    ".prettierignore",
    ".changeset/config.json",
  ];
  const packFiles = packs.flatMap((pack) =>
    ["package.json", "README.md", "src/index.ts"].map((file) => `alerts/${pack}/${file}`),
  );
  copy = folderWith(Object.fromEntries([...files, ...packFiles].map((path) => [path, read(path)])));
  mkdirSync(join(copy, "node_modules"));
  symlinkSync(realpathSync(join(repository, "node_modules/prettier")), join(copy, "node_modules/prettier"));
});
afterAll(() => rmSync(copy, { recursive: true }));

describe("in this repository", () => {
  it.each(packs)("adds an alert to %s, in the style of the repository, with a changeset", async (pack) => {
    const name = `a rather long name of an alert for ${pack}`;
    const { code, out, err } = await runIn(copy, [name, "--pack", pack, "--json"]);
    expect([code, err]).toEqual([0, ""]);
    const { files, package: packageName } = JSON.parse(out) as {
      readonly files: readonly { readonly path: string; readonly change: string }[];
      readonly package: string;
    };
    expect(files.map(({ change }) => change).sort()).toEqual(["create", "create", "create", "create", "edit", "edit"]);
    for (const { path } of files) {
      const text = readFileSync(join(copy, path), "utf8");
      expect([path, await check(text, { filepath: path, printWidth: 120 })]).toEqual([path, true]);
    }
    expect(packageName).toBe(`@mozdef/alerts-${pack}`);
  });
});
