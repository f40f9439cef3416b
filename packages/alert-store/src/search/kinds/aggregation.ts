import type { AggregationSearch } from "@mozdef/alert";
import { type AggregationResult, type Group, isWithin } from "@mozdef/alert/runtime";
import { codeGroups } from "./code-groups.ts";
import { groupEvents, groupWithout, withEvents } from "./group-events.ts";
import { type CountedGroup, groupFields, groupsOf, groupsSearch, type GroupsWanted } from "./groups.ts";
import { countedExactly, measuredAgain, mayBeWithin, withValues } from "./measures.ts";
import { oneByOne, theOnly } from "./rounds.ts";
import type { AskedSearch, Asking, StoreSearchKind } from "./search-kind.ts";

/** First the groups that reach the threshold, then the events of each of them. */
export const AGGREGATION: StoreSearchKind<AggregationSearch, AggregationResult> = {
  ask: (asked) => (asked.planned.search.groupBy === null ? byFields(asked) : byCode(asked)),
  events: ({ groups }) => groups.flatMap(({ events }) => events),
  without: async ({ kind, groups }, covered) => ({
    kind,
    groups: await oneByOne(groups, async (group) => {
      const left = await groupWithout(group, covered);
      const { measure } = covered.planned.search;
      return measure === null ? left : measuredAgain(group, left, measure, covered);
    }),
  }),
};

async function* byFields(asked: AskedSearch<AggregationSearch>): Asking<AggregationResult> {
  const { store, planned, query } = asked;
  const { search, source } = planned;
  const { threshold, measure } = search;
  const wanted: GroupsWanted = { source, fields: groupFields(planned), threshold, measure };
  const counted = await groupsOf(store, theOnly(yield [groupsSearch(query, wanted)]), wanted);
  const candidates = counted.filter((group) => mayBeWithin(search, group.measured));
  if (candidates.length === 0) return { kind: "aggregation", groups: [] };
  const searches = groupEvents(source, query, wanted.fields, candidates);
  const answers = yield measure?.of === "distinct" ? searches.map((one) => withValues(one, source, measure)) : searches;
  const exact = await oneByOne(answers, async (answer, index) => {
    const group = candidates[index];
    return group === undefined ? [] : [{ answer, group: await countedExactly(store, source, measure, answer, group) }];
  });
  const firing = exact.flat().filter(({ group }) => measure === null || isWithin(search, group.measured));
  const groups = await withEvents(
    store,
    { source, samples: search.samplesLimit },
    firing.map(({ group }) => group),
    firing.map(({ answer }) => answer),
  );
  return { kind: "aggregation", groups: groups.map((group) => groupOf(group, measure !== null)) };
}

const groupOf = ({ keys, events, further, measured }: Group & CountedGroup, isMeasured: boolean): Group => ({
  keys,
  events,
  ...(further !== undefined && { further }),
  ...(isMeasured && { measured }),
});

async function* byCode(asked: AskedSearch<AggregationSearch>): Asking<AggregationResult> {
  return { kind: "aggregation", groups: yield* codeGroups(asked) };
}
