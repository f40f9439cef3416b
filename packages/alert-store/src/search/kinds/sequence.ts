import type { SequenceSearch } from "@mozdef/alert";
import type { SearchedSource, SequencePlace, SequenceResult } from "@mozdef/alert/runtime";
import type { QueryContainer } from "@mozdef/query";
import { queryOf } from "@mozdef/query/tools";
import { eventsOf, eventsSearch } from "../../requests/events-search.ts";
import {
  type GroupKeys,
  groupFields,
  groupsOf,
  groupsSearch,
  type GroupsWanted,
  keyText,
  membersOf,
} from "./groups.ts";
import { oneByOne } from "./rounds.ts";
import type { AskedSearch, StoreSearchKind } from "./search-kind.ts";

/** First the keys that have enough events for each step, then the events of those that have all of them. */
export const SEQUENCE: StoreSearchKind<SequenceSearch, SequenceResult> = {
  async *ask(asked) {
    const { store, planned } = asked;
    const places = planned.search.places.map((place, index) => placeOf(asked, place, index));
    const needed = places.filter(({ isAbsent }) => !isAbsent);
    const answers = yield needed.map(({ query, wanted }) => groupsSearch(query, wanted));
    const counted = await oneByOne(needed, async ({ wanted }, index) => {
      const answer = answers[index];
      return answer === undefined ? [] : groupsOf(store, answer, wanted);
    });
    const candidates = inAll(counted.map((groups) => groups.map(({ keys }) => keys)));
    if (candidates.length === 0) return { kind: "sequence", found: [] };
    const events = yield candidates.flatMap((keys) =>
      places.map(({ query, wanted }) => eventsSearch(wanted.source, membersOf(query, wanted.fields, keys))),
    );
    const found = await oneByOne(candidates, async (keys, index) => ({
      keys,
      places: await oneByOne(places, async ({ wanted }, place) => {
        const answer = events[index * places.length + place];
        return answer === undefined ? [] : (await eventsOf(store, wanted.source, answer, ALL)).hits;
      }),
    }));
    return { kind: "sequence", found };
  },
  events: ({ found }) => found.flatMap(({ places }) => places.flat()),
  without: ({ kind, found }, { isCovered, planned }) => ({
    kind,
    found: found.map(({ keys, places }) => ({
      keys,
      // What must not happen counts, whether it is covered or not.
      places: places.map((events, place) =>
        planned.search.places[place]?.isAbsent === true ? events : events.filter((event) => !isCovered(event)),
      ),
    })),
  }),
};

/** Events of one key at one place that are looked at; beyond ten thousand only with their time. */
const ALL = { whole: 10_000, further: false, uncut: 1_000, lean: 1_000_000 };

interface Place {
  readonly query: QueryContainer;
  readonly wanted: GroupsWanted;
  readonly isAbsent: boolean;
}

/** A step looks as far back as the whole sequence may reach, unless its query says itself how far. */
const placeOf = (asked: AskedSearch<SequenceSearch>, place: SequencePlace, index: number): Place => {
  const { planned, compile } = asked;
  const { search, query, further = [] } = planned;
  const { plan } = [query, ...further][index] ?? query;
  const windowMs = plan.windowMs ?? search.windowMs + search.withinMs;
  const source: SearchedSource =
    place.indices === null ? planned.source : { ...planned.source, indices: place.indices };
  const fields = groupFields(planned, place.by ?? search.fields);
  return {
    query: compile(queryOf({ ...plan, windowMs })),
    wanted: { source, fields, threshold: place.times },
    isAbsent: place.isAbsent,
  };
};

/** The keys that are in every list. */
const inAll = ([first = [], ...others]: readonly (readonly GroupKeys[])[]): readonly GroupKeys[] => {
  const known = others.map((keys) => new Set(keys.map(keyText)));
  return first.filter((keys) => known.every((set) => set.has(keyText(keys))));
};
