/** The package manager that somebody works with, and how its commands are written. */
export interface PackageManager {
  readonly name: "npm" | "pnpm" | "yarn";
  /** Yarn 1, whose commands and files differ from those of later versions. */
  readonly isClassic: boolean;
  /** As it is written in the key `packageManager` of a package.json; null when it is not known. */
  readonly declaration: string | null;
}

const NPM: PackageManager = { name: "npm", isClassic: false, declaration: null };

const LOCKFILES: readonly (readonly [file: string, name: PackageManager["name"]])[] = [
  ["pnpm-lock.yaml", "pnpm"],
  ["pnpm-workspace.yaml", "pnpm"],
  ["yarn.lock", "yarn"],
  ["package-lock.json", "npm"],
];

/**
 * The manager of a workspace, by what lies in its root; else the one that runs this command.
 *
 * @param hints - `packageManager` of the root's package.json, names of files in the root, `npm_config_user_agent`.
 */
export const packageManagerOf = (hints: {
  readonly declared?: string | undefined;
  readonly files: readonly string[];
  readonly userAgent?: string | undefined;
}): PackageManager => {
  const running = named(hints.userAgent?.split(" ")[0]?.replace("/", "@"));
  const declared = named(hints.declared);
  if (declared !== null) return declared;
  const locked = LOCKFILES.find(([file]) => hints.files.includes(file))?.[1];
  if (locked === undefined) return running ?? NPM;
  if (locked === running?.name) return running;
  return { name: locked, isClassic: locked === "yarn" && !hints.files.includes(".yarnrc.yml"), declaration: null };
};

/** `pnpm@12.21.0`, `yarn@1.22.22`. */
const named = (text: string | undefined): PackageManager | null => {
  const [declaration, name, major] = /^(npm|pnpm|yarn)@(\d+)\.\d+\.\d+/.exec(text ?? "") ?? [];
  if (name !== "npm" && name !== "pnpm" && name !== "yarn") return null;
  return { name, isClassic: name === "yarn" && major === "1", declaration: declaration ?? null };
};

export const installCommand = ({ name }: PackageManager): string => `${name} install`;

/** As a continuous integration server installs: exactly the lockfile. */
export const frozenInstallCommand = ({ name, isClassic }: PackageManager): string =>
  name === "npm" ? "npm ci" : `${name} install ${name === "yarn" && !isClassic ? "--immutable" : "--frozen-lockfile"}`;

export const createCommand = ({ name }: PackageManager): string => `${name} create`;

/** `npm run lint`, `npm test`, `pnpm lint`; in a workspace for one package of it. */
export const scriptCommand = ({ name }: PackageManager, script: string, member: string | null = null): string => {
  if (name === "npm") {
    const command = script === "test" || script === "start" ? `npm ${script}` : `npm run ${script}`;
    return member === null ? command : `${command} --workspace ${member}`;
  }
  // "run" keeps scripts apart from commands of the same name, such as "pnpm version".
  if (member === null) return `${name} run ${script}`;
  return name === "pnpm" ? `pnpm --filter ${member} run ${script}` : `yarn workspace ${member} run ${script}`;
};

/** Runs a program that a package of the workspace, or the project itself, has installed. */
export const execCommand = ({ name }: PackageManager, words: string, member: string | null = null): string => {
  if (name === "npm") return `npx ${words}`;
  if (member === null) return name === "pnpm" ? `pnpm exec ${words}` : `yarn ${words}`;
  return name === "pnpm" ? `pnpm --filter ${member} exec ${words}` : `yarn workspace ${member} ${words}`;
};
