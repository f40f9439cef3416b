import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { AlertKind } from "./answers.ts";
import type { AlertFiles } from "./plan/alert-files.ts";
import type { Stock } from "./plan/stock.ts";

/** The templates and versions that this package brings along. */
export const readStock = (): Stock => {
  const own = ownFolder(dirname(fileURLToPath(import.meta.url)));
  const templates = join(own, "templates");
  const alert = (kind: AlertKind): AlertFiles => {
    const read = (file: string): string => readFileSync(join(templates, "alert", kind, file), "utf8");
    return { code: read("alert-hello-world.ts"), test: read("alert-hello-world.test.ts"), readme: read("README.md") };
  };
  return {
    templates: {
      alert: {
        "each-event": alert("each-event"),
        aggregation: alert("aggregation"),
        "new-term": alert("new-term"),
        spike: alert("spike"),
        sequence: alert("sequence"),
        percentage: alert("percentage"),
        "no-event": alert("no-event"),
      },
      pack: filesBelow(join(templates, "pack")),
      project: filesBelow(join(templates, "project")),
    },
    versions: versionsIn(own),
  };
};

/** The folder of this package: its sources and its bundle lie at different depths. */
export const ownFolder = (folder: string): string =>
  existsSync(join(folder, "package.json")) ? folder : ownFolder(dirname(folder));

/**
 * `_gitignore` stands for `.gitignore`, which npm would not pack; `tsconfig.json.template` for a `tsconfig.json` that is not
 * that of the templates around it.
 */
const filesBelow = (folder: string): ReadonlyMap<string, string> =>
  new Map(
    pathsBelow(folder).map((path) => [
      path
        .split("/")
        .map((part) => part.replace(/^_/, ".").replace(/\.template$/, ""))
        .join("/"),
      readFileSync(join(folder, path), "utf8"),
    ]),
  );

/** Folder by folder: yarn reads packages out of archives, where node's own recursion does not reach. */
const pathsBelow = (folder: string): readonly string[] =>
  readdirSync(folder).flatMap((name) =>
    statSync(join(folder, name)).isDirectory()
      ? pathsBelow(join(folder, name)).map((path) => `${name}/${path}`)
      : [name],
  );

/**
 * What a generated pack depends on is what this package is developed with: its own devDependencies, which publishing turns
 * into ranges. So a release never generates packs for versions it was not tested with.
 */
const versionsIn = (folder: string): Readonly<Record<string, string>> => {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    readonly devDependencies: Readonly<Record<string, string>>;
  };
  return manifest.devDependencies;
};
