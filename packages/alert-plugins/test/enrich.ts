import { type AlertDocument, type AlertPlugin, alertDocument, applyPlugins } from "@mozdef/alert/runtime";

const never = () => {
  throw new Error("not in these tests");
};

const context = {
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

/** An alert after a plugin. @param changes - Of the draft. @param events - Their sources. */
export const enrich = async (
  plugin: AlertPlugin,
  changes: Readonly<Record<string, unknown>>,
  events: readonly Readonly<Record<string, unknown>>[] = [],
): Promise<AlertDocument> => {
  const alert = alertDocument(
    { summary: "s", category: "c", tags: [], ...changes },
    {
      now: context.now,
      classname: "AlertX",
      events: events.map((_source, index) => ({ _index: "events-20260310", _id: String(index), _source })),
    },
  );
  const { alert: after, errors } = await applyPlugins(alert, [plugin], context);
  if (errors.length > 0 || after === null) throw new Error(errors.map(({ message }) => message).join() || "dropped");
  return after;
};
