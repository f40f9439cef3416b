import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/**
 * The folders of a workspace's packages, relative to its root, with `/` between the parts.
 *
 * @param patterns - As package managers read them: `packages/*`, `apps/**`, `tools/lint`, `!packages/old`.
 */
export const workspaceMembers = (root: string, patterns: readonly string[]): readonly string[] => {
  const [wanted, unwanted] = [
    patterns.filter((pattern) => !pattern.startsWith("!")),
    patterns.filter((pattern) => pattern.startsWith("!")).map((pattern) => pattern.slice(1)),
  ];
  const found = new Set(wanted.flatMap((pattern) => expand(root, "", partsOf(pattern))));
  return [...found]
    .filter((folder) => folder !== "" && !matchesPattern(folder, unwanted))
    .filter((folder) => existsSync(join(root, folder, "package.json")))
    .sort();
};

/** Whether a folder, relative to the root, is one that a workspace includes. */
export const matchesPattern = (folder: string, patterns: readonly string[]): boolean => {
  const included = patterns.some((pattern) => !pattern.startsWith("!") && matches(folder.split("/"), partsOf(pattern)));
  const excluded = patterns.some(
    (pattern) => matches(folder.split("/"), partsOf(pattern.slice(1))) && pattern.startsWith("!"),
  );
  return included && !excluded;
};

const partsOf = (pattern: string): readonly string[] =>
  pattern.split("/").filter((part) => part !== "" && part !== ".");

const expand = (root: string, folder: string, parts: readonly string[]): readonly string[] => {
  const [part, ...rest] = parts;
  if (part === undefined) return [folder];
  if (!part.includes("*")) return expand(root, inside(folder, part), rest);
  const below = foldersIn(join(root, folder)).filter((name) => part === "**" || matchesPart(name, part));
  if (part !== "**") return below.flatMap((name) => expand(root, inside(folder, name), rest));
  return [...expand(root, folder, rest), ...below.flatMap((name) => expand(root, inside(folder, name), parts))];
};

const inside = (folder: string, name: string): string => (folder === "" ? name : `${folder}/${name}`);

const foldersIn = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && entry.name !== "node_modules" && !entry.name.startsWith("."))
        .map((entry) => entry.name)
    : [];

const matches = (names: readonly string[], parts: readonly string[]): boolean => {
  const [part, ...rest] = parts;
  const [name, ...below] = names;
  if (part === undefined) return name === undefined;
  if (part === "**") return matches(names, rest) || (name !== undefined && matches(below, parts));
  return name !== undefined && matchesPart(name, part) && matches(below, rest);
};

/** `*` in one part of a path: the pieces between the stars, in order. */
const matchesPart = (name: string, part: string): boolean => {
  const pieces = part.split("*");
  const [first = "", last = ""] = [pieces[0], pieces.at(-1)];
  if (pieces.length === 1) return name === part;
  if (name.length < first.length + last.length || !name.startsWith(first) || !name.endsWith(last)) return false;
  let from = first.length;
  for (const piece of pieces.slice(1, -1)) {
    const at = name.indexOf(piece, from);
    if (at === -1 || at + piece.length > name.length - last.length) return false;
    from = at + piece.length;
  }
  return true;
};
