import type { PercentageSearch } from "@mozdef/alert";
import { isWithin, percentageOf } from "@mozdef/alert/runtime";
import { valueOf } from "../ask/members.ts";
import type { AskedGroups, ExplainedKind, Near, NearGroup } from "./explained-kind.ts";
import { boundsText, byFields, COVERED, distanceTo, shownNumber } from "./wording.ts";

export const PERCENTAGE: ExplainedKind<PercentageSearch> = {
  looksFor: (search, fields) =>
    `events that are ${boundsText(search, " %")} of those of another query${byFields(fields)}`,
  queries: ({ search, source, query, further: [of = query] = [] }) => [
    { label: "", query, own: search.query, source },
    { label: "100 %", query: of, own: search.further[0] ?? search.query, source },
  ],
  hasGroups: () => true,
  near: (asked) => nearOf(asked),
  silence: () => "no group has such a percentage",
  // None of many are 0 %, which may be too few.
  firesWithout: ({ atLeast }) => atLeast === null || atLeast === 0,
};

const nearOf = async (asked: AskedGroups<PercentageSearch>): Promise<Near> => {
  const { planned, compile, firing, firingKeys } = asked;
  const { search, query, further: [of = query] = [] } = planned;
  const queries = { matching: compile(query), all: compile(of) };
  const largest = await asked.count(queries);
  const counted = [...largest.all.values(), ...largest.matching.values()].map(({ keys }) => keys);
  const among = [...firingKeys, ...counted];
  const named = new Map(among.map((keys) => [valueOf(keys), keys]));
  const counts = await asked.count(queries, { among: [...named.values()] });
  const groups = [...named].map(([value, keys]): NearGroup => {
    const [count, all] = [counts.matching.get(value)?.count ?? 0, counts.all.get(value)?.count ?? 0];
    return { keys, count, ...nearnessOf(search, count, all, firing.has(value)) };
  });
  return { groups };
};

const nearnessOf = (
  search: PercentageSearch,
  count: number,
  all: number,
  fires: boolean,
): Pick<NearGroup, "text" | "nearness"> => {
  const measured = percentageOf(search, count, all);
  const parts =
    all === 0
      ? [`${count} of no events`]
      : [`${count} of ${all} are ${shownNumber((100 * count) / all)} %, wanted: ${boundsText(search, " %")}`];
  if (Number.isNaN(measured)) parts.push(`at least ${search.minimum} events have to be there`);
  else if (isWithin(search, measured) && !fires) parts.push(COVERED);
  return {
    text: parts.join(", "),
    nearness: Number.isNaN(measured) ? all / search.minimum - 1_000 : -distanceTo(search, measured),
  };
};
