// Publishes every package, from a copy of the repository: versions are raised there, not here.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, symlinkSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { run } from "./run.mjs";

const ROOT_FILES = ["package.json", "pnpm-workspace.yaml", "pnpm-lock.yaml", "LICENSE", ".changeset"];

const NOT_PUBLISHED = new Set(["node_modules", ".turbo", ".reports", "src", "test"]);

const manifestOf = (folder) => JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));

const link = (target, path) => {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
};

/** Copies what is published, and links the packages to one another, as an installation would. */
const copyTree = (root, copy) => {
  for (const file of ROOT_FILES) cpSync(join(root, file), join(copy, file), { recursive: true });
  // The one tool that is looked for from there. Never the whole folder: an installation in the copy would write into it.
  link(realpathSync(join(root, "node_modules/@changesets/cli")), join(copy, "node_modules/@changesets/cli"));
  const folders = ["packages", "apps", "alerts"].flatMap((parent) =>
    readdirSync(join(root, parent))
      .map((name) => `${parent}/${name}`)
      .filter((folder) => existsSync(join(root, folder, "package.json"))),
  );
  const byName = new Map(folders.map((folder) => [manifestOf(join(root, folder)).name, folder]));
  for (const folder of folders) {
    cpSync(join(root, folder), join(copy, folder), {
      recursive: true,
      // Templates have a "src" that is published.
      filter: (source) => !NOT_PUBLISHED.has(basename(source)) || source.includes("/templates/"),
    });
    const { dependencies = {}, devDependencies = {} } = manifestOf(join(root, folder));
    for (const name of Object.keys({ ...dependencies, ...devDependencies }).filter((name) => byName.has(name)))
      link(join(copy, byName.get(name)), join(copy, folder, "node_modules", name));
  }
  return folders.map((folder) => join(copy, folder)).filter((folder) => !manifestOf(folder).private);
};

/** Changesets read the history. */
const commitAll = async (folder, env) => {
  const git = (...args) =>
    run("git", ["-c", "user.name=test", "-c", "user.email=test@example.com", ...args], { cwd: folder, env });
  await git("init", "--quiet", "--initial-branch=main");
  await git("add", "--all", ".changeset", "package.json");
  await git("commit", "--quiet", "--message", "Start");
};

/**
 * @returns {Promise<{ name: string, version: string, bins: string[], isImported: boolean }[]>} what was published.
 */
export const publishAll = async ({ root, copy, env, registry }) => {
  mkdirSync(copy, { recursive: true });
  const folders = copyTree(root, copy);
  await commitAll(copy, env);
  await run("changeset", ["version"], { cwd: copy, env });
  const missing = folders.filter((folder) => !existsSync(join(folder, "dist")));
  if (missing.length > 0) throw new Error(`Not built: ${missing.join(", ")}. Run turbo run build first.`);
  await run("pnpm", ["publish", "--recursive", "--no-git-checks", "--access", "public", "--registry", registry], {
    cwd: copy,
    env,
  });
  return folders.map((folder) => {
    const { name, version, bin = {}, exports = {} } = manifestOf(folder);
    return { name, version, bins: Object.keys(bin), isImported: "." in exports };
  });
};
