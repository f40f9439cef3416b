import type { SpikeSearch } from "@mozdef/alert";
import { isDip, isSpike, type SpikeGroup, type SpikeResult } from "@mozdef/alert/runtime";
import type { QueryContainer } from "@mozdef/query";
import { queryOf } from "@mozdef/query/tools";
import { groupEvents, groupWithout, withEvents } from "./group-events.ts";
import {
  type CountedGroup,
  groupFields,
  groupsAmong,
  groupsByKey,
  groupsOf,
  groupsSearch,
  type GroupsWanted,
  keyText,
} from "./groups.ts";
import { oneByOne } from "./rounds.ts";
import type { AskedSearch, Asking, StoreSearchKind } from "./search-kind.ts";

/** First what is in the window, and for dips what was before it; then what was before for those that may be spikes. */
export const SPIKE: StoreSearchKind<SpikeSearch, SpikeResult> = {
  async *ask(asked) {
    const { search } = asked.planned;
    const wanted = wantedOf(asked);
    const enough = { ...wanted, threshold: search.atLeast };
    const looksDown = search.direction !== "up";
    const [first, ...rest] = yield [
      groupsSearch(asked.query, enough),
      ...(looksDown ? [groupsSearch(allNow(asked), wanted), groupsSearch(before(asked), wanted)] : []),
    ];
    const candidates =
      first === undefined || search.direction === "down" ? [] : await groupsOf(asked.store, first, enough);
    const [now, earlier] = rest;
    const dips =
      now === undefined || earlier === undefined
        ? []
        : dipsAmong(asked, await groupsByKey(asked.store, [now], wanted), await groupsOf(asked.store, earlier, wanted));
    const spikes = yield* spikesAmong(asked, candidates);
    return { kind: "spike", groups: yield* withTheirEvents(asked, spikes, dips) };
  },
  events: ({ groups }) => groups.flatMap(({ events, isDown }) => (isDown ? [] : events)),
  without: async ({ kind, groups }, covered) => ({
    kind,
    groups: await oneByOne(groups, async (group) => (group.isDown ? group : groupWithout(group, covered))),
  }),
};

type Asked = AskedSearch<SpikeSearch>;

type Compared = Pick<SpikeGroup, "keys" | "baseline" | "isDown"> & { readonly count: number };

const wantedOf = ({ planned }: Asked): GroupsWanted => ({
  source: planned.source,
  fields: groupFields(planned),
  threshold: 1,
});

const anyOf = ({ planned: { query, further: [any = query] = [] } }: Asked) => any;

/** Every event of the window, covered or not. */
const allNow = (asked: Asked): QueryContainer => asked.compile(anyOf(asked));

/** Every event of the time before. */
const before = (asked: Asked): QueryContainer => {
  const { plan } = anyOf(asked);
  const windowMs = plan.windowMs ?? 0;
  const all = asked.compile(queryOf({ ...plan, windowMs: windowMs + asked.planned.search.baselineMs }));
  return { bool: { filter: [all], must_not: [asked.window(windowMs)] } };
};

/** How many of the events before fall into a time as long as the window. */
const expected = (asked: Asked, count: number): number =>
  (count * (anyOf(asked).plan.windowMs ?? 0)) / asked.planned.search.baselineMs;

const dipsAmong = (
  asked: Asked,
  now: ReadonlyMap<string, CountedGroup>,
  earlier: readonly CountedGroup[],
): readonly Compared[] =>
  earlier.flatMap(({ keys, count: many }) => {
    const count = now.get(keyText(keys))?.count ?? 0;
    const baseline = expected(asked, many);
    return isDip(asked.planned.search, count, baseline) ? [{ keys, count, baseline, isDown: true }] : [];
  });

async function* spikesAmong(asked: Asked, candidates: readonly CountedGroup[]): Asking<readonly Compared[]> {
  if (candidates.length === 0) return [];
  const wanted = wantedOf(asked);
  const searches = groupsAmong(
    before(asked),
    wanted,
    candidates.map(({ keys }) => keys),
  );
  const earlier = await groupsByKey(asked.store, yield searches, wanted);
  return candidates.flatMap(({ keys, count }) => {
    const baseline = expected(asked, earlier.get(keyText(keys))?.count ?? 0);
    return isSpike(asked.planned.search, count, baseline) ? [{ keys, count, baseline, isDown: false }] : [];
  });
}

async function* withTheirEvents(
  asked: Asked,
  spikes: readonly Compared[],
  dips: readonly Compared[],
): Asking<readonly SpikeGroup[]> {
  if (spikes.length + dips.length === 0) return [];
  const { source, search } = asked.planned;
  const { fields } = wantedOf(asked);
  const answers = yield [
    ...groupEvents(source, asked.query, fields, spikes),
    ...groupEvents(source, allNow(asked), fields, dips),
  ];
  const all = await withEvents(asked.store, { source, samples: search.samplesLimit }, [...spikes, ...dips], answers);
  return all.map(({ keys, events, further, baseline, isDown }) => ({
    ...{ keys, events, baseline, isDown },
    ...(further !== undefined && { further }),
  }));
}
