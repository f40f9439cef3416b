import type { PercentageSearch } from "@mozdef/alert";
import { isWithin, percentageOf, type PercentageResult, sizeOf } from "@mozdef/alert/runtime";
import { groupEvents, groupWithout, withEvents } from "./group-events.ts";
import { groupFields, groupsByKey, groupsOf, groupsSearch, keyText } from "./groups.ts";
import { oneByOne } from "./rounds.ts";
import type { StoreSearchKind } from "./search-kind.ts";

/** First how many match and how many there are, then the events of the groups in which they are too many or too few. */
export const PERCENTAGE: StoreSearchKind<PercentageSearch, PercentageResult> = {
  async *ask({ store, planned, query, compile }) {
    const { search, source, further: [of = planned.query] = [] } = planned;
    const wanted = { source, fields: groupFields(planned), threshold: 1 };
    const enough = { ...wanted, threshold: search.minimum };
    const [matching, all] = yield [groupsSearch(query, wanted), groupsSearch(compile(of), enough)];
    if (matching === undefined || all === undefined) return { kind: "percentage", groups: [] };
    const counts = await groupsByKey(store, [matching], wanted);
    const found = (await groupsOf(store, all, enough)).flatMap(({ keys, count: baseline }) => {
      const measured = percentageOf(search, counts.get(keyText(keys))?.count ?? 0, baseline);
      return isWithin(search, measured) ? [{ keys, baseline }] : [];
    });
    if (found.length === 0) return { kind: "percentage", groups: [] };
    const answers = yield groupEvents(source, query, wanted.fields, found);
    return {
      kind: "percentage",
      groups: await withEvents(store, { source, samples: search.samplesLimit }, found, answers),
    };
  },
  events: ({ groups }) => groups.flatMap(({ events }) => events),
  without: async ({ kind, groups }, covered) => ({
    kind,
    groups: await oneByOne(groups, async (group) => {
      const left = await groupWithout(group, covered);
      // Events that are 100 % along with those that match are no longer either.
      return { ...left, baseline: group.baseline - (sizeOf(group) - sizeOf(left)) };
    }),
  }),
};
