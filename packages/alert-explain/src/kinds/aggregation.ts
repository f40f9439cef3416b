import type { AggregationSearch } from "@mozdef/alert";
import type { Measure } from "@mozdef/alert/runtime";
import { firingIn } from "../ask/firing.ts";
import { valueOf } from "../ask/members.ts";
import type { AskedGroups, ExplainedKind, Near, NearGroup } from "./explained-kind.ts";
import { measureName, measuring } from "./measures.ts";
import { boundsText, byFields, COVERED, distanceTo, shownNumber } from "./wording.ts";

export const AGGREGATION: ExplainedKind<AggregationSearch> = {
  looksFor: (search, fields) => `groups ${wantedOf(search)}${search.groupBy === null ? byFields(fields) : " by code"}`,
  hasGroups: () => true,
  near: (asked) => (asked.planned.search.groupBy === null ? nearByFields(asked) : nearByCode(asked)),
  silence: ({ measure }) =>
    measure === null ? "no group reaches the threshold" : "no group reaches the threshold and the bounds",
};

const wantedOf = ({ threshold, measure, ...bounds }: AggregationSearch): string => {
  const events = `of at least ${threshold}`;
  if (measure === null) return events;
  const { of, field } = measure;
  const wanted =
    of === "distinct" ? `${boundsText(bounds)} different ${field}` : `${measureName(measure)} ${boundsText(bounds)}`;
  return `${threshold === 1 ? "" : `${events} `}with ${wanted}`;
};

const nearByFields = async (asked: AskedGroups<AggregationSearch>): Promise<Near> => {
  const { firing, planned } = asked;
  const { search, source } = planned;
  const { measure } = search;
  const aggs = measure === null ? {} : measuring(source, measure);
  const groups = await asked.withLost(aggs);
  return {
    groups: groups.map(({ keys, count, measured, lost }) => {
      const near = nearOf(search, {
        count,
        measured: measured.measured ?? Number.NaN,
        fires: firing.has(valueOf(keys)),
      });
      const most = Math.max(0, ...lost.map((one) => one.count));
      return { keys, count, lost, text: near.text, nearness: near.nearness + most / 1_000_000 };
    }),
  };
};

interface Measured {
  readonly count: number;
  /** NaN when nothing is measured. */
  readonly measured: number;
  readonly fires: boolean;
}

const nearOf = (
  search: AggregationSearch,
  { count, measured, fires }: Measured,
): Pick<NearGroup, "text" | "nearness"> => {
  const { threshold, measure } = search;
  const missing = Math.max(0, threshold - count);
  const events = `${count} of ${threshold}`;
  const covered = missing > 0 || fires ? [] : [COVERED];
  if (measure === null) {
    const parts = [events, ...(missing > 0 ? [`${missing} missing`] : covered)];
    return { text: parts.join(", "), nearness: Math.min(count, threshold) };
  }
  const far = distanceTo(search, measured);
  const parts = [...(missing > 0 ? [`${events} events`] : []), measuredText(search, measure, measured)];
  if (far === 0) parts.push(...covered);
  return { text: parts.join(", "), nearness: -far - missing };
};

const measuredText = (search: AggregationSearch, measure: Measure, measured: number): string => {
  const { of, field } = measure;
  const { atLeast, atMost } = search;
  if (Number.isNaN(measured)) return `no number for ${measureName(measure)}`;
  const isShort = atLeast !== null && atMost === null;
  if (of === "distinct")
    return `${measured}${isShort ? ` of ${atLeast}` : ""} different ${field}${isShort ? "" : `, wanted: ${boundsText(search)}`}`;
  return `${measureName(measure)} is ${shownNumber(measured)}, wanted: ${boundsText(search)}`;
};

/** Every event that matches goes through the code, as in the search itself. */
const nearByCode = async ({ store, planned, now, keysOf, firing }: AskedGroups<AggregationSearch>): Promise<Near> => {
  const { search } = planned;
  const all = await firingIn(store, { ...planned, search: { ...search, threshold: 1 } }, { now, keysOf });
  return {
    groups: all.map(({ group, events, further = [] }) => {
      const count = further.reduce((sum, { ids }) => sum + ids.length, events.length);
      return {
        keys: [group],
        count,
        ...nearOf(search, { count, measured: Number.NaN, fires: firing.has(group) }),
        events,
      };
    }),
  };
};
