import { messageOf } from "@mozdef/alert";
import { isSource, type Sources } from "@mozdef/alert/runtime";
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { CliError } from "../cli-error.ts";

/** What the configuration of the service says that commands go by. Everything else in it is for the service itself. */
export interface ServiceConfig {
  readonly sources: Sources;
  /** The names of the sources that alerts are given, by the names of the alerts. */
  readonly given: ReadonlyMap<string, string>;
  /** Names of packages and packs, unchecked. */
  readonly packs: readonly unknown[];
  /** Actions by their names, routes and maintenance windows, unchecked. */
  readonly actions: Readonly<Record<string, unknown>>;
  readonly routes: unknown;
  readonly windows: unknown;
  /** Null when there is no configuration. */
  readonly file: string | null;
}

const NAMES = ["mozdef.config.ts", "mozdef.config.mts", "mozdef.config.js", "mozdef.config.mjs"];

/**
 * The file with the configuration of the service: the one that is named, else the nearest at or above a folder; null when there is
 * none, or none is wanted.
 *
 * @param option - As commander gives `--service` and `--no-service`.
 * @throws {CliError} `CLI_OPTION_INVALID`.
 */
export const findServiceConfig = (option: string | boolean | undefined, cwd: string): string | null => {
  if (option === false) return null;
  if (typeof option !== "string") return nearest(resolve(cwd));
  const file = resolve(cwd, option);
  if (existsSync(file)) return file;
  throw new CliError(
    "CLI_OPTION_INVALID",
    `--service needs the configuration of the service. There is no file ${file}.`,
  );
};

const nearest = (folder: string): string | null => {
  const found = NAMES.map((name) => join(folder, name)).find((file) => existsSync(file));
  if (found !== undefined) return found;
  return dirname(folder) === folder ? null : nearest(dirname(folder));
};

/**
 * Reads a configuration of the service.
 *
 * @param file - Null: nothing is configured.
 * @throws {CliError} `CLI_CONFIG_INVALID` naming file and key.
 */
export const readServiceConfig = async (file: string | null): Promise<ServiceConfig> => {
  if (file === null) return { sources: {}, given: new Map(), packs: [], ...NO_ROUTING, file };
  const config = objectAt(file, "the default export", await importDefault(file));
  const { sources = {}, alerts = {}, packs = [], actions = {}, routes, windows = [] } = config;
  const named = objectAt(file, "sources", sources);
  for (const [name, source] of Object.entries(named))
    if (!isSource(source)) throw invalid(file, `sources.${name}`, "ecsSource({ indices: [...] }) or its like", source);
  const given = Object.entries(objectAt(file, "alerts", alerts)).flatMap(([name, settings]) => {
    const { source } = objectAt(file, `alerts.${name}`, settings);
    if (source === undefined) return [];
    if (typeof source === "string" && Object.hasOwn(named, source)) return [[name, source] as const];
    throw invalid(file, `alerts.${name}.source`, oneOf(Object.keys(named)), source);
  });
  return {
    ...{ sources: named as Sources, given: new Map(given), packs: [packs].flat(), file },
    ...{ actions: objectAt(file, "actions", actions), routes, windows },
  };
};

const NO_ROUTING = { actions: {}, routes: undefined, windows: [] };

const oneOf = (known: readonly string[]): string =>
  known.length === 0 ? "a source under `sources`, where none is" : `one of ${known.join(", ")}`;

const importDefault = async (file: string): Promise<unknown> => {
  try {
    return ((await import(pathToFileURL(file).href)) as { readonly default?: unknown }).default;
  } catch (cause) {
    throw new CliError(
      "CLI_CONFIG_INVALID",
      `Cannot load ${file}: ${messageOf(cause)}. Go on without it: --no-service.`,
      {
        cause,
      },
    );
  }
};

const objectAt = (file: string, key: string, value: unknown): Readonly<Record<string, unknown>> => {
  if (typeof value === "object" && value !== null) return value as Readonly<Record<string, unknown>>;
  throw invalid(file, key, "an object", value);
};

const invalid = (file: string, key: string, expected: string, value: unknown): CliError =>
  new CliError("CLI_CONFIG_INVALID", `${file}: wrong ${key}. Expected: ${expected}. Received: ${described(value)}.`);

/** Of an object its keys only: values may be credentials. */
const described = (value: unknown): string => {
  if (typeof value !== "object" || value === null) return value === undefined ? "nothing" : JSON.stringify(value);
  return `an object with ${Object.keys(value).join(", ") || "no key"}`;
};
