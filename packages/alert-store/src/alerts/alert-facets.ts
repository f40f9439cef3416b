import type { estypes } from "@elastic/elasticsearch";
import type { AlertStore } from "../alert-store.ts";
import { type AlertFilter, alertQuery } from "./alert-filter.ts";

/** One value of a field and how many alerts have it. */
export interface Facet {
  readonly value: string;
  readonly count: number;
}

/** What can be chosen to narrow a list, most frequent first: each of the alerts that fit all other parts of the filter. */
export interface AlertFacets {
  readonly severities: readonly Facet[];
  readonly categories: readonly Facet[];
  readonly statuses: readonly Facet[];
  readonly names: readonly Facet[];
  readonly assignees: readonly Facet[];
  readonly tags: readonly Facet[];
}

/** The field of each, the part of the filter that chooses from it, and how many values are worth showing. */
const FACETS: Readonly<Record<keyof AlertFacets, readonly [field: string, part: keyof AlertFilter, most: number]>> = {
  severities: ["severity", "severity", 20],
  categories: ["category", "category", 100],
  statuses: ["status", "status", 20],
  names: ["classname", "classname", 200],
  assignees: ["assignee", "assignee", 100],
  tags: ["tags", "tag", 100],
};

const NAMES = Object.keys(FACETS) as readonly (keyof AlertFacets)[];

/** Counts them in one request. */
export const facetsOf = async ({ client, names }: AlertStore, filter: AlertFilter): Promise<AlertFacets> => {
  const { aggregations } = await client.search({
    index: names.physical("alerts-*"),
    query: alertQuery(withoutParts(filter, NAMES)),
    size: 0,
    track_total_hits: false,
    aggs: Object.fromEntries(NAMES.map((name) => [name, facetAggregation(filter, name)])),
  });
  return Object.fromEntries(NAMES.map((name) => [name, countsOf(aggregations?.[name])])) as unknown as AlertFacets;
};

/** What is chosen of one facet narrows the others, and not itself. */
const facetAggregation = (filter: AlertFilter, name: keyof AlertFacets): estypes.AggregationsAggregationContainer => {
  const [field, , size] = FACETS[name];
  return {
    filter: alertQuery(withoutParts(filter, [name])),
    aggs: { values: { terms: { field, size } } },
  };
};

const withoutParts = (filter: AlertFilter, facets: readonly (keyof AlertFacets)[]): AlertFilter => {
  const left = new Set(facets.map((name) => FACETS[name][1] as string));
  return Object.fromEntries(Object.entries(filter).filter(([part]) => !left.has(part)));
};

interface FilteredValues {
  readonly values?: { readonly buckets: readonly { readonly key: string; readonly doc_count: number }[] };
}

const countsOf = (aggregate: estypes.AggregationsAggregate | undefined): readonly Facet[] => {
  const { values } = (aggregate ?? {}) as FilteredValues;
  return (values?.buckets ?? []).map(({ key, doc_count }) => ({ value: key, count: doc_count }));
};
