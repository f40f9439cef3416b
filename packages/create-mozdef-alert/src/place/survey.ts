import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { parse } from "yaml";
import { CreateError } from "../create-error.ts";
import { packageManagerOf } from "./package-manager.ts";
import type { ExistingPack, PackManifest, ProjectSurvey, Workspace } from "./project-survey.ts";
import { matchesPattern, workspaceMembers } from "./workspace-members.ts";

export interface SurveyOptions {
  readonly cwd: string;
  /** The folder that was asked for; it need not exist. */
  readonly dir?: string | undefined;
  readonly userAgent?: string | undefined;
  readonly node: string;
  /** Whether a program can be started. */
  readonly has: (program: string) => boolean;
}

/**
 * Looks around on disk. Writes nothing.
 *
 * @throws {CreateError} `CREATE_PACK_UNREADABLE` for a package.json or pnpm-workspace.yaml that cannot be read.
 */
export const survey = ({ cwd, dir, userAgent, node, has }: SurveyOptions): ProjectSurvey => {
  const folder = resolve(cwd, dir ?? ".");
  const isEmpty = namesIn(folder).every((name) => name === ".git" || name === ".DS_Store");
  const workspace = workspaceAround(folder, isEmpty && dir === undefined);
  const root = workspace?.root ?? folder;
  return {
    folder,
    isNamed: dir !== undefined,
    isEmpty,
    workspace,
    isInGit: above(folder).some((path) => existsSync(join(path, ".git"))),
    manager: packageManagerOf({ declared: readManifest(root)?.packageManager, files: namesIn(root), userAgent, has }),
    node,
  };
};

const namesIn = (folder: string): readonly string[] => (existsSync(folder) ? readdirSync(folder) : []);

const above = (folder: string): readonly string[] =>
  dirname(folder) === folder ? [folder] : [folder, ...above(dirname(folder))];

/** The nearest workspace, unless it does not include the folder and there is a nearer or a better place. */
const workspaceAround = (folder: string, isFree: boolean): Workspace | null => {
  let single: Workspace | null = null;
  for (const path of above(folder)) {
    const patterns = patternsOf(path);
    if (patterns === null) single ??= singlePack(path);
    // A pack that is not part of the workspace stands for itself; an empty folder is a place for a project of its own.
    else if (isMember(path, folder, patterns) || (single === null && !isFree)) return workspaceAt(path, patterns);
  }
  return single;
};

const isMember = (root: string, folder: string, patterns: readonly string[]): boolean =>
  above(folder)
    .slice(0, above(folder).indexOf(root) + 1)
    .some((path) => path !== root && matchesPattern(fromRoot(root, path), patterns));

const fromRoot = (root: string, path: string): string => relative(root, path).split(sep).join("/");

const workspaceAt = (root: string, patterns: readonly string[]): Workspace => {
  const members = workspaceMembers(root, patterns);
  return {
    root,
    patterns,
    names: members.flatMap((member) => readManifest(join(root, member))?.name ?? []),
    packs: members.flatMap((member) => packAt(root, member) ?? []),
    ...habitsOf(root),
  };
};

const singlePack = (root: string): Workspace | null => {
  const pack = packAt(root, "");
  if (pack === null) return null;
  return { root, patterns: [], names: [pack.name], packs: [pack], ...habitsOf(root) };
};

const habitsOf = (root: string): Pick<Workspace, "hasChangesets" | "scripts" | "license"> => ({
  hasChangesets: existsSync(join(root, ".changeset", "config.json")),
  scripts: Object.keys(readManifest(root)?.scripts ?? {}),
  license: readManifest(root)?.license,
});

const packAt = (root: string, folder: string): ExistingPack | null => {
  const manifest = readManifest(join(root, folder));
  const index = join(root, folder, "src", "index.ts");
  const isPack = { ...manifest?.dependencies, ...manifest?.peerDependencies }["@mozdef/alert"] !== undefined;
  if (manifest?.name === undefined || !isPack || !existsSync(index)) return null;
  const text = readFileSync(index, "utf8");
  if (!text.includes("definePack")) return null;
  const readme = join(root, folder, "README.md");
  return {
    name: manifest.name,
    folder,
    index: text,
    readme: existsSync(readme) ? readFileSync(readme, "utf8") : null,
    manifest,
    configs: configsIn(join(root, folder)),
  };
};

const configsIn = (folder: string): ReadonlyMap<string, string> =>
  new Map(
    namesIn(folder)
      .filter((name) => /^(?:tsconfig(?:\.\w+)?\.json|[\w.]+\.config\.[cm]?[jt]s)$/.test(name))
      .map((name) => [name, readFileSync(join(folder, name), "utf8")]),
  );

interface Manifest extends PackManifest {
  readonly name?: string;
  readonly license?: string;
  readonly packageManager?: string;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly workspaces?: readonly string[] | { readonly packages?: readonly string[] };
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

const readManifest = (folder: string): Manifest | null =>
  readWith(join(folder, "package.json"), (text) => JSON.parse(text) as Manifest);

/** Patterns of a workspace's packages; null where there is no workspace. */
const patternsOf = (folder: string): readonly string[] | null => {
  const pnpm = readWith(join(folder, "pnpm-workspace.yaml"), (text) => parse(text) as { packages?: unknown } | null);
  const workspaces = readManifest(folder)?.workspaces;
  const patterns: unknown =
    pnpm?.packages ?? (workspaces !== undefined && "packages" in workspaces ? workspaces.packages : workspaces);
  return Array.isArray(patterns) ? patterns.filter((pattern) => typeof pattern === "string") : null;
};

const readWith = <Value>(file: string, read: (text: string) => Value): Value | null => {
  if (!existsSync(file)) return null;
  try {
    return read(readFileSync(file, "utf8"));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CreateError("CREATE_PACK_UNREADABLE", `Cannot read ${file}: ${reason}.`, { cause });
  }
};
