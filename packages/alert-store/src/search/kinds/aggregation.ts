import type { AggregationSearch } from "@mozdef/alert";
import type { AggregationResult } from "@mozdef/alert/runtime";
import { eventsOf, eventsSearch } from "../../requests/events-search.ts";
import { allGroupKeys, groupKeysOf, groupsAggregation } from "./group-keys.ts";
import type { StoreSearchKind } from "./search-kind.ts";

/** First the groups that reach the threshold, then the events of each of them. */
export const AGGREGATION: StoreSearchKind<AggregationSearch, AggregationResult> = {
  first: ({ planned: { search }, query }) => [
    {
      indices: search.indices,
      body: { query, size: 0, track_total_hits: true, aggs: groupsAggregation(search.fields, search.threshold) },
    },
  ],
  follow: async (store, { planned: { search }, query }, [{ answer }]) => {
    const groups = groupKeysOf(answer) ?? (await allGroupKeys(store, search, query));
    return groups.map((keys) => {
      const isMember = search.fields.map((field, index) => ({ term: { [field]: { value: keys[index] ?? "" } } }));
      return { keys, ...eventsSearch(search.indices, { bool: { filter: [query, ...isMember] } }) };
    });
  },
  result: async (store, _answers, followed) => ({
    kind: "aggregation",
    groups: await Promise.all(
      followed.map(async (group) => ({ keys: group.asked.keys, events: await eventsOf(store, group) })),
    ),
  }),
  events: ({ groups }) => groups.flatMap(({ events }) => events),
  without: ({ kind, groups }, isCovered) => ({
    kind,
    groups: groups.map((group) => ({ ...group, events: group.events.filter((event) => !isCovered(event)) })),
  }),
};
