import type { SpikeSearch } from "@mozdef/alert";
import { expectedIn, isDip, isSpike } from "@mozdef/alert/runtime";
import type { CountedGroup } from "../ask/count-groups.ts";
import { type Keys, valueOf } from "../ask/members.ts";
import { describeSpan } from "../describe-span.ts";
import { withWindow } from "../explained-query.ts";
import type { AskedGroups, ExplainedKind, Near, NearGroup } from "./explained-kind.ts";
import { measureName, measuring } from "./measures.ts";
import { byFields, shownNumber } from "./wording.ts";

export const SPIKE: ExplainedKind<SpikeSearch> = {
  looksFor: ({ factor, direction, baselineMs, atLeast, measure }, fields) => {
    const times = `at least ${factor} times ${WORDS[direction]}`;
    const what = measure === null ? "events than" : `of ${measureName(measure)} than`;
    return `${times} ${what} in the ${describeSpan(baselineMs)} before, at least ${atLeast},${byFields(fields)}`.replace(
      /,$/,
      "",
    );
  },
  hasGroups: () => true,
  near: (asked) => nearOf(asked),
  silence: () => "no group has a spike",
  firesWithout: ({ direction }) => direction !== "up",
};

const WORDS: Readonly<Record<SpikeSearch["direction"], string>> = { up: "more", down: "fewer", both: "more or fewer" };

const nearOf = async (asked: AskedGroups<SpikeSearch>): Promise<Near> => {
  const { planned, compile, firingKeys } = asked;
  const { search, query, further: [any = query] = [] } = planned;
  const windowMs = any.plan.windowMs ?? 0;
  const queries = {
    fresh: compile(query),
    now: compile(any),
    before: {
      bool: {
        filter: [compile(withWindow(any, windowMs + search.baselineMs))],
        must_not: [asked.window(windowMs)],
      },
    },
  };
  const lost = new Map((await asked.withLost()).map((one) => [valueOf(one.keys), one]));
  const aggs = search.measure === null ? {} : measuring(planned.source, search.measure);
  const largest = await asked.count(queries);
  const named = new Map<string, Keys>();
  for (const keys of firingKeys) named.set(valueOf(keys), keys);
  for (const groups of [lost, largest.now, ...(search.direction === "up" ? [] : [largest.before])])
    for (const [value, { keys }] of groups) named.set(value, keys);
  const counts = await asked.count(queries, { aggs, among: [...named.values()] });
  const amount = (group: CountedGroup | undefined): number => amountOf(search, group);
  const groups = [...named].map(([value, keys]): NearGroup => {
    const baseline = expectedIn(search, windowMs, amount(counts.before.get(value)));
    const [fresh, all] = [amount(counts.fresh.get(value)), amount(counts.now.get(value))];
    const count = counts.fresh.get(value)?.count ?? 0;
    return { keys, count, lost: lost.get(value)?.lost ?? [], ...nearnessOf(search, { fresh, all, baseline }) };
  });
  return { groups };
};

/** What is compared of a group: its events, or what is measured of them. */
const amountOf = ({ measure }: SpikeSearch, group: CountedGroup | undefined): number => {
  const amount = measure === null ? group?.count : group?.measured.measured;
  return amount === undefined || Number.isNaN(amount) ? 0 : amount;
};

interface Compared {
  /** In the window, and not covered. */
  readonly fresh: number;
  /** In the window. */
  readonly all: number;
  readonly baseline: number;
}

const nearnessOf = (search: SpikeSearch, compared: Compared): Pick<NearGroup, "text" | "nearness"> => {
  const ways = [
    ...(search.direction === "down" ? [] : [upOf(search, compared)]),
    ...(search.direction === "up" ? [] : [downOf(search, compared)]),
  ];
  const [best] = ways.sort((a, b) => b.nearness - a.nearness);
  return best ?? { text: "", nearness: 0 };
};

const upOf = (search: SpikeSearch, { fresh, all, baseline }: Compared): Pick<NearGroup, "text" | "nearness"> => {
  const { factor, atLeast } = search;
  const isEnough = fresh >= atLeast;
  const ratio = baseline === 0 ? factor : fresh / baseline;
  const parts = [
    `baseline ${shownNumber(baseline)}, now ${shownNumber(fresh)}`,
    ...(isEnough ? [] : [`at least ${atLeast} wanted`]),
    ...(baseline === 0 ? [] : [`factor ${shownNumber(ratio)} of ${factor}`]),
    // An alert covers the events of a spike: what is left may be too few for another.
    ...(all > fresh && isSpike(search, all, baseline) && !isSpike(search, fresh, baseline)
      ? [`${shownNumber(all - fresh)} more had alerted already`]
      : []),
  ];
  return { text: parts.join(", "), nearness: Math.min(1, fresh / atLeast) * Math.min(1, ratio / factor) };
};

const downOf = (search: SpikeSearch, { all, baseline }: Compared): Pick<NearGroup, "text" | "nearness"> => {
  const { factor, atLeast } = search;
  const ratio = all === 0 ? Number.POSITIVE_INFINITY : baseline / all;
  const parts = [
    `baseline ${shownNumber(baseline)}, now ${shownNumber(all)}`,
    ...(baseline >= atLeast ? [] : [`a baseline of at least ${atLeast} wanted`]),
    ...(all === 0 ? [] : [`${shownNumber(ratio)} times fewer, of ${factor}`]),
  ];
  const nearness = Math.min(1, baseline / atLeast) * Math.min(1, ratio / factor);
  return { text: parts.join(", "), nearness: isDip(search, all, baseline) ? 1 : nearness };
};
