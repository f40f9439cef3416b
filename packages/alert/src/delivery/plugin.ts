import { AlertError, messageOf } from "../alert-error.ts";
import type { AlertDocument } from "../document/alert-document.ts";
import { keysAndValues } from "../helpers/values.ts";
import type { AlertContext, Log } from "../task/context.ts";
import { isDuration, isRegistration } from "./action.ts";

/** What a plugin gets before there is any alert. */
export interface PluginServices {
  readonly now: Date;
  readonly log: Log;
  readonly fetch: typeof fetch;
}

/** Enriches an alert before it is saved. */
export interface AlertPlugin {
  /** For messages; plugins of one configuration have different ones. */
  readonly name: string;
  /** Lower-case words; the plugin runs when one equals any key or value of the alert. `*` is always there. */
  readonly registration: string | readonly string[];
  /** Lower runs earlier; equal ones in the order of the configuration. Default 100. */
  readonly priority?: number;
  /** Longest time for one alert in milliseconds; then the alert goes on without it. Default 5,000. */
  readonly timeoutMs?: number;
  /**
   * Reads what the plugin needs, so that a missing file is found when the service starts and not at the first alert. The service does
   * not start when it throws. Tests and tools need not call it: `onMessage` has to do without.
   */
  prepare?(services: PluginServices): void | Promise<void>;
  /** The alert as it goes on; null drops it (its events are marked nevertheless). */
  onMessage(alert: AlertDocument, context: AlertContext): AlertDocument | null | Promise<AlertDocument | null>;
}

const KEYS = ["name", "registration", "priority", "timeoutMs", "prepare", "onMessage"];

/**
 * A plugin that others configure: `plugins: [ipaddr()]`.
 *
 * @throws {AlertError} `PLUGIN_INVALID`.
 *
 * @example
 * export const owners = (byHost: Readonly<Record<string, string>>) =>
 *   definePlugin({
 *     name: "owners",
 *     registration: "*",
 *     onMessage: (alert) => ({ ...alert, details: { ...alert.details, owner: byHost[String(alert.hostname)] ?? null } }),
 *   });
 */
export const definePlugin = (plugin: AlertPlugin): AlertPlugin => {
  const problem = pluginProblem(plugin);
  if (problem !== null) throw new AlertError("PLUGIN_INVALID", `The plugin is wrong: ${problem}.`);
  return Object.freeze({ ...plugin });
};

/** Why a value is not a plugin; null when it is one. By its shape, since it may come from another copy of this package. */
export const pluginProblem = (value: unknown): string | null => {
  if (typeof value !== "object" || value === null)
    return `expected what definePlugin returns, received ${typeof value}`;
  const { name, registration, priority, timeoutMs, prepare, onMessage } = value as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(value).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) return `unknown key ${JSON.stringify(unknown)}, expected some of ${KEYS.join(", ")}`;
  if (typeof name !== "string" || name === "") return "name is not a text";
  if (typeof onMessage !== "function") return `onMessage of ${name} is not a function`;
  if (prepare !== undefined && typeof prepare !== "function") return `prepare of ${name} is not a function`;
  if (!isRegistration(registration)) return `registration of ${name} is neither a lower-case word nor a list of them`;
  if (priority !== undefined && (typeof priority !== "number" || Number.isNaN(priority)))
    return `priority of ${name} is not a number`;
  if (timeoutMs !== undefined && !isDuration(timeoutMs))
    return `timeoutMs of ${name} is not a number from 1 to 600,000`;
  return null;
};

/**
 * Has every plugin read what it needs.
 *
 * @throws {AlertError} `PLUGIN_DATA_INVALID` naming the first plugin that cannot.
 */
export const preparePlugins = async (plugins: readonly AlertPlugin[], services: PluginServices): Promise<void> => {
  await Promise.all(
    plugins.map(async (plugin) => {
      try {
        await plugin.prepare?.(services);
      } catch (cause) {
        throw new AlertError("PLUGIN_DATA_INVALID", `Plugin ${plugin.name} cannot start: ${messageOf(cause)}`, {
          cause,
        });
      }
    }),
  );
};

/** An alert after its plugins. */
export interface PluginResult {
  /** Null when a plugin dropped the alert. */
  readonly alert: AlertDocument | null;
  /** One for each plugin that failed; the alert went on as it was before it, with the failure among its `errors`. */
  readonly errors: readonly AlertError[];
}

/**
 * Sends an alert through plugins in order of priority. A later one sees what an earlier one added.
 *
 * @see MozDef `mozdef_util/plugin_set.py`; unlike it, a failing plugin leaves the alert unchanged.
 */
export const applyPlugins = async (
  alert: AlertDocument,
  plugins: readonly AlertPlugin[],
  context: AlertContext,
): Promise<PluginResult> => {
  const errors: AlertError[] = [];
  let current = alert;
  for (const plugin of [...plugins].sort((a, b) => (a.priority ?? 100) - (b.priority ?? 100))) {
    if (!isRegistered(plugin.registration, current)) continue;
    try {
      const next = await inTime(plugin, () => plugin.onMessage(structuredClone(current), context));
      if (next === null) return { alert: null, errors };
      current = checked(next);
    } catch (cause) {
      const error = pluginFailed(plugin, alert, cause);
      errors.push(error);
      current = { ...current, errors: [...(current.errors ?? []), error.message.slice(0, LONGEST_ERROR)] };
    }
  }
  return { alert: current, errors };
};

/** Of a failure as it is shown in the alert, in characters. */
const LONGEST_ERROR = 500;

const pluginFailed = ({ name }: AlertPlugin, { classname }: AlertDocument, cause: unknown): AlertError =>
  new AlertError("ALERT_PLUGIN_FAILED", `Plugin ${name} failed on ${classname}: ${messageOf(cause)}`, { cause });

const DEFAULT_TIMEOUT_MS = 5_000;

/** What does not end in time goes on in the background, and nobody waits for it. */
const inTime = async <T>({ timeoutMs = DEFAULT_TIMEOUT_MS }: AlertPlugin, work: () => T | Promise<T>): Promise<T> => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it took longer than the ${timeoutMs} ms allowed`)), timeoutMs);
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
};

/** What a plugin returned: the fields that everything after it relies on have to be there, and it has to be data. */
const checked = (alert: AlertDocument): AlertDocument => {
  const { summary, category, severity, classname, utctimestamp } = (alert as AlertDocument | undefined) ?? {};
  const isWhole = [summary, category, severity, classname, utctimestamp].every((field) => typeof field === "string");
  if (!isWhole) throw new Error("it returned neither an alert nor null");
  JSON.stringify(alert);
  return alert;
};

/** Whether a plugin or an action wants a message. */
export const isRegistered = (registration: string | readonly string[], message: unknown): boolean => {
  const words = new Set(typeof registration === "string" ? [registration] : registration);
  return words.has("*") || keysAndValues(message).some((word) => typeof word === "string" && words.has(word));
};
