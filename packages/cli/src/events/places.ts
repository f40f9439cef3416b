import type { AlertTask, Search } from "@mozdef/alert";
import { isOwnEvents, type PlannedSearch, runMain, type SearchedSource } from "@mozdef/alert/runtime";
import { type AlertServices, openContext } from "@mozdef/alert-engine";
import type { AlertStore } from "@mozdef/alert-store";
import { CliError } from "../cli-error.ts";
import { type AlertSources, sourceUnknown } from "./alert-sources.ts";

/** Where alerts look for events: a source or a part of it, or the service's own events. */
export interface Place {
  /** Null for the service's own events. */
  readonly name: string | null;
  /** Of the source; empty for the service's own events. */
  readonly indices: readonly string[];
}

/** The service's own events. */
export const OWN: Place = { name: null, indices: [] };

/** The same for the same place. */
export const placeKey = ({ name, indices }: Pick<SearchedSource, "name" | "indices">): string =>
  name === null ? "" : JSON.stringify([name, ...indices]);

/** Each place once. */
export const distinctPlaces = (places: readonly Place[]): readonly Place[] => [
  ...new Map(places.map((place) => [placeKey(place), place])).values(),
];

/** An alert and the source that it is given. */
export interface PlacedAlert {
  readonly task: AlertTask<unknown>;
  /** Default: the service's own events. */
  readonly source?: string | undefined;
}

export interface PlanScope extends AlertServices {
  readonly store: AlertStore;
  readonly sources: AlertSources;
  /** When `main` is asked. */
  readonly times: readonly Date[];
}

/**
 * What alerts look for.
 *
 * @throws {CliError} `CLI_SOURCE_UNKNOWN`. @throws what `runMain` throws.
 */
export const plannedSearches = async (
  alerts: readonly PlacedAlert[],
  { store, sources, times, ...services }: PlanScope,
): Promise<readonly PlannedSearch[]> => {
  const signal = new AbortController().signal;
  const found: PlannedSearch[] = [];
  for (const { task, source } of alerts)
    for (const now of times) {
      const choice = { sources: sources.sources, source };
      const { context } = openContext(store, services, { task: task.name, choice, now, signal });
      try {
        found.push(...(await runMain(task, context, choice)));
      } catch (cause) {
        throw sourceUnknown(cause, sources) ?? cause;
      }
    }
  return found;
};

/** The places at which searches look for events; what packs keep in indices of their own is no event. */
export const placesOf = (searches: readonly PlannedSearch[]): readonly Place[] =>
  distinctPlaces(
    searches
      .flatMap(({ search, source }) => sourcesOf(search, source).map((one) => ({ source: one })))
      .filter(({ source: { name, indices } }) => name !== null || indices.some(isOwnEvents))
      .map(({ source: { name, indices } }) => (name === null ? OWN : { name, indices })),
  );

/** Where a search looks, and where the steps of a sequence look elsewhere. */
const sourcesOf = (search: Search, source: SearchedSource): readonly SearchedSource[] => [
  source,
  ...(search.kind === "sequence" ? search.places : []).flatMap(({ indices }) =>
    indices === null ? [] : [{ ...source, indices }],
  ),
];

/** The place that an alert is given. */
export const givenPlace = ({ source }: Pick<PlacedAlert, "source">, { sources }: AlertSources): Place =>
  source === undefined ? OWN : { name: source, indices: sources[source]?.indices ?? [] };

/**
 * Where alerts look for events. One whose `main` fails looks where it is told to: what is wrong shows when it is run.
 *
 * @throws {CliError} `CLI_SOURCE_UNKNOWN`.
 */
export const placesOfAlerts = async (alerts: readonly PlacedAlert[], scope: PlanScope): Promise<readonly Place[]> => {
  const places: Place[] = [];
  for (const alert of alerts) {
    const found = placesOf(await searchesOrNone(alert, scope));
    places.push(...(found.length === 0 ? [givenPlace(alert, scope.sources)] : found));
  }
  return distinctPlaces(places);
};

const searchesOrNone = async (alert: PlacedAlert, scope: PlanScope): Promise<readonly PlannedSearch[]> => {
  try {
    return await plannedSearches([alert], scope);
  } catch (cause) {
    if (cause instanceof CliError) throw cause;
    return [];
  }
};
