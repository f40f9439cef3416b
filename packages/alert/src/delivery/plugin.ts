import { AlertError, messageOf } from "../alert-error.ts";
import type { AlertDocument } from "../document/alert-document.ts";
import { keysAndValues } from "../helpers/values.ts";
import type { AlertContext } from "../task/context.ts";

/** Enriches an alert before it is saved. */
export interface AlertPlugin {
  readonly name: string;
  /** Lower-case words; the plugin runs when one equals any key or value of the alert. `*` is always there. */
  readonly registration: string | readonly string[];
  /** Lower runs earlier; equal ones in the order of the configuration. Default 100. */
  readonly priority?: number;
  /** The alert as it goes on; null drops it (its events are marked nevertheless). */
  onMessage(alert: AlertDocument, context: AlertContext): AlertDocument | null | Promise<AlertDocument | null>;
}

/** An alert after its plugins. */
export interface PluginResult {
  /** Null when a plugin dropped the alert. */
  readonly alert: AlertDocument | null;
  /** One for each plugin that failed; the alert went on as it was before it. */
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
      const next = await plugin.onMessage(structuredClone(current), context);
      if (next === null) return { alert: null, errors };
      current = next;
    } catch (cause) {
      errors.push(
        new AlertError(
          "ALERT_PLUGIN_FAILED",
          `Plugin ${plugin.name} failed on ${alert.classname}: ${messageOf(cause)}`,
          {
            cause,
          },
        ),
      );
    }
  }
  return { alert: current, errors };
};

/** Whether a plugin or an action wants a message. */
export const isRegistered = (registration: string | readonly string[], message: unknown): boolean => {
  const words = new Set(typeof registration === "string" ? [registration] : registration);
  return words.has("*") || keysAndValues(message).some((word) => typeof word === "string" && words.has(word));
};
