import { messageOf } from "@mozdef/alert";
import type { AlertRegistry } from "@mozdef/alert-engine";
import { describeSchedule } from "@mozdef/alert/runtime";
import type { LoadedConfig } from "../config/load-config.ts";
import { routingWarnings } from "../config/routing-schema.ts";
import type { CheckedPlugins } from "./check-plugins.ts";
import { checkListen } from "../listen/check-listen.ts";

/** What a checked configuration comes to, in lines, and whether something of it cannot be loaded. */
export interface ConfigReport {
  readonly text: string;
  readonly isWhole: boolean;
}

/** Names of values that are not for a screen. */
const SECRET = /^(?:.*_)?(?:password|api_?key|bearer|(?:client_?)?secret|token|key|authorization|integrationKey)$/i;

/** The configuration as the service reads it, every default filled in, as JSON; secrets are `***`. */
export const shownConfig = ({ config }: Pick<LoadedConfig, "config">): string =>
  JSON.stringify(
    config,
    (name, value: unknown) => {
      if (typeof value === "function") return "(code)";
      if (name === "headers" && typeof value === "object") return masked(value);
      if (typeof value !== "string") return value;
      if (SECRET.test(name)) return "***";
      return name === "url" ? withoutPath(value) : withoutCredentials(value);
    },
    2,
  );

const masked = (headers: object | null): object =>
  Object.fromEntries(Object.keys(headers ?? {}).map((name) => [name, "***"]));

/** The path of an address that is called is what is secret about it. */
const withoutPath = (text: string): string => (URL.canParse(text) ? `${new URL(text).origin}/***` : "***");

/** `https://user:password@host/?token=...` without what is secret. */
const withoutCredentials = (text: string): string =>
  text
    .replace(/^([a-z]{2,10}:\/\/)[^/@\s]{1,500}@/i, "$1***@")
    .replace(/^([a-z]{2,10}:\/\/[^?\s]{0,2000}\?)\S{1,5000}$/i, "$1***");

/** Why the service would not be started at its address; null when it would. */
const listenProblem = (config: LoadedConfig["config"]): string | null => {
  try {
    checkListen(config);
    return null;
  } catch (error) {
    return messageOf(error);
  }
};

/** What would run with it, what could not be loaded, and what is probably not meant. */
export const configReport = (
  { config, file }: Pick<LoadedConfig, "config" | "file">,
  { alerts, failures }: Pick<AlertRegistry, "alerts" | "failures">,
  plugins: CheckedPlugins,
): ConfigReport => {
  const names = new Set(alerts.map(({ name }) => name));
  // A misspelt name would be a setting that does nothing.
  const unknown = Object.keys(config.alerts).filter((name) => !names.has(name));
  const enabled = alerts.filter((alert) => alert.enabled);
  const listening = listenProblem(config);
  const lines = [
    ...(listening === null ? [] : [`ERROR listen: ${listening}`]),
    ...failures.map(
      ({ source, message, place }) => `ERROR ${source}: ${message}${place === undefined ? "" : `\n  at ${place}`}`,
    ),
    ...unknown.map((name) => `ERROR alerts.${name}: no pack has an alert of this name`),
    ...plugins.failures.map((failure) => `ERROR ${failure}`),
    ...[...routingWarnings(config), ...plugins.warnings].map((warning) => `WARN  ${warning}`),
    ...enabled.map(({ name, source, schedule }) => `ok    ${name} (${source}): ${describeSchedule(schedule)}`),
  ];
  const hasFailed = failures.length > 0 || unknown.length > 0 || plugins.failures.length > 0;
  const isWhole = !hasFailed && listening === null;
  const count = `${enabled.length} of ${alerts.length} alerts are enabled`;
  return {
    text: [...lines, `${file ?? "The default configuration"} ${isWhole ? "is right" : "is wrong"}: ${count}.`].join(
      "\n",
    ),
    isWhole,
  };
};
