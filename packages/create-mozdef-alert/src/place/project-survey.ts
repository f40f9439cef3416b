import type { PackageManager } from "./package-manager.ts";

/** A package of alerts that is there. */
export interface ExistingPack {
  readonly name: string;
  /** Relative to the root; empty when it is the root itself. */
  readonly folder: string;
  /** The text of its `src/index.ts`. */
  readonly index: string;
  /** The text of its `README.md`; null without one. */
  readonly readme: string | null;
  /** Its `package.json`. */
  readonly manifest: PackManifest;
  /** Configuration of tools beside it, by file name: `tsconfig.json`, `vitest.config.ts`. A new pack gets the same. */
  readonly configs: ReadonlyMap<string, string>;
}

/** A `package.json` as far as a new pack follows that of another. */
export interface PackManifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly [key: string]: unknown;
}

/** A workspace, or one package of alerts that is its own root. */
export interface Workspace {
  readonly root: string;
  /** Where its packages may lie; empty for a single package. */
  readonly patterns: readonly string[];
  /** Names of all its packages. */
  readonly names: readonly string[];
  readonly packs: readonly ExistingPack[];
  readonly hasChangesets: boolean;
  /** Names of the scripts of its root: `mozdef` runs the command for packs that do not install it. */
  readonly scripts: readonly string[];
  /** The licence that its root names. */
  readonly license: string | undefined;
}

/** What there is around the folder in which something is to be made. Paths are absolute. */
export interface ProjectSurvey {
  /** Where it is to be made, or where the command was called. */
  readonly folder: string;
  /** Whether the folder was asked for by name. */
  readonly isNamed: boolean;
  /** Whether it is missing or empty. */
  readonly isEmpty: boolean;
  readonly workspace: Workspace | null;
  readonly isInGit: boolean;
  readonly manager: PackageManager;
  /** Major and minor version of Node, as `22.18`. */
  readonly node: string;
}
