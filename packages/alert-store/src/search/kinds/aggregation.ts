import type { AggregationSearch } from "@mozdef/alert";
import { type AggregationResult, askedField, type PlannedSearch } from "@mozdef/alert/runtime";
import { eventsOf, eventsSearch } from "../../requests/events-search.ts";
import { allGroupKeys, groupKeysOf, groupsAggregation } from "./group-keys.ts";
import type { StoreSearchKind } from "./search-kind.ts";

/** First the groups that reach the threshold, then the events of each of them. */
export const AGGREGATION: StoreSearchKind<AggregationSearch, AggregationResult> = {
  first: ({ planned, query }) => {
    const { search, source } = planned;
    const aggs = groupsAggregation(groupFields(planned), search.threshold);
    return [{ source, indices: source.indices, body: { query, size: 0, track_total_hits: true, aggs } }];
  },
  follow: async (store, { planned, query }, [{ answer }]) => {
    const { search, source } = planned;
    const fields = groupFields(planned);
    const { threshold, samplesLimit: samples } = search;
    const groups = groupKeysOf(answer) ?? (await allGroupKeys(store, { source, fields, threshold }, query));
    return groups.map((keys) => {
      const isMember = fields.map((field, index) => ({ term: { [field]: { value: keys[index] ?? "" } } }));
      return { keys, samples, ...eventsSearch(source, { bool: { filter: [query, ...isMember] } }) };
    });
  },
  result: async (store, { planned: { source } }, _answers, followed) => ({
    kind: "aggregation",
    groups: await oneByOne(followed, async (group) => {
      const { hits, further } = await eventsOf(store, source, group, {
        whole: WHOLE,
        further: true,
        uncut: group.asked.samples,
      });
      return { keys: group.asked.keys, events: hits, ...(further.length > 0 && { further }) };
    }),
  }),
  events: ({ groups }) => groups.flatMap(({ events }) => events),
  without: async ({ kind, groups }, covered) => ({
    kind,
    groups: await oneByOne(groups, async ({ keys, events, further = [] }) => {
      const fresh = events.filter((event) => !covered.isCovered(event));
      const left = await covered.less(further);
      // Of a group whose first events were covered before, the next ones have to come along.
      const { hits, further: rest } =
        fresh.length < SAMPLES && left.length > 0 ? await covered.load(left, SAMPLES) : { hits: [], further: left };
      return { keys, events: [...fresh, ...hits], ...(rest.length > 0 && { further: rest }) };
    }),
  }),
};

/** The fields that make the groups, as the source names them. */
const groupFields = ({ search: { fields }, source }: PlannedSearch<AggregationSearch>): readonly [string] => [
  askedField(source, fields[0]),
];

/** Groups can be large: one after another, so that the memory of one is there for the next. */
const oneByOne = async <Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> => {
  const results: Result[] = [];
  for (const item of items) results.push(await work(item));
  return results;
};

/** Events of a group that come whole. */
const WHOLE = 10_000;

/** Events that a group has at least, if there are as many: more than alerts embed, unless they ask for all. */
const SAMPLES = 1_000;
