import { readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";

/** The package that a file belongs to. */
export interface OwningPackage {
  readonly root: string;
  /** Null when its manifest gives none. */
  readonly name: string | null;
  /** Whether its manifest asks for `@mozdef/alert`. */
  readonly hasAlerts: boolean;
}

/** Manifests do not change while code of their packages is loaded. */
const known = new Map<string, OwningPackage | null>();

/** The package with the nearest manifest above a file; null when there is none. */
export const packageOf = (file: string): OwningPackage | null => {
  const folder = dirname(file);
  let found = known.get(folder);
  if (found === undefined) {
    found = readPackage(folder) ?? (dirname(folder) === folder ? null : packageOf(folder));
    known.set(folder, found);
  }
  return found;
};

const readPackage = (root: string): OwningPackage | null => {
  try {
    const { name, dependencies, peerDependencies } = JSON.parse(
      readFileSync(join(root, "package.json"), "utf8"),
    ) as Readonly<Record<string, unknown>>;
    const hasAlerts = [dependencies, peerDependencies].some(
      (given) => typeof given === "object" && given !== null && Object.hasOwn(given, "@mozdef/alert"),
    );
    return { root, name: typeof name === "string" ? name : null, hasAlerts };
  } catch {
    return null; // no manifest, or none that can be read
  }
};

/** Packages that run alerts, in what they publish and in their sources; their tests have alerts of their own. */
const isFramework = (name: string, inPackage: string): boolean =>
  /^@mozdef\/(?!alerts-(?!web$))/.test(name) && /^(?:src|dist)$/.test(inPackage.split(sep)[0] ?? "");

/** Whether a file is of those who write alerts: not of what runs them, and not of a library. */
export const isAlertCode = (file: string): boolean => {
  const owner = packageOf(file);
  if (owner === null) return true;
  const { root, name, hasAlerts } = owner;
  if (name !== null && isFramework(name, relative(root, file))) return false;
  return hasAlerts || !file.split(sep).includes("node_modules");
};
