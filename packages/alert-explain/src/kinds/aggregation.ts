import type { AggregationSearch } from "@mozdef/alert";
import { type ExplainedKind, type Grouping, withoutEvents } from "./explained-kind.ts";

export const AGGREGATION: ExplainedKind<AggregationSearch> = {
  grouping: ({ fields: [field], threshold }, asked) => (field === undefined ? null : groupingBy(asked(field), threshold)),
  fires: (_matching, groups) => groups.some(({ missing }) => missing === 0),
  title: ({ aggregation }) =>
    `groups of at least ${aggregation?.threshold ?? 1} by ${aggregation?.field ?? "an unknown field"}`,
  silence: (search) => withoutEvents(search) ?? "no group reaches the threshold",
};

const groupingBy = (field: string, threshold: number): Grouping => ({
  field,
  threshold,
  counts: (size) => ({ terms: { field, size } }),
  only: (value) => ({ term: { [field]: { value } } }),
});
