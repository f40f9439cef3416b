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
