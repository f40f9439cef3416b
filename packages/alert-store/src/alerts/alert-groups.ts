import type { estypes } from "@elastic/elasticsearch";
import type { AlertStore } from "../alert-store.ts";
import { storeError } from "../store-error.ts";
import { type AlertFilter, alertQuery } from "./alert-filter.ts";
import { type AlertGroup, type Members, membersAggregations, membersIn } from "./alert-group.ts";
import { valueCounts } from "./value-counts.ts";

/** What the alerts of a group have in common: their name, or an address, user or host that they are about. */
export type GroupedBy = "classname" | "entity";

/** Groups of alerts, with most alerts first. */
export interface AlertGroups {
  /** How many groups there are in all. */
  readonly total: number;
  /** The first {@link MOST_GROUPS}. */
  readonly groups: readonly AlertGroup[];
}

/** Groups that one answer tells of. */
export const MOST_GROUPS = 200;

/** Where what the groups have in common is: for entities as the filter looks for them. Ports are in no group: one says too little. */
const FIELDS: Readonly<Record<GroupedBy, readonly string[]>> = {
  classname: ["classname"],
  entity: ["entities.ip.text", "entities.user", "entities.host"],
};

/** What an event has as its host that says none. */
const UNKNOWN = "UNKNOWN";

/**
 * The alerts that fit the filter, those that have something in common as one. Each count is that of the list narrowed to the group. Where the
 * filter names entities, those are the groups.
 *
 * @throws {StoreError}
 */
export const alertGroups = async (store: AlertStore, filter: AlertFilter, by: GroupedBy): Promise<AlertGroups> => {
  try {
    const { total, places } = await placesOf(store, filter, by);
    if (places.length === 0) return { total, groups: [] };
    const groups = await groupsAt(store, filter, by, places);
    // No alert may be about an entity that the filter names.
    return { total: isNamed(filter, by) ? groups.length : total, groups: groups.toSorted(byCount) };
  } catch (cause) {
    throw storeError("Cannot group the alerts", cause);
  }
};

/** A group and the field that all its alerts have it in; null: several may have it, so it is counted by itself. */
interface Place {
  readonly value: string;
  readonly field: string | null;
}

const placesOf = async (
  store: AlertStore,
  filter: AlertFilter,
  by: GroupedBy,
): Promise<{ readonly total: number; readonly places: readonly Place[] }> => {
  if (isNamed(filter, by)) {
    const places = [...new Set(filter.entity)].map((value) => ({ value, field: null }));
    return { total: places.length, places };
  }
  const query = alertQuery(filter);
  const counted = await Promise.all(FIELDS[by].map((field) => valueCounts(store, query, field)));
  const sums = new Map<string, Place & { readonly count: number }>();
  for (const { field, counts } of counted.map((counts, at) => ({ field: FIELDS[by][at] ?? "", counts })))
    for (const [value, count] of counts) {
      if (value === "" || (by === "entity" && value === UNKNOWN)) continue;
      const before = sums.get(value);
      const isAlone = before === undefined && !mayBePort(by, value);
      sums.set(value, { value, field: isAlone ? field : null, count: count + (before?.count ?? 0) });
    }
  return { total: sums.size, places: [...sums.values()].sort(byCount).slice(0, MOST_GROUPS) };
};

const isNamed = (filter: AlertFilter, by: GroupedBy): filter is AlertFilter & Required<Pick<AlertFilter, "entity">> =>
  by === "entity" && filter.entity !== undefined && filter.entity.length > 0;

/** The filter finds an alert by its ports, too. */
const mayBePort = (by: GroupedBy, value: string): boolean => by === "entity" && /^\d+$/.test(value);

const byCount = (a: Counted, b: Counted): number => b.count - a.count || (a.value < b.value ? -1 : 1);

interface Counted {
  readonly value: string;
  readonly count: number;
}

const groupsAt = async (
  { client, names }: AlertStore,
  filter: AlertFilter,
  by: GroupedBy,
  places: readonly Place[],
): Promise<readonly AlertGroup[]> => {
  const { aggregations } = await client.search({
    ...{ index: names.physical("alerts-*"), query: alertQuery(filter), size: 0, track_total_hits: false },
    aggs: { ...byField(by, places), ...byFilter(places) },
  });
  const answered = (aggregations ?? {}) as unknown as Answered;
  const inFields = FIELDS[by].flatMap((_, at) => answered[`field${at}`]?.buckets ?? []);
  const found = new Map(inFields.map((bucket) => [bucket.key, bucket]));
  return places.flatMap(({ value, field }, at) => {
    const members = field === null ? answered[`value${at}`] : found.get(value);
    return members === undefined || members.doc_count === 0 ? [] : membersIn(members, value);
  });
};

type Answered = Readonly<
  Record<string, (Members & { readonly buckets?: readonly (Members & { readonly key: string })[] }) | undefined>
>;

type Aggregations = Record<string, estypes.AggregationsAggregationContainer>;

/** Named terms only: each part of the store then answers with all of them, and the counts are exact. */
const byField = (by: GroupedBy, places: readonly Place[]): Aggregations =>
  Object.fromEntries(
    FIELDS[by].flatMap((field, at) => {
      const include = places.filter((place) => place.field === field).map(({ value }) => value);
      if (include.length === 0) return [];
      return [[`field${at}`, { terms: { field, include, size: include.length }, aggs: membersAggregations }]];
    }),
  );

const byFilter = (places: readonly Place[]): Aggregations =>
  Object.fromEntries(
    places.flatMap(({ value, field }, at) =>
      field === null ? [[`value${at}`, { filter: alertQuery({ entity: [value] }), aggs: membersAggregations }]] : [],
    ),
  );
