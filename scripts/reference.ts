/**
 * Writes docs/reference: what every library of this repository exports, a page for each entry point. Fails when a public
 * name has no documentation, or mentions a type that no entry point exports: its users could not name what they hold.
 *
 *   npm run reference              writes it
 *   npm run reference -- --check   writes nothing, says what is out of date
 */
import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import {
  Application,
  Converter,
  type DocumentationEntryPoint,
  type ProjectReflection,
  type TypeDocOptions,
} from "typedoc";
import type { PluginOptions } from "typedoc-plugin-markdown";
import ts from "typescript";
import { entryPoints, root } from "./repository.ts";

const FOLDER = join(root, "docs/reference");

const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });

const compilerOptions = (): ts.CompilerOptions => {
  const { config } = ts.readConfigFile(join(root, "tsconfig.base.json"), (file) => readFileSync(file, "utf8")) as {
    readonly config: unknown;
  };
  return ts.parseJsonConfigFileContent(config, ts.sys, root).options;
};

/** TypeDoc would name the modules by their paths; users know them by what they import. */
const documentedEntryPoints = (): DocumentationEntryPoint[] => {
  const entries = entryPoints();
  const program = ts.createProgram(
    entries.map(({ file }) => file),
    compilerOptions(),
  );
  return entries.flatMap(({ name, file }) => {
    const sourceFile = program.getSourceFile(file);
    return sourceFile === undefined ? [] : [{ displayName: name, program, sourceFile }];
  });
};

const OPTIONS: Partial<TypeDocOptions & PluginOptions> = {
  plugin: ["typedoc-plugin-markdown"],
  // The type check is a task of its own.
  skipErrorChecking: true,
  entryPoints: [],
  name: "What the packages export",
  readme: "none",
  disableSources: true,
  disableGit: true,
  excludePrivate: true,
  excludeInternal: true,
  // What a class of ours inherits from Error and the like is documented elsewhere.
  excludeExternals: true,
  logLevel: "Warn",
  validation: { notExported: true, notDocumented: true, invalidLink: true },
  requiredToBeDocumented: ["Class", "Function", "Interface", "TypeAlias", "Variable"],
  router: "module",
  excludeScopesInPaths: true,
  hidePageHeader: true,
  hideBreadcrumbs: true,
  parametersFormat: "table",
  interfacePropertiesFormat: "table",
  classPropertiesFormat: "table",
  typeDeclarationFormat: "table",
  tableColumnSettings: { hideDefaults: true, hideModifiers: true, hideInherited: true, hideOverrides: true },
};

/** Pages of the libraries; what a pack exports is described by the README of each alert. */
const withoutPacks = (project: ProjectReflection): ProjectReflection => {
  const packs = new Set(entryPoints().flatMap(({ name, folder }) => (folder.startsWith("alerts/") ? [name] : [])));
  for (const module of [...(project.children ?? [])]) if (packs.has(module.name)) project.removeReflection(module);
  return project;
};

const filesOf = (folder: string): ReadonlyMap<string, string> =>
  new Map(globSync("**/*.md", { cwd: folder }).map((file) => [file, readFileSync(join(folder, file), "utf8")]));

const differences = (written: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): readonly string[] =>
  [...new Set([...written.keys(), ...now.keys()])].filter((file) => written.get(file) !== now.get(file));

const app = await Application.bootstrapWithPlugins(OPTIONS);
// Parameters that are taken apart where they are declared have no name of their own; the comments call them options.
app.converter.on(Converter.EVENT_CREATE_PARAMETER, (_, parameter) => {
  if (parameter.name === "__namedParameters") parameter.name = "options";
});
const project = app.converter.convert(documentedEntryPoints());
app.validate(project);
const folder = values.check ? mkdtempSync(join(tmpdir(), "mozdef-reference-")) : FOLDER;
app.options.setValue("outputs", [{ name: "markdown", path: folder }]);
await app.generateOutputs(withoutPacks(project));
// Whatever is wrong has been printed by TypeDoc.
if (app.logger.hasErrors() || app.logger.hasWarnings()) process.exitCode = 1;
if (values.check) {
  for (const file of differences(filesOf(FOLDER), filesOf(folder))) {
    console.error(`docs/reference/${file} is out of date. Run: npm run reference`);
    process.exitCode = 1;
  }
  rmSync(folder, { recursive: true });
}
