import type { Search } from "@mozdef/alert";
import type { PlannedSearch, Sources } from "@mozdef/alert/runtime";
import { nearSources } from "../events/near-sources.ts";
import { placeKey } from "../events/places.ts";
import { type Feed, indexOfPlace } from "./feed.ts";

/** Where the events of sources are in the store of a replay. */
export interface ReplayedPlaces {
  /** As hooks search them. */
  readonly sources: Sources;
  /** The same search, looking where the replay has the events. */
  readonly moved: (search: PlannedSearch) => PlannedSearch;
  /** All indices with events of sources. */
  readonly indices: ReadonlySet<string>;
}

/**
 * Every place has an index of its own, so that an event which two sources share is in each of them once, and none of them looks
 * into the service's own events.
 */
export const replayedPlaces = (feeds: readonly Feed[], sources: Sources = {}): ReplayedPlaces => {
  const byPlace = new Map(
    feeds.flatMap(({ place, source }) => (source === null ? [] : [[placeKey(place), indexOfPlace(place, source)]])),
  );
  const near = Object.entries(nearSources(sources)).map(([name, source]) => {
    const whole = byPlace.get(placeKey({ name, indices: source.indices }));
    return [name, whole === undefined ? source : { ...source, indices: [whole] }] as const;
  });
  return {
    sources: Object.fromEntries(near),
    indices: new Set(byPlace.values()),
    moved: (planned) => {
      const { source, search } = planned;
      const indicesAt = (indices: readonly string[]): readonly string[] => {
        const index = byPlace.get(placeKey({ name: source.name, indices }));
        return index === undefined ? indices : [index];
      };
      return {
        ...planned,
        source: { ...source, indices: indicesAt(source.indices) },
        search: movedSteps(search, indicesAt),
      };
    },
  };
};

/** Steps of a sequence may look elsewhere in the source. */
const movedSteps = (search: Search, indicesAt: (indices: readonly string[]) => readonly string[]): Search =>
  search.kind !== "sequence"
    ? search
    : {
        ...search,
        places: search.places.map((place) =>
          place.indices === null ? place : { ...place, indices: indicesAt(place.indices) },
        ),
      };
