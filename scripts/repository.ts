// Where this repository is, and what is in it.
import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** With a slash at its end. */
export const root = fileURLToPath(new URL("../", import.meta.url));

/** Where `exports` leads under each condition; a plain text for files that are not modules. */
export type ExportTarget = string | Readonly<Record<string, string>>;

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly bin?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, ExportTarget>>;
  readonly publishConfig?: { readonly access?: string; readonly exports?: Readonly<Record<string, ExportTarget>> };
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly [key: string]: unknown;
}

export interface Package {
  /** From the root: `packages/query`. */
  readonly folder: string;
  readonly manifest: Manifest;
}

export const readManifest = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;

/** Every workspace package that has the three folders as its parent, in alphabetical order. */
export const packages = (): readonly Package[] =>
  globSync("{packages,apps,alerts}/*/package.json", { cwd: root })
    .sort()
    .map((file) => ({ folder: dirname(file), manifest: readManifest(join(root, dirname(file))) }));

export interface EntryPoint {
  /** What users import: `@mozdef/alert-testing/vitest`. */
  readonly name: string;
  readonly folder: string;
  /** Absolute path of the source. */
  readonly file: string;
}

/** Every module that users of published packages can import. */
export const entryPoints = (): readonly EntryPoint[] =>
  packages()
    .filter(({ manifest }) => manifest.private !== true)
    .flatMap(({ folder, manifest }) =>
      Object.entries(manifest.exports ?? {}).flatMap(([path, target]) => {
        const source = typeof target === "string" ? undefined : target["@mozdef/source"];
        return source === undefined
          ? []
          : [{ name: manifest.name + path.slice(1), folder, file: join(root, folder, source) }];
      }),
    );
