import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { messageOf } from "@mozdef/alert";
import { RunnerError } from "../runner-error.ts";
import type { Config } from "./config-schema.ts";
import { readConfig } from "./define-config.ts";

/** A configuration and the folder that its relative paths and package names start from. */
export interface LoadedConfig {
  readonly config: Config;
  readonly folder: string;
  /** The file it came from; null when there is none and everything is a default. */
  readonly file: string | null;
}

const NAMES = ["mozdef.config.ts", "mozdef.config.mts", "mozdef.config.js", "mozdef.config.mjs"];

export interface LoadConfigOptions {
  /** The file that was asked for. Default: the first of `mozdef.config.{ts,mts,js,mjs}` in `cwd`. */
  readonly file?: string | undefined;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * The configuration of the service. `PORT` and `HOST` of the environment win over the file.
 *
 * @throws {RunnerError} `CONFIG_NOT_FOUND`, `CONFIG_INVALID`.
 */
export const loadConfig = async ({ file, cwd, env }: LoadConfigOptions): Promise<LoadedConfig> => {
  const found =
    file === undefined
      ? NAMES.map((name) => path.join(cwd, name)).find((name) => existsSync(name))
      : path.resolve(cwd, file);
  if (found === undefined) {
    refuseOthers(cwd);
    return { config: withEnv(readConfig({}, "The default configuration"), env), folder: cwd, file: null };
  }
  if (!/^\.[cm]?[jt]s$/.test(path.extname(found))) throw unreadable(found);
  if (!existsSync(found)) throw new RunnerError("CONFIG_NOT_FOUND", `There is no configuration file ${found}.`);
  const config = readConfig(await importDefault(found), found);
  return { config: withEnv(config, env), folder: path.dirname(found), file: found };
};

/** A file that looks like the configuration and is not read would be a configuration that does nothing. */
const refuseOthers = (cwd: string): void => {
  const other = readdirSync(cwd).find((name) => /^mozdef\.config\.(?:ya?ml|json5?|toml|c[jt]s)$/i.test(name));
  if (other !== undefined) throw unreadable(path.join(cwd, other));
};

const unreadable = (file: string): RunnerError =>
  new RunnerError(
    "CONFIG_INVALID",
    `${file} cannot be a configuration: it is read from TypeScript or JavaScript only. Expected: a file such as ${NAMES.join(", ")} with \`export default { ... }\`; what is in JSON or YAML goes in there as it is.`,
  );

const importDefault = async (file: string): Promise<unknown> => {
  const module = await importFile(file);
  if ("default" in module) return module.default;
  throw new RunnerError(
    "CONFIG_INVALID",
    `${file} has no default export. Expected: export default defineConfig({ ... })`,
  );
};

const importFile = async (file: string): Promise<object> => {
  try {
    return (await import(pathToFileURL(file).href)) as object;
  } catch (cause) {
    throw new RunnerError("CONFIG_INVALID", `${file} cannot be loaded: ${messageOf(cause)}`, { cause });
  }
};

const withEnv = (config: Config, { PORT, HOST }: LoadConfigOptions["env"]): Config => {
  const listen = {
    ...config.listen,
    ...(PORT !== undefined && PORT !== "" && { port: portOf(PORT) }),
    ...(HOST !== undefined && HOST !== "" && { host: HOST }),
  };
  return { ...config, listen };
};

const portOf = (text: string): number => {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new RunnerError(
    "CONFIG_INVALID",
    `The environment variable PORT is wrong. Expected: 0 to 65535. Received: ${JSON.stringify(text)}.`,
  );
};
