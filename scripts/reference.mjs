/**
 * Writes docs/reference/exports.md: every exported name of the packages, with the first sentence of its documentation.
 *
 *   node scripts/reference.mjs          writes it
 *   node scripts/reference.mjs --check  says whether it is up to date
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { format } from "prettier";
import ts from "typescript";

const PACKAGES = ["packages/query", "packages/alert", "packages/alert-testing", "apps/alert-runner"];
const FILE = "docs/reference/exports.md";

const readJson = (file) => JSON.parse(readFileSync(file, "utf8"));

/** What can be imported from where: `@mozdef/alert-testing/vitest` and its source. */
const entriesOf = (root) =>
  PACKAGES.flatMap((folder) => {
    const { name, exports } = readJson(join(root, folder, "package.json"));
    return Object.entries(exports)
      .filter(([, target]) => target["@mozdef/source"] !== undefined)
      .map(([path, target]) => ({ name: name + path.slice(1), file: join(root, folder, target["@mozdef/source"]) }));
  });

const compilerOptions = (root) =>
  ts.parseJsonConfigFileContent(readJson(join(root, "tsconfig.base.json")), ts.sys, root).options;

/** The first sentence, on one line; a pipe would end the cell of a table. */
const sentenceOf = (symbol, checker) => {
  const text = ts
    .displayPartsToString(symbol.getDocumentationComment(checker))
    .replaceAll(/\s+/g, " ")
    .replaceAll(/\{@link ([^}\s|]+)[^}]*\}/g, "`$1`")
    .trim();
  return (/^.*?[.:](?=\s|$)/.exec(text)?.[0] ?? text).replace(/:$/, ".").replaceAll("|", "\\|");
};

const isType = (symbol) => (symbol.flags & ts.SymbolFlags.Value) === 0;

const sectionOf = ({ name, file }, program, checker) => {
  const module = checker.getSymbolAtLocation(program.getSourceFile(file));
  const rows = checker
    .getExportsOfModule(module)
    .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol))
    .filter((symbol) => symbol.name !== "default" && symbol.name !== "unknown")
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((symbol) => `| \`${symbol.name}\` | ${isType(symbol) ? "type" : "value"} | ${sentenceOf(symbol, checker)} |`);
  return [`## \`${name}\``, "", "| Name | | What it is |", "| --- | --- | --- |", ...rows, ""].join("\n");
};

const reference = (root) => {
  const entries = entriesOf(root);
  const program = ts.createProgram(
    entries.map(({ file }) => file),
    compilerOptions(root),
  );
  const checker = program.getTypeChecker();
  const head = "# Exported names\n\nGenerated from the sources by `node scripts/reference.mjs`.\n";
  const text = [head, ...entries.map((entry) => sectionOf(entry, program, checker))].join("\n");
  return format(text, { parser: "markdown", printWidth: 120 });
};

/** @returns {Promise<string[]>} what is wrong with the file. */
export const checkReference = async (root) => {
  const [now, written] = [await reference(root), readFileSync(join(root, FILE), "utf8")];
  return now === written ? [] : [`${FILE} is out of date. Run: node scripts/reference.mjs`];
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const root = fileURLToPath(new URL("..", import.meta.url));
  if (process.argv.includes("--check")) {
    const problems = await checkReference(root);
    for (const problem of problems) console.error(problem);
    process.exitCode = problems.length;
  } else {
    mkdirSync(join(root, "docs/reference"), { recursive: true });
    writeFileSync(join(root, FILE), await reference(root));
  }
}
