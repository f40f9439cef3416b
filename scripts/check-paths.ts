// The pages for whoever changes this code name files; each of them exists.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packages, root } from "./repository.ts";

const PAGES = ["docs/architecture.md", "docs/publishing.md", "CONTRIBUTING.md", "SECURITY.md"];

/** In backticks, with a slash and without spaces; `<kind>` stands for any name. */
const PATH = /`([\w.@*<>-]+(?:\/[\w.@*<>-]+)+)`/g;

const first = (path: string): string => path.split("/")[0] ?? "";

/** `alert/kinds` is short for `packages/alert/src/kinds`. */
const longForm = (path: string, folders: readonly string[]): string => {
  const folder = folders.find((each) => each.endsWith(`/${first(path)}`));
  return folder === undefined ? path : join(folder, "src", ...path.split("/").slice(1));
};

const exists = (path: string): boolean => globSync(path.replaceAll(/<\w+>/g, "*"), { cwd: root }).length > 0;

export const checkPaths = (): readonly string[] => {
  const folders = packages()
    .map(({ folder }) => folder)
    .filter((folder) => !folder.startsWith("alerts/"));
  const starts = new Set([...globSync("{*,.[!.]*}", { cwd: root }), ...folders.map((folder) => folder.split("/")[1])]);
  return PAGES.flatMap((page) =>
    [...readFileSync(join(root, page), "utf8").matchAll(PATH)]
      .map(([, path = ""]) => path)
      .filter((path) => starts.has(first(path)) && !exists(path) && !exists(longForm(path, folders)))
      .map((path) => `${page} names ${path}, which does not exist`),
  );
};
