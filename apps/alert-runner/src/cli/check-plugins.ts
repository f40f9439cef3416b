import { messageOf } from "@mozdef/alert";
import type { AlertPlugin, PluginServices } from "@mozdef/alert/runtime";

/** What came of having plugins read what they need, with the key of each in the configuration. */
export interface CheckedPlugins {
  /** With these the service would not start. */
  readonly failures: readonly string[];
  /** What they would log. */
  readonly warnings: readonly string[];
}

/** Has each plugin read what it needs, as the service does when it starts. */
export const checkPlugins = async (
  plugins: readonly AlertPlugin[],
  services: Omit<PluginServices, "log">,
): Promise<CheckedPlugins> => {
  const checked = await Promise.all(plugins.map((plugin, place) => checkPlugin(plugin, place, services)));
  return {
    failures: checked.flatMap(({ failures }) => failures),
    warnings: checked.flatMap(({ warnings }) => warnings),
  };
};

const checkPlugin = async (
  plugin: AlertPlugin,
  place: number,
  services: Omit<PluginServices, "log">,
): Promise<CheckedPlugins> => {
  const said = (message: string): string => `plugins.${place} (${plugin.name}): ${message}`;
  const warnings: string[] = [];
  const note = (message: string): void => void warnings.push(said(message));
  const log = { debug: () => undefined, info: () => undefined, warn: note, error: note };
  try {
    await plugin.prepare?.({ ...services, log });
    return { failures: [], warnings };
  } catch (cause) {
    return { failures: [said(messageOf(cause))], warnings };
  }
};
