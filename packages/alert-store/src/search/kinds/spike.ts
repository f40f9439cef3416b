import type { SpikeSearch } from "@mozdef/alert";
import { expectedIn, isDip, isSpike, type SpikeGroup, type SpikeResult } from "@mozdef/alert/runtime";
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
import { measuredAgain } from "./measures.ts";
import { oneByOne } from "./rounds.ts";
import type { AskedSearch, Asking, StoreSearchKind } from "./search-kind.ts";

/** First what is in the window, and for dips what was before it; then what was before for those that may be spikes. */
export const SPIKE: StoreSearchKind<SpikeSearch, SpikeResult> = {
  async *ask(asked) {
    const { search } = asked.planned;
    const wanted = wantedOf(asked);
    const enough = search.measure === null ? { ...wanted, threshold: search.atLeast } : wanted;
    const looksDown = search.direction !== "up";
    const [first, ...rest] = yield [
      groupsSearch(asked.query, enough),
      ...(looksDown ? [groupsSearch(allNow(asked), wanted), groupsSearch(before(asked), wanted)] : []),
    ];
    const candidates =
      first === undefined || search.direction === "down"
        ? []
        : (await groupsOf(asked.store, first, enough)).filter((group) => amountOf(asked, group) >= search.atLeast);
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
    groups: await oneByOne(groups, async (group) => {
      if (group.isDown) return group;
      const left = await groupWithout(group, covered);
      const { measure } = covered.planned.search;
      return measure === null ? left : { ...left, ...(await measuredAgain(group, left, measure, covered)) };
    }),
  }),
};

type Asked = AskedSearch<SpikeSearch>;

type Compared = Pick<SpikeGroup, "keys" | "baseline" | "isDown" | "measured">;

const wantedOf = ({ planned }: Asked): GroupsWanted => ({
  source: planned.source,
  fields: groupFields(planned),
  threshold: 1,
  measure: planned.search.measure,
});

/** What is compared of a group: its events, or what is measured of them. Where nothing is, it is 0. */
const amountOf = ({ planned }: Asked, group: CountedGroup | undefined): number => {
  const amount = planned.search.measure === null ? group?.count : group?.measured;
  return amount === undefined || Number.isNaN(amount) ? 0 : amount;
};

/** A group as its hook is told of it. */
const compared = ({ planned }: Asked, { keys, amount, ...rest }: Omit<Compared, "measured"> & Amount): Compared => ({
  keys,
  ...rest,
  ...(planned.search.measure !== null && { measured: amount }),
});

interface Amount {
  readonly amount: number;
}

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

/** What the time before lets expect in the window. */
const expected = (asked: Asked, earlier: CountedGroup | undefined): number =>
  expectedIn(asked.planned.search, anyOf(asked).plan.windowMs ?? 0, amountOf(asked, earlier));

const dipsAmong = (
  asked: Asked,
  now: ReadonlyMap<string, CountedGroup>,
  earlier: readonly CountedGroup[],
): readonly Compared[] =>
  earlier.flatMap((group) => {
    const { keys } = group;
    const amount = amountOf(asked, now.get(keyText(keys)));
    const baseline = expected(asked, group);
    return isDip(asked.planned.search, amount, baseline)
      ? [compared(asked, { keys, amount, baseline, isDown: true })]
      : [];
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
  return candidates.flatMap((group) => {
    const { keys } = group;
    const amount = amountOf(asked, group);
    const baseline = expected(asked, earlier.get(keyText(keys)));
    return isSpike(asked.planned.search, amount, baseline)
      ? [compared(asked, { keys, amount, baseline, isDown: false })]
      : [];
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
  return all.map(({ keys, events, further, measured, baseline, isDown }) => ({
    ...{ keys, events, baseline, isDown },
    ...(further !== undefined && { further }),
    ...(measured !== undefined && { measured }),
  }));
}
