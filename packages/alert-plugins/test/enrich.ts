import type { AlertContext } from "@mozdef/alert";
import { type AlertDocument, type AlertPlugin, alertDocument, applyPlugins } from "@mozdef/alert/runtime";

const never = () => {
  throw new Error("not in these tests");
};

const context: AlertContext = {
  now: new Date("2026-03-10T09:00:00Z"),
  log: { debug: never, info: never, warn: never, error: never },
  report: never,
  signal: new AbortController().signal,
  fetch: never,
  dns: { reverse: never },
  search: never,
  count: never,
  state: { get: never, find: never, put: never },
};

/** What `prepare` gets. */
export const services = { now: context.now, log: context.log, fetch: context.fetch };

/** An alert after a plugin. @param changes - Of the draft. @param events - Their sources. @param parts - Of the context. */
export const enrich = async (
  plugin: AlertPlugin,
  changes: Readonly<Record<string, unknown>>,
  events: readonly Readonly<Record<string, unknown>>[] = [],
  parts: Partial<AlertContext> = {},
): Promise<AlertDocument> => {
  const after = await enrichOrDrop(plugin, changes, events, parts);
  if (after === null) throw new Error("dropped");
  return after;
};

/** The same; null when the plugin drops it. */
export const enrichOrDrop = async (
  plugin: AlertPlugin,
  changes: Readonly<Record<string, unknown>>,
  events: readonly Readonly<Record<string, unknown>>[] = [],
  parts: Partial<AlertContext> = {},
): Promise<AlertDocument | null> => {
  const alert = alertDocument(
    { summary: "s", category: "c", tags: [], ...changes },
    {
      now: context.now,
      classname: "AlertX",
      events: events.map((_source, index) => ({ _index: "events-20260310", _id: String(index), _source })),
    },
  );
  const { alert: after, errors } = await applyPlugins(alert, [plugin], { ...context, ...parts });
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join());
  return after;
};
