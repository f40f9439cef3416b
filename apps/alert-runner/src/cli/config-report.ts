import type { AlertRegistry } from "@mozdef/alert-engine";
import { describeSchedule } from "@mozdef/alert/runtime";
import type { LoadedConfig } from "../config/load-config.ts";

/** What a checked configuration comes to, in lines, and whether something of it cannot be loaded. */
export interface ConfigReport {
  readonly text: string;
  readonly isWhole: boolean;
}

/** Names of values that are not for a screen. */
const SECRET = /^(?:password|apiKey|bearer|secret|token|key|authorization|integrationKey)$/i;

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

/** `https://user:password@host` without what is secret. */
const withoutCredentials = (text: string): string => text.replace(/^([a-z]{2,10}:\/\/)[^/@\s]{1,500}@/i, "$1***@");

/** What would run with it, and what could not be loaded. */
export const configReport = (
  { config, file }: Pick<LoadedConfig, "config" | "file">,
  { alerts, failures }: Pick<AlertRegistry, "alerts" | "failures">,
): ConfigReport => {
  const names = new Set(alerts.map(({ name }) => name));
  // A misspelt name would be a setting that does nothing.
  const unknown = Object.keys(config.alerts).filter((name) => !names.has(name));
  const enabled = alerts.filter((alert) => alert.enabled);
  const lines = [
    ...failures.map(({ source, message }) => `ERROR ${source}: ${message}`),
    ...unknown.map((name) => `ERROR alerts.${name}: no pack has an alert of this name`),
    ...enabled.map(({ name, source, schedule }) => `ok    ${name} (${source}): ${describeSchedule(schedule)}`),
  ];
  const isWhole = failures.length === 0 && unknown.length === 0;
  const count = `${enabled.length} of ${alerts.length} alerts are enabled`;
  return {
    text: [...lines, `${file ?? "The default configuration"} ${isWhole ? "is right" : "is wrong"}: ${count}.`].join(
      "\n",
    ),
    isWhole,
  };
};
