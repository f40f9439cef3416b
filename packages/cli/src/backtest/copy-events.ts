import type { Search } from "@mozdef/alert";
import type { PlannedSearch } from "@mozdef/alert/runtime";
import { type AlertStore, readerOf, storeError } from "@mozdef/alert-store";
import { compile, type EventSchema, type QueryContainer, type SearchQuery } from "@mozdef/query";
import { mozdefSchema } from "@mozdef/query/mozdef";
import { queryOf } from "@mozdef/query/tools";
import { CliError } from "../cli-error.ts";
import type { AlertSources } from "../events/alert-sources.ts";
import { alertServices } from "../events/alert-services.ts";
import { closeStore, connect } from "../events/connect.ts";
import { everyHit } from "../events/every-hit.ts";
import { distinctPlaces, OWN, type Place, placeKey, placesOf, plannedSearches } from "../events/places.ts";
import { everyPlace } from "./every-place.ts";
import type { EventSource } from "./event-source.ts";
import type { Feed } from "./feed.ts";
import { lookbackMs } from "./lookback.ts";
import type { ReplayEntry } from "./replay.ts";

interface Range {
  readonly from: Date;
  readonly to: Date;
}

/**
 * Copies from a cluster, or from those of the sources, the events of the period, and of the windows before it, that any search of
 * the alerts finds at any slot. Only reads.
 */
export const copyEvents = async (
  { url, prefix, allEvents }: EventSource,
  entries: readonly ReplayEntry[],
  { from, to, sources }: Range & { readonly sources: AlertSources },
): Promise<readonly Feed[]> => {
  const store = connect({ url: url ?? "", prefix: prefix ?? undefined, sources });
  try {
    const scope = { ...alertServices({ err: () => undefined }), store, sources, times: [from, to] };
    const searches = await plannedSearches(entries, scope);
    const planned = placesOf(searches);
    const places = allEvents ? distinctPlaces([...planned, ...everyPlace(entries, sources)]) : planned;
    const feeds: Feed[] = [];
    for (const place of places.length === 0 ? [OWN] : places) {
      const wanted = searches.filter(({ source }) => placeKey(source) === placeKey(place));
      feeds.push(await copyFrom(store, place, { searches: wanted, sources, from, to, allEvents }));
    }
    return feeds;
  } catch (cause) {
    if (cause instanceof CliError) throw cause;
    throw storeError("Cannot copy events", cause);
  } finally {
    await closeStore(store);
  }
};

interface CopyOptions extends Range {
  readonly searches: readonly PlannedSearch[];
  readonly sources: AlertSources;
  readonly allEvents: boolean;
}

const copyFrom = async (
  store: AlertStore,
  place: Place,
  { searches, sources: { sources }, from, to, allEvents }: CopyOptions,
): Promise<Feed> => {
  const source = place.name === null ? null : (sources[place.name] ?? null);
  const schema = source?.schema ?? mozdefSchema;
  const queries = searches.flatMap(queriesIn);
  // What arrives late is looked at later, so it is older than the window seems to be.
  const delayMs = source?.delayMs ?? 0;
  const start = new Date(from.getTime() - delayMs - Math.max(0, ...searches.map(({ search }) => lookbackMs(search))));
  const wanted = allEvents
    ? []
    : queries.map((query) => compile(queryOf({ ...query.plan, windowMs: null }), { now: to, schema }).query);
  const query = filterOf(schema, { from: start, to }, wanted);
  const reader = readerOf(store, { name: place.name, isElsewhere: (source?.store ?? null) !== null });
  const indices = source === null ? indicesOf(searches) : place.indices;
  return { place, source, events: await everyHit(reader, indices, { query, sortBy: schema.received }) };
};

/** Without what keeps events from alerting twice: history is run again. */
const queriesIn = ({ query, further = [], search, source }: PlannedSearch): readonly SearchQuery[] =>
  source.isTranslated ? [query, ...further] : [search.query, ...search.further];

/** The aliases that move from day to day are replaced by all days. */
const indicesOf = (searches: readonly PlannedSearch[]): readonly string[] => [
  "events-*",
  ...new Set(searches.flatMap(({ search }) => lookedIn(search)).filter((name) => !name.startsWith("events"))),
];

/** What alerts have stored is made anew by those that are run again. */
const lookedIn = (search: Search): readonly string[] => [
  ...search.indices,
  ...(search.kind === "sequence" ? search.places.flatMap(({ indices }) => indices ?? []) : []).filter(
    (name) => !name.startsWith("alerts"),
  ),
];

const filterOf = ({ time }: EventSchema, { from, to }: Range, wanted: readonly QueryContainer[]): QueryContainer => {
  const range = { gte: from.toISOString(), lte: to.toISOString() };
  const times = time.map((field) => ({ range: { [field]: range } }));
  return {
    bool: {
      filter: [
        { bool: { should: times, minimum_should_match: 1 } },
        ...(wanted.length === 0 ? [] : [{ bool: { should: wanted, minimum_should_match: 1 } }]),
      ],
    },
  };
};
