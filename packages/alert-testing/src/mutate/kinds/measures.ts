import type { Measure } from "@mozdef/alert/runtime";

/** What tells two ways to measure apart. */
export const MEASURE_NAMES: Readonly<Record<Measure["of"], string>> = {
  distinct: "different",
  sum: "sum of",
  avg: "mean of",
  min: "least",
  max: "greatest",
};

/** What a measure is mistaken for. */
export const OTHER_MEASURES: Readonly<Record<Exclude<Measure["of"], "distinct">, Measure["of"]>> = {
  sum: "max",
  avg: "max",
  min: "max",
  max: "min",
};
