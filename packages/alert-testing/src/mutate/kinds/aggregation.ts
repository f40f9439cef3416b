import type { AggregationSearch, Search } from "@mozdef/alert";
import { DEFAULT_SAMPLES } from "@mozdef/alert/runtime";
import type { FieldName } from "@mozdef/query";
import type { Mutant, SearchPlace } from "../mutant/mutant.ts";
import { optionMutant } from "../mutant/option-mutant.ts";
import type { KindMutants } from "./kind-mutants.ts";

/** Threshold one up and one down, another field for the groups, samples back to their default. */
export const aggregationMutants: KindMutants<AggregationSearch> = (at, search) => [
  ...thresholdMutants(at, search),
  fieldMutant(at, search.fields),
  ...samplesMutant(at, search),
];

const inAggregation =
  (change: (search: AggregationSearch) => Search | null) =>
  (search: Search): Search | null =>
    search.kind === "aggregation" ? change(search) : null;

const thresholdMutants = (at: SearchPlace, { threshold }: AggregationSearch): readonly Mutant[] => {
  const up = {
    description: `threshold ${threshold} + 1`,
    suggestion: `No firing case has exactly ${threshold} events in a group. Add one to "fires": events: repeat(${threshold}).`,
  };
  const down = {
    description: `threshold ${threshold} - 1`,
    suggestion: `No silent case has exactly ${threshold - 1} events in a group. Add one to "silent": events: repeat(${threshold - 1}).`,
  };
  const by = (step: number) =>
    inAggregation((search) => (search.threshold + step < 1 ? null : { ...search, threshold: search.threshold + step }));
  return [
    optionMutant(at, "threshold up", up, by(1)),
    ...(threshold === 1 ? [] : [optionMutant(at, "threshold down", down, by(-1))]),
  ];
};

const fieldMutant = (at: SearchPlace, [field]: readonly FieldName[]): Mutant => {
  const other = field === "hostname" ? "category" : "hostname";
  const texts = {
    description: `aggregate by ${other} instead of ${field}`,
    suggestion: `No case can tell groups by ${field} from groups by ${other}. Add one to "fires" whose events differ in ${other} only, and expect the value of ${field} in the summary.`,
  };
  return optionMutant(
    at,
    "field",
    texts,
    inAggregation((search) => ({ ...search, fields: [other] })),
  );
};

const samplesMutant = (at: SearchPlace, { samplesLimit }: AggregationSearch): readonly Mutant[] => {
  if (samplesLimit === DEFAULT_SAMPLES) return [];
  const example = Number.isFinite(samplesLimit) ? Math.min(samplesLimit, DEFAULT_SAMPLES + 1) : DEFAULT_SAMPLES + 1;
  const texts = {
    description: `drop samplesLimit ${samplesLimit}`,
    suggestion: `No firing case says how many events the alert embeds. Say it in one with ${example} events in a group: embeds: ${example}.`,
  };
  return [
    optionMutant(
      at,
      "samples",
      texts,
      inAggregation((search) => ({ ...search, samplesLimit: DEFAULT_SAMPLES })),
    ),
  ];
};
