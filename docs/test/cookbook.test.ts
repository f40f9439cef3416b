import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { geoDatabase } from "../../packages/alert-plugins/test/write-geo-database.ts";
import { afterAll, expect, it } from "vitest";
import { blocksOf } from "./blocks.ts";
import { openGuideProject } from "./guide-project.ts";

const text = readFileSync(new URL("../cookbook.md", import.meta.url), "utf8");
const blocks = blocksOf(text);
const project = openGuideProject();
afterAll(() => project.close());

project.install();
for (const block of blocks) if (block.file !== null) project.write(block.file, block.text);

// What stands for a database of MaxMind.
const rennes = { city: { names: { en: "Rennes" } }, country: { iso_code: "FR", names: { en: "France" } } };
const cities = geoDatabase([[[192, 0, 2, 7], rennes]], { databaseType: "Test-City" });
writeFileSync(join(project.folder, "src/cities.mmdb"), cities);

it("has alerts whose tests pass", async () => {
  const { code, output } = await project.run("npx vitest run");
  expect([code, output]).toEqual([0, expect.any(String)]);
  const suites = blocks.filter(({ file }) => file?.endsWith(".test.ts"));
  expect(suites.length).toBeGreaterThan(10);
  expect(output).toMatch(new RegExp(`Test Files .*${suites.length} passed`));
});

it("has alerts without type errors", async () => {
  project.write("tsconfig.json", JSON.stringify(TSCONFIG));
  expect(await project.run("npx tsc --noEmit")).toEqual({ code: 0, output: "" });
});

it("has a configuration that can be read", async () => {
  for (const { text: command } of blocks.filter(({ language }) => language === "sh")) {
    const { code, output } = await project.run(command);
    expect([code, output]).toEqual([0, expect.any(String)]);
  }
});

it("links to its own recipes", () => {
  const headings = new Set([...text.matchAll(/^## (.+)$/gm)].map(([, title = ""]) => anchorOf(title)));
  const links = [...text.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor = ""]) => anchor);
  expect(links.filter((anchor) => !headings.has(anchor))).toEqual([]);
});

const anchorOf = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[^\w\s-]/g, "")
    .replaceAll(" ", "-");

const TSCONFIG = {
  compilerOptions: {
    ...{ target: "es2023", module: "nodenext", strict: true, exactOptionalPropertyTypes: true, skipLibCheck: true },
    ...{ allowImportingTsExtensions: true, noEmit: true, customConditions: ["@mozdef/source"], types: ["node"] },
  },
  include: ["src"],
};
