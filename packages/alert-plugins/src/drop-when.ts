import type { AlertContext } from "@mozdef/alert";
import { type AlertDocument, type AlertPlugin, definePlugin } from "@mozdef/alert/runtime";
import { z } from "zod";
import { readOptions } from "./options/read-options.ts";
import { type SharedOptions, sharedPart, sharedShape } from "./options/shared-options.ts";

const schema = z.strictObject({
  ...sharedShape,
  name: z.string().min(1).max(100),
  reason: z.string().min(1),
  when: z.custom<DropWhenOptions["when"]>((value) => typeof value === "function", "expected a function"),
});

/** The options of {@link dropWhen}. */
export interface DropWhenOptions extends SharedOptions {
  /** Of your own, since there may be several. */
  readonly name: string;
  /** Why, for the log. */
  readonly reason: string;
  /** Whether an alert is dropped. It sees what plugins before it have added. */
  readonly when: (alert: AlertDocument, context: AlertContext) => boolean | Promise<boolean>;
}

/**
 * Drops alerts: they are not stored and go nowhere, their events count as alerted, and the log says which were dropped and why. An alert for which
 * `when` fails is kept.
 *
 * @throws {AlertError} `PLUGIN_INVALID`.
 *
 * @example
 * dropWhen({ name: "lab", reason: "the lab scans itself", when: ({ details }) => details?.site === "lab" });
 */
export const dropWhen = (options: DropWhenOptions): AlertPlugin => {
  const read = readOptions("dropWhen", schema, options);
  const { name, reason, when } = read;
  return definePlugin({
    ...sharedPart(read, { name, registration: "*" }),
    onMessage: async (alert, context) => {
      const isDropped: unknown = await when(alert, context);
      // A function that forgets to return something, or returns a value, is a mistake, and must not decide over alerts.
      if (typeof isDropped !== "boolean")
        throw new TypeError(`when returned ${typeof isDropped}, expected true or false`);
      if (!isDropped) return alert;
      const { classname, severity, summary, events } = alert;
      context.log.info(`alert dropped by ${name}: ${reason}`, {
        ...{ alert: classname, severity, summary },
        events: events.map(({ documentindex, documentid }) => `${documentindex}/${documentid}`),
      });
      return null;
    },
  });
};
