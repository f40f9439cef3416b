import type { AlertContext } from "@mozdef/alert";
import { type AlertDocument, type AlertPlugin, definePlugin, SEVERITIES } from "@mozdef/alert/runtime";
import { z } from "zod";
import { readOptions } from "./options/read-options.ts";
import { type SharedOptions, sharedPart, sharedShape } from "./options/shared-options.ts";

const schema = z.strictObject({
  ...sharedShape,
  name: z.string().min(1).max(100),
  change: z.custom<ChangeByOptions["change"]>((value) => typeof value === "function", "expected a function"),
});

/** The options of {@link changeBy}. */
export interface ChangeByOptions extends SharedOptions {
  /** Of your own, since there may be several. */
  readonly name: string;
  /**
   * The keys of an alert that become others, or null for none. `details` are added to those that are there. What an alert is about cannot be changed:
   * its events, name and time.
   */
  readonly change: (alert: AlertDocument, context: AlertContext) => AlertChange | null | Promise<AlertChange | null>;
}

/** The keys of an alert that a function may change. */
export type AlertChange = Partial<
  Pick<AlertDocument, "severity" | "summary" | "category" | "tags" | "channel" | "notify_mozdefbot" | "url" | "details">
>;

const KEYS = ["severity", "summary", "category", "tags", "channel", "notify_mozdefbot", "url", "details"];

const changeSchema = z.looseObject({
  severity: z.enum([...SEVERITIES]).optional(),
  summary: z.string().min(1).optional(),
  category: z.string().min(1).optional(),
  tags: z.array(z.string()).optional(),
  channel: z.string().nullable().optional(),
  notify_mozdefbot: z.boolean().optional(),
  url: z.string().optional(),
  details: z.record(z.string(), z.unknown()).optional(),
});

/**
 * Changes alerts by a function: severity, tags, channel and the like, by what plugins before it have added. A change that an alert cannot have
 * leaves it as it was, and is the failure of the plugin.
 *
 * @throws {AlertError} `PLUGIN_INVALID`.
 *
 * @example
 * changeBy({ name: "crown-jewels", registration: "assets", change: ({ details }) => (details?.critical === true ? { severity: "CRITICAL" } : null) });
 */
export const changeBy = (options: ChangeByOptions): AlertPlugin => {
  const read = readOptions("changeBy", schema, options);
  const { name, change } = read;
  return definePlugin({
    ...sharedPart(read, { name, registration: "*" }),
    onMessage: async (alert, context) => {
      const changed = await change(alert, context);
      return changed === null
        ? alert
        : {
            ...alert,
            ...checked(changed),
            ...(changed.details && { details: { ...alert.details, ...changed.details } }),
          };
    },
  });
};

/** Of a function that may be of JavaScript. */
const checked = (change: AlertChange): AlertChange => {
  const result = changeSchema.safeParse(change);
  const issue = result.error?.issues[0];
  if (issue !== undefined)
    throw new TypeError(`change returned a wrong ${issue.path.join(".") || "value"}: ${issue.message}`);
  const other = Object.keys(change).find((key) => !KEYS.includes(key));
  if (other !== undefined)
    throw new TypeError(`change returned ${JSON.stringify(other)}, expected some of ${KEYS.join(", ")}`);
  return Object.fromEntries(Object.entries<unknown>(change).filter(([, value]) => value !== undefined));
};
