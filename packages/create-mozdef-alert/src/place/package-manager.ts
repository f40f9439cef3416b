/** The package manager that somebody works with, and how its commands are written. */
export interface PackageManager {
  readonly name: "npm" | "pnpm" | "yarn";
  /** Yarn 1, whose commands and files differ from those of later versions. */
  readonly isClassic: boolean;
  /** As it is written in the key `packageManager` of a package.json; null when it is not known. */
  readonly declaration: string | null;
  /** What has to be typed to start it: its name, or by way of `npx` where it is not installed. */
  readonly command: string;
}

const NPM: PackageManager = { name: "npm", isClassic: false, declaration: null, command: "npm" };

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
  /** Whether a program can be started. Default: each can. */
  readonly has?: (program: string) => boolean;
}): PackageManager => {
  const manager = managerOf(hints);
  if (manager.name === "npm" || hints.has?.(manager.name) !== false) return manager;
  return { ...manager, command: `npx ${packageOf(manager)}` };
};

/** The package that has it: from version 2 on, that of yarn is called differently. */
const packageOf = ({ name, isClassic, declaration }: PackageManager): string =>
  name === "yarn" && !isClassic ? (declaration ?? name).replace(/^yarn/, "@yarnpkg/cli-dist") : (declaration ?? name);

type Hints = Pick<Parameters<typeof packageManagerOf>[0], "declared" | "files" | "userAgent">;

const managerOf = (hints: Hints): PackageManager => {
  const running = named(hints.userAgent?.split(" ")[0]?.replace("/", "@"));
  const declared = named(hints.declared);
  if (declared !== null) return declared;
  const locked = LOCKFILES.find(([file]) => hints.files.includes(file))?.[1];
  if (locked === undefined) return running ?? NPM;
  if (locked === running?.name) return running;
  const isClassic = locked === "yarn" && !hints.files.includes(".yarnrc.yml");
  return { name: locked, isClassic, declaration: null, command: locked };
};

/** `pnpm@12.21.0`, `yarn@1.22.22`. */
const named = (text: string | undefined): PackageManager | null => {
  const [declaration, name, major] = /^(npm|pnpm|yarn)@(\d+)\.\d+\.\d+/.exec(text ?? "") ?? [];
  if (name !== "npm" && name !== "pnpm" && name !== "yarn") return null;
  return { name, isClassic: name === "yarn" && major === "1", declaration: declaration ?? null, command: name };
};

export const installCommand = ({ command }: PackageManager): string => `${command} install`;

/** As a continuous integration server installs: exactly the lockfile. */
export const frozenInstallCommand = ({ name, isClassic }: PackageManager): string =>
  name === "npm" ? "npm ci" : `${name} install ${name === "yarn" && !isClassic ? "--immutable" : "--frozen-lockfile"}`;

export const createCommand = ({ command }: PackageManager): string => `${command} create`;

/** `npm run lint`, `npm test`, `pnpm lint`; in a workspace for one package of it. */
export const scriptCommand = (
  { name, command }: PackageManager,
  script: string,
  member: string | null = null,
): string => {
  if (name === "npm") {
    const words = script === "test" || script === "start" ? `npm ${script}` : `npm run ${script}`;
    return member === null ? words : `${words} --workspace ${member}`;
  }
  // "run" keeps scripts apart from commands of the same name, such as "pnpm version".
  if (member === null) return `${command} run ${script}`;
  return name === "pnpm"
    ? `${command} --filter ${member} run ${script}`
    : `${command} workspace ${member} run ${script}`;
};

/** A script of the root with words behind it. npm is always there, whatever a workspace is managed with. */
export const rootScript = ({ name, command }: PackageManager, script: string, words = ""): string => {
  const isNpm = name === "npm" || command !== name;
  if (!isNpm) return `${command} run ${script}${words === "" ? "" : ` ${words}`}`;
  return `${scriptCommand(NPM, script)}${words === "" ? "" : ` -- ${words}`}`;
};

/** Runs a program that a package of the workspace, or the project itself, has installed. */
export const execCommand = ({ name, command }: PackageManager, words: string, member: string | null = null): string => {
  if (name === "npm") return `npx ${words}`;
  if (member === null) return name === "pnpm" ? `${command} exec ${words}` : `${command} ${words}`;
  return name === "pnpm" ? `${command} --filter ${member} exec ${words}` : `${command} workspace ${member} ${words}`;
};
