import { scriptCommand, type PackageManager } from "../place/package-manager.ts";
import type { Versions } from "./stock.ts";

export interface ManifestOptions {
  readonly name: string;
  readonly description: string;
  readonly manager: PackageManager;
  readonly versions: Versions;
  /** Packages of the workspace itself: they are taken from there. */
  readonly local: readonly string[];
  /** That of the workspace; a project of its own has none yet. */
  readonly license: string | undefined;
  /** A project of its own has changesets, and a Node where the one at hand is too old. */
  readonly isProject: boolean;
  readonly node: string;
}

/** What alerts import. A project has zod from the start: the first alert with a configuration needs it. */
const RUNTIME = ["@mozdef/alert", "@mozdef/query", "zod"];
const TOOLS = [
  ...["@mozdef/alert-runner", "@mozdef/alert-testing", "@mozdef/cli", "@types/node", "typescript"],
  // vitest expects vite beside it, and yarn does not bring it along.
  ...["vite", "vitest"],
];
/** The first Node that runs TypeScript as it is, which tests and tools rely on. */
const OLDEST_NODE = [22, 18] as const;

/** The `package.json` of a pack. */
export const packManifest = (options: ManifestOptions): string => {
  const { name, description, isProject, manager } = options;
  const tools = [
    ...TOOLS,
    ...(isProject ? ["@changesets/cli"] : []),
    ...(isProject && isTooOld(options.node) ? ["node"] : []),
  ].sort();
  const manifest = {
    name,
    version: "1.0.0",
    description,
    ...(options.license !== undefined && { license: options.license }),
    type: "module",
    sideEffects: false,
    keywords: ["mozdef", "mozdef-alerts"],
    engines: { node: `>=${OLDEST_NODE.join(".")}` },
    ...(isProject && usesCorepack(manager) && { packageManager: manager.declaration }),
    files: ["dist", "CHANGELOG.md"],
    exports: {
      ".": { types: "./dist/index.d.ts", default: "./dist/index.js" },
      "./package.json": "./package.json",
    },
    scripts: scriptsOf(options),
    dependencies: ranges(RUNTIME, options),
    devDependencies: ranges(tools, options),
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
};

/** Which version of itself to fetch is known by this key alone; npm comes with Node. */
const usesCorepack = ({ name, declaration }: PackageManager): boolean => name !== "npm" && declaration !== null;

const isTooOld = (node: string): boolean => {
  const [major = 0, minor = 0] = node.split(".").map(Number);
  return major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1]);
};

const scriptsOf = ({ manager, isProject }: ManifestOptions): Readonly<Record<string, string>> => {
  const run = (script: string): string => scriptCommand(manager, script);
  return {
    test: "vitest run",
    typecheck: "tsc --noEmit",
    lint: "mozdef lint .",
    mutate: "mozdef mutate . --break 100",
    check: ["typecheck", "lint", "test", "mutate"].map(run).join(" && "),
    build: "tsc --project tsconfig.build.json",
    start: "mozdef-alert-runner",
    prepack: run("build"),
    ...(isProject && {
      changeset: "changeset",
      "version-packages": "changeset version",
      release: `${run("check")} && changeset publish`,
    }),
  };
};

const ranges = (names: readonly string[], { versions, local, manager }: ManifestOptions): Versions =>
  Object.fromEntries(
    names.map((name) => {
      const version = versions[name] ?? "*";
      // npm and yarn 1 link packages of the workspace by their version.
      const isLinked = local.includes(name) && !(manager.name === "npm" || manager.isClassic);
      return [name, isLinked ? "workspace:^" : published(version)];
    }),
  );

/**
 * A version as a range: publishing has made ranges of our own packages, and exact versions of the tools of others. Those stay
 * within the minor version they were tried with, so that a project made today does not depend on what was released yesterday.
 * Unpublished, this package still has the words of its workspace in place of versions.
 */
const published = (version: string): string => {
  if (/^(?:workspace|catalog):/.test(version)) return "*";
  return /^\d/.test(version) ? `~${version}` : version;
};
