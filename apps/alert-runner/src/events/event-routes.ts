import { isoUtc } from "@mozdef/alert";
import { DEFAULT_INDICES, type SearchedSource, searchedSource, type Sources } from "@mozdef/alert/runtime";
import type { Clock } from "@mozdef/alert-engine";
import { type AlertStore, browseEvents, eventFields, eventsOverTime, eventValues } from "@mozdef/alert-store";
import type { FastifyInstance } from "fastify";
import { HttpError } from "../http/http-error.ts";
import { serve } from "../http/serve.ts";
import { withoutUndefined } from "../without-undefined.ts";

export interface EventRoutesOptions {
  readonly store: AlertStore;
  readonly clock: Clock;
  readonly sources: Sources;
}

/** Of every day that is kept. */
const OWN_EVENTS = searchedSource("events", { indices: ["events-*"] });

/** Looking at events, wherever they are. */
export const eventRoutes = (app: FastifyInstance, { store, clock, sources }: EventRoutesOptions): void => {
  const sourceOf = (name: string | undefined): SearchedSource => {
    const source = name === undefined ? OWN_EVENTS : named(sources, name);
    if (source !== undefined) return source;
    throw new HttpError("SOURCE_NOT_FOUND", notFound(name ?? "", Object.keys(sources)));
  };

  serve(app, "listSources", () => ({
    sources: [undefined, ...Object.keys(sources)].map((name) => {
      const { indices, schema } = sourceOf(name);
      return { name: name ?? null, indices, time: schema.time[0] };
    }),
  }));

  serve(app, "listEvents", async ({ query: { source, from, size, order, ...filter } }) => {
    const { total, events } = await browseEvents(store, sourceOf(source), withoutUndefined(filter), {
      ...{ from, size, order },
    });
    return { total, events: events.map(({ _index, _id, _source }) => ({ _index, _id, _source })) };
  });

  serve(app, "countEvents", async ({ query: { source, buckets: most, ...filter } }) => {
    const { intervalMs, buckets } = await eventsOverTime(store, sourceOf(source), withoutUndefined(filter), {
      ...{ now: clock.now(), most },
    });
    return { intervalMs, buckets: buckets.map(({ at, count }) => ({ at: isoUtc(at), count })) };
  });

  serve(app, "listEventFields", async ({ query: { source } }) => ({
    fields: await eventFields(store, sourceOf(source)),
  }));

  serve(app, "countFieldValues", ({ query: { source, field, most, ...filter } }) =>
    eventValues(store, sourceOf(source), withoutUndefined(filter), { field, most }),
  );
};

const named = (sources: Sources, name: string): SearchedSource | undefined =>
  Object.hasOwn(sources, name)
    ? searchedSource("events", { indices: DEFAULT_INDICES, source: name }, { sources })
    : undefined;

const notFound = (name: string, known: readonly string[]): string =>
  `There is no source ${JSON.stringify(name)}. Expected: ${known.length === 0 ? "none, since no source is configured" : `one of ${known.join(", ")}, or none for the events that the service keeps`}.`;
