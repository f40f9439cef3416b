import { RunnerError } from "../runner-error.ts";
import { type Config, type ConfigInput, configSchema } from "./config-schema.ts";

/**
 * The configuration of the service, the default export of `mozdef.config.ts`. Every key is optional.
 *
 * @example
 * export default defineConfig({
 *   store: { node: "http://127.0.0.1:9200" },
 *   packs: ["@mozdef/alerts-ssh"],
 *   alerts: { AlertBruteforceSsh: { schedule: crontab({ minute: "*" + "/5" }) } },
 * });
 */
export const defineConfig = (config: ConfigInput): ConfigInput => config;

/**
 * A secret from the environment, for the configuration: so that it is in no file.
 *
 * @throws {RunnerError} `CONFIG_INVALID` when the variable is missing or empty.
 *
 * @example
 * webhook({ url: "https://soar.example.org/alerts", secret: env("SOAR_SECRET") })
 */
export const env = (name: string): string => {
  const value = process.env[name];
  if (value !== undefined && value !== "") return value;
  throw new RunnerError(
    "CONFIG_INVALID",
    `The configuration asks for the environment variable ${name}, which is not set.`,
  );
};

/**
 * A configuration, checked, with every default filled in.
 *
 * @param source - Where it comes from, for messages.
 * @throws {RunnerError} `CONFIG_INVALID` naming each key that is wrong.
 */
export const readConfig = (config: unknown, source: string): Config => {
  const result = configSchema.safeParse(config);
  if (result.success) return result.data;
  const issues = result.error.issues.map(
    ({ path, message }) => `  ${path.map(String).join(".") || "(whole)"}: ${message}`,
  );
  throw new RunnerError("CONFIG_INVALID", [`${source} is wrong:`, ...issues].join("\n"));
};
