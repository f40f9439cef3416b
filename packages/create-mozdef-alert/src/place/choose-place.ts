import { relative, resolve, sep } from "node:path";
import { CreateError } from "../create-error.ts";
import type { AlertName } from "../names/alert-name.ts";
import { packageName, packageNameOf } from "../names/package-name.ts";
import type { ExistingPack, ProjectSurvey, Workspace } from "./project-survey.ts";
import { matchesPattern } from "./workspace-members.ts";

/** Where the alert goes. Folders are relative to the root. */
export type Place =
  | {
      readonly kind: "existing-pack";
      readonly root: string;
      readonly pack: ExistingPack;
      readonly workspace: Workspace;
    }
  | {
      readonly kind: "workspace-pack";
      readonly root: string;
      readonly folder: string;
      readonly packageName: string;
      readonly workspace: Workspace;
    }
  | { readonly kind: "project"; readonly root: string; readonly packageName: string };

export interface PlaceWishes {
  /** Name of a pack that is there, of a package, or of the package to make. */
  readonly pack: string | undefined;
  readonly name: AlertName;
}

/**
 * Decides where the alert goes: into a pack that is there, into a new pack of the workspace, or into a project of its own.
 *
 * @throws {CreateError} `CREATE_PLACE_INVALID` with what there is to choose from.
 */
export const choosePlace = (surveyed: ProjectSurvey, wishes: PlaceWishes): Place => {
  const { workspace } = surveyed;
  if (workspace === null) return projectPlace(surveyed, wishes);
  const pack = packMeant(surveyed, workspace, wishes.pack);
  if (pack !== null) return { kind: "existing-pack", root: workspace.root, pack, workspace };
  if (isNewPack(surveyed, workspace)) return workspacePlace(surveyed, workspace, wishes);
  if (wishes.pack !== undefined) return packOfName(surveyed, workspace, { ...wishes, pack: wishes.pack });
  throw new CreateError(
    "CREATE_PLACE_INVALID",
    `There are ${workspace.packs.length} packs. Say which: --pack ${namesOf(workspace)}; or --pack <name> for a new one.`,
  );
};

/** A new pack where the others lie. A name that is nearly that of another is taken for a slip. */
const packOfName = (
  surveyed: ProjectSurvey,
  workspace: Workspace,
  wishes: PlaceWishes & { readonly pack: string },
): Place => {
  const short = shortened(wishes.pack, workspace);
  const near = workspace.packs.find((pack) => isSlip(short, shortName(pack)));
  if (workspace.patterns.length > 0 && near === undefined) {
    const folder = resolve(workspace.root, parentFor(workspace.patterns), packageNameOf(short));
    return workspacePlace({ ...surveyed, folder }, workspace, wishes);
  }
  throw new CreateError(
    "CREATE_PLACE_INVALID",
    `No pack is named ${JSON.stringify(wishes.pack)}. There are: ${namesOf(workspace)}.${near === undefined ? "" : ` Did you mean ${shortName(near)}?`} For a new one say where: --dir <folder>.`,
  );
};

/** What stands before the folder's own name in the names of all packs: `@mozdef/alerts-` of `@mozdef/alerts-ssh` in `alerts/ssh`. */
const prefixOf = ({ packs }: Workspace): string | null => {
  const [first] = packs;
  if (first?.name.endsWith(shortName(first)) !== true) return null;
  const prefix = first.name.slice(0, -shortName(first).length);
  return packs.every((pack) => pack.name === prefix + shortName(pack)) ? prefix : null;
};

const shortened = (name: string, workspace: Workspace): string => {
  const prefix = prefixOf(workspace);
  if (prefix !== null && prefix !== "" && name.startsWith(prefix)) return name.slice(prefix.length);
  return name.split("/").at(-1) ?? name;
};

/** One letter too many, too few, other or exchanged with the next, in names that are long enough to tell. */
const isSlip = (one: string, two: string): boolean => {
  if (Math.min(one.length, two.length) < 3 || Math.abs(one.length - two.length) > 1) return false;
  const at = Array.from(one).findIndex((letter, index) => two.charAt(index) !== letter);
  if (at === -1) return true;
  const [a, b] = [one.slice(at), two.slice(at)];
  const isSwapped = a.length > 1 && b.startsWith(`${a.charAt(1)}${a.charAt(0)}`) && a.slice(2) === b.slice(2);
  return a.slice(1) === b.slice(1) || a.slice(1) === b || a === b.slice(1) || isSwapped;
};

/** Whether there are packs to choose from, and nothing says which. */
export const isUndecided = (surveyed: ProjectSurvey, { pack }: PlaceWishes): boolean => {
  const { workspace } = surveyed;
  if (workspace === null || pack !== undefined) return false;
  return packMeant(surveyed, workspace, pack) === null && !isNewPack(surveyed, workspace);
};

const isNewPack = ({ folder, isNamed }: ProjectSurvey, { root, packs }: Workspace): boolean =>
  packs.length === 0 || (isNamed && folder !== root);

const namesOf = ({ packs }: Workspace): string => packs.map(shortName).join(", ");

/** The folder's own name, which is how people call a pack. */
export const shortName = ({ folder, name }: ExistingPack): string =>
  folder === "" ? name : (folder.split("/").at(-1) ?? name);

const packMeant = ({ folder }: ProjectSurvey, workspace: Workspace, wish: string | undefined): ExistingPack | null => {
  if (wish !== undefined)
    return workspace.packs.find((pack) => [pack.name, pack.folder, shortName(pack)].includes(wish)) ?? null;
  const here = workspace.packs.find((pack) => isWithin(resolve(workspace.root, pack.folder), folder));
  const [first] = workspace.packs;
  // A workspace of a single pack leaves nothing to choose.
  return here ?? (workspace.patterns.length === 0 && first !== undefined ? first : null);
};

const isWithin = (outer: string, inner: string): boolean => inner === outer || inner.startsWith(`${outer}${sep}`);

const PREFERRED = ["alerts/*", "packs/*", "packages/*"];

const workspacePlace = (surveyed: ProjectSurvey, workspace: Workspace, { pack, name }: PlaceWishes): Place => {
  const { root, patterns, names } = workspace;
  const fallback = name.words.join("-");
  const folder =
    surveyed.folder === root
      ? `${parentFor(patterns)}/${fallback}`
      : relative(root, surveyed.folder).split(sep).join("/");
  if (!matchesPattern(folder, patterns))
    throw new CreateError(
      "CREATE_PLACE_INVALID",
      `The workspace does not count ${folder} among its packages. Expected a folder like ${patterns.join(", ")}: --dir <folder>.`,
    );
  const chosen = nameOf(pack, folder.split("/").at(-1) ?? "", workspace);
  if (names.includes(chosen))
    throw new CreateError(
      "CREATE_PLACE_INVALID",
      `The workspace has a package ${chosen} already. Name another: --pack <name>.`,
    );
  return { kind: "workspace-pack", root, folder, packageName: chosen, workspace };
};

/** A name with a scope is meant as it stands; others follow the names of the packs that are there. */
const nameOf = (wish: string | undefined, folder: string, workspace: Workspace): string => {
  const prefix = prefixOf(workspace);
  const short = packageNameOf(folder);
  if (wish?.startsWith("@") === true) return packageName(wish);
  if (prefix !== null) return prefix + short;
  return wish === undefined ? scoped(short, workspace.names) : packageName(wish);
};

const parentFor = (patterns: readonly string[]): string => {
  const open = patterns.filter((pattern) => /^(?:[^*!]+)\/\*{1,2}$/.test(pattern));
  const pattern = PREFERRED.find((preferred) => open.includes(preferred)) ?? open[0];
  if (pattern !== undefined) return pattern.replace(/\/\*+$/, "").replace(/^\.\//, "");
  throw new CreateError(
    "CREATE_PLACE_INVALID",
    `The workspace names each of its packages (${patterns.join(", ")}). Add a pattern such as "alerts/*", or say where: --dir <folder>.`,
  );
};

/** The scope that most packages of the workspace have. */
const scoped = (name: string, names: readonly string[]): string => {
  const scopes = names.flatMap((other) => /^@[^/]+/.exec(other)?.[0] ?? []);
  const [scope] = scopes.toSorted((a, b) => count(scopes, b) - count(scopes, a));
  return scope !== undefined && count(scopes, scope) * 2 > names.length ? `${scope}/${name}` : name;
};

const count = (list: readonly string[], value: string): number => list.filter((other) => other === value).length;

const projectPlace = (surveyed: ProjectSurvey, { pack, name }: PlaceWishes): Place => {
  const { folder, isEmpty, isNamed } = surveyed;
  const root = isEmpty || isNamed ? folder : resolve(folder, `alerts-${name.words.join("-")}`);
  return {
    kind: "project",
    root,
    packageName: pack === undefined ? packageNameOf(root.split(sep).at(-1) ?? "") : packageName(pack),
  };
};
