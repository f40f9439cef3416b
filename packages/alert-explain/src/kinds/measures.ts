import { askedField, type Measure, type SearchedSource } from "@mozdef/alert/runtime";
import type { GroupQuestion } from "../ask/count-groups.ts";

const NAMES: Readonly<Record<Measure["of"], (field: string) => string>> = {
  distinct: (field) => `different ${field}`,
  sum: (field) => `the sum of ${field}`,
  avg: (field) => `the mean of ${field}`,
  min: (field) => `the least ${field}`,
  max: (field) => `the greatest ${field}`,
};

/** What is measured, in words. */
export const measureName = ({ of, field }: Measure): string => NAMES[of](field);

/** Asks for what is measured of each group, under the name `measured`. */
export const measuring = (source: SearchedSource, measure: Measure): NonNullable<GroupQuestion["aggs"]> => {
  const field = askedField(source, measure.field);
  return {
    measured:
      measure.of === "distinct" ? { cardinality: { field, precision_threshold: 40_000 } } : { [measure.of]: { field } },
  };
};
