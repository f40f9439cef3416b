import type { AggregationSearch, Measure } from "@mozdef/alert";
import { askedField, type Group, isWithin, Measuring, type SearchedSource, sizeOf } from "@mozdef/alert/runtime";
import type { AlertStore } from "../../alert-store.ts";
import type { Answered } from "../../requests/answers.ts";
import type { EventsSearch } from "../../requests/events-search.ts";
import { allGroups, type CountedGroup } from "./groups.ts";
import type { Covered } from "./search-kind.ts";

/** How far an estimate of different values may be off, as a part of it: well above what servers say of theirs. */
const ESTIMATE_ERROR = 0.2;

/** Whether a group is looked at more closely: what is estimated may be a little off. */
export const mayBeWithin = (
  search: Pick<AggregationSearch, "measure" | "atLeast" | "atMost">,
  measured: number,
): boolean => {
  if (search.measure === null) return true;
  if (search.measure.of !== "distinct") return isWithin(search, measured);
  const { atLeast, atMost } = search;
  return isWithin(
    {
      atLeast: atLeast === null ? null : atLeast * (1 - ESTIMATE_ERROR),
      atMost: atMost === null ? null : atMost * (1 + ESTIMATE_ERROR) + 1,
    },
    measured,
  );
};

/** Values asked for at once; more are paged. */
const MOST_VALUES = 10_000;

/** A search for the events of a group that asks for the different values of a field as well. */
export const withValues = (search: EventsSearch, source: SearchedSource, { field }: Measure): EventsSearch => ({
  ...search,
  body: { ...search.body, aggs: { values: { terms: { field: askedField(source, field), size: MOST_VALUES } } } },
});

/** The group with what is measured of it, exactly. */
export const countedExactly = async (
  store: AlertStore,
  source: SearchedSource,
  measure: Measure | null,
  { answer, asked }: Answered,
  group: CountedGroup,
): Promise<CountedGroup> => {
  if (measure?.of !== "distinct") return group;
  const values = answer.aggregations?.values as
    { readonly buckets: readonly unknown[]; readonly sum_other_doc_count?: number } | undefined;
  if (values !== undefined && (values.sum_other_doc_count ?? 0) === 0)
    return { ...group, measured: values.buckets.length };
  const fields = [askedField(source, measure.field)];
  const all = await allGroups(store, { source, fields, threshold: 1 }, asked.body.query);
  return { ...group, measured: all.length };
};

/** Events looked at together when a group is measured here. */
const CHUNK = 10_000;

/**
 * What is measured of a group without events that the store has counted along: they were covered before and are not marked, as in sources
 * that are only read.
 */
export const measuredAgain = async (
  before: Group,
  left: Group,
  measure: Measure,
  { load }: Pick<Covered, "load">,
): Promise<Group> => {
  if (sizeOf(before) === sizeOf(left)) return left;
  const measuring = new Measuring(measure);
  measuring.add(left.events);
  let rest = left.further ?? [];
  while (rest.length > 0) {
    const { hits, further } = await load(rest, CHUNK);
    measuring.add(hits);
    rest = further;
  }
  return { ...left, measured: measuring.total };
};
