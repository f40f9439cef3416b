// Publishes every package, from a copy of the repository: versions are raised there, not here.
import { cpSync, existsSync, mkdirSync, realpathSync, symlinkSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { packages, readManifest, root } from "../repository.ts";
import { run, type Environment } from "./run.ts";

const ROOT_FILES = ["package.json", "pnpm-workspace.yaml", "pnpm-lock.yaml", "LICENSE", ".changeset"];

const NOT_PUBLISHED = new Set(["node_modules", ".turbo", ".reports", "src", "test"]);

const link = (target: string, path: string): void => {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
};

/** Copies what is published, and links the packages to one another, as an installation would. */
const copyTree = (copy: string): readonly string[] => {
  for (const file of ROOT_FILES) cpSync(join(root, file), join(copy, file), { recursive: true });
  // The one tool that is looked for from there. Never the whole folder: an installation in the copy would write into it.
  link(realpathSync(join(root, "node_modules/@changesets/cli")), join(copy, "node_modules/@changesets/cli"));
  const all = packages();
  const byName = new Map(all.map(({ folder, manifest }) => [manifest.name, folder]));
  for (const { folder, manifest } of all) {
    cpSync(join(root, folder), join(copy, folder), {
      recursive: true,
      // Templates have a "src" that is published.
      filter: (source) => !NOT_PUBLISHED.has(basename(source)) || source.includes("/templates/"),
    });
    for (const name of Object.keys({ ...manifest.dependencies, ...manifest.devDependencies })) {
      const target = byName.get(name);
      if (target !== undefined) link(join(copy, target), join(copy, folder, "node_modules", name));
    }
  }
  return all.filter(({ manifest }) => manifest.private !== true).map(({ folder }) => join(copy, folder));
};

/** Changesets read the history. */
const commitAll = async (folder: string, env: Environment): Promise<void> => {
  const git = (...args: readonly string[]) =>
    run("git", ["-c", "user.name=test", "-c", "user.email=test@example.com", ...args], { cwd: folder, env });
  await git("init", "--quiet", "--initial-branch=main");
  await git("add", "--all", ".changeset", "package.json");
  await git("commit", "--quiet", "--message", "Start");
};

export interface Published {
  readonly name: string;
  readonly version: string;
  readonly bins: readonly string[];
  /** Whether there is something to import by the name of the package alone. */
  readonly isImported: boolean;
}

export interface PublishOptions {
  /** Where the copy is made. */
  readonly copy: string;
  readonly env: Environment;
  readonly registry: string;
}

export const publishAll = async ({ copy, env, registry }: PublishOptions): Promise<readonly Published[]> => {
  mkdirSync(copy, { recursive: true });
  const folders = copyTree(copy);
  await commitAll(copy, env);
  await run("changeset", ["version"], { cwd: copy, env });
  const missing = folders.filter((folder) => !existsSync(join(folder, "dist")));
  if (missing.length > 0) throw new Error(`Not built: ${missing.join(", ")}. Run turbo run build first.`);
  await run("pnpm", ["publish", "--recursive", "--no-git-checks", "--access", "public", "--registry", registry], {
    cwd: copy,
    env,
  });
  return folders.map((folder) => {
    const { name, version, bin = {}, exports = {} } = readManifest(folder);
    return { name, version, bins: Object.keys(bin), isImported: "." in exports };
  });
};
