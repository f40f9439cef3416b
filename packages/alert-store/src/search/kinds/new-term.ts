import type { NewTermSearch } from "@mozdef/alert";
import type { NewTermResult } from "@mozdef/alert/runtime";
import type { QueryContainer } from "@mozdef/query";
import { queryOf } from "@mozdef/query/tools";
import { type BatchedSearch, totalOf } from "../../requests/msearch.ts";
import { groupEvents, withEvents } from "./group-events.ts";
import { groupFields, groupsAmong, groupsByKey, groupsOf, groupsSearch, keyText } from "./groups.ts";
import { oneByOne, theOnly } from "./rounds.ts";
import type { AskedSearch, StoreSearchKind } from "./search-kind.ts";

/** First the values of the window, then which of them were seen before, then the events of the others. */
export const NEW_TERM: StoreSearchKind<NewTermSearch, NewTermResult> = {
  async *ask(asked) {
    const { store, planned, query } = asked;
    const { search, source } = planned;
    const wanted = { source, fields: groupFields(planned), threshold: 1 };
    const values = await groupsOf(store, theOnly(yield [groupsSearch(query, wanted)]), wanted);
    if (values.length === 0) return NOTHING;
    const learned = learnedSearch(asked);
    const among = groupsAmong(
      seenBefore(asked),
      wanted,
      values.map(({ keys }) => keys),
    );
    const answers = yield [...learned, ...among];
    if (learned.length > 0 && answers[0] !== undefined && totalOf(answers[0].answer) === 0) return NOTHING;
    const seen = await groupsByKey(store, answers.slice(learned.length), wanted);
    const fresh = values.filter(({ keys }) => !seen.has(keyText(keys))).map(({ keys }) => ({ keys }));
    if (fresh.length === 0) return NOTHING;
    const events = yield groupEvents(source, query, wanted.fields, fresh);
    return {
      kind: "newTerm",
      groups: await withEvents(store, { source, samples: search.samplesLimit }, fresh, events),
    };
  },
  events: ({ groups }) => groups.flatMap(({ events }) => events),
  // A value with an event that was covered before is not new any more.
  without: async ({ kind, groups }, covered) => {
    const isNew = await oneByOne(groups, async ({ events, further = [] }) => {
      if (events.some(covered.isCovered)) return false;
      const left = await covered.less(further);
      return (
        left.every(({ ids }, index) => ids.length === further[index]?.ids.length) && left.length === further.length
      );
    });
    return { kind, groups: groups.filter((_, index) => isNew[index]) };
  },
};

const NOTHING: NewTermResult = { kind: "newTerm", groups: [] };

/** Every event of the window and of the history before it, covered or not. */
const everIn = ({ planned, compile }: AskedSearch<NewTermSearch>): QueryContainer => {
  const { search, query, further: [any = query] = [] } = planned;
  return compile(queryOf({ ...any.plan, windowMs: (any.plan.windowMs ?? 0) + search.historyMs }));
};

/** Those that make a value known: of before the window, or covered by an alert. */
const seenBefore = (asked: AskedSearch<NewTermSearch>): QueryContainer => ({
  bool: { filter: [everIn(asked)], must_not: [asked.query] },
});

/** Whether there are events old enough to have learned from; nothing is asked when nothing has to be learned. */
const learnedSearch = (asked: AskedSearch<NewTermSearch>): readonly BatchedSearch[] => {
  const { planned, window, compile } = asked;
  const { search, source, query, further = [] } = planned;
  if (search.learnMs === null) return [];
  const [any = query] = further;
  // However old they are: what was learned once is not learned again after a quiet time.
  const ever = compile(queryOf({ ...any.plan, windowMs: null }));
  const young = window((query.plan.windowMs ?? 0) + search.learnMs);
  const old = { bool: { filter: [ever], must_not: [young] } };
  return [{ source, indices: source.indices, body: { query: old, size: 0, track_total_hits: 1 } }];
};
