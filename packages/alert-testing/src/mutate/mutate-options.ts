import type { AggregationSearch, Search } from "@mozdef/alert";
import { describeIn, type Mutant, type SearchPlace } from "./mutant.ts";

const DEFAULT_SAMPLES = 5;
const DEFAULT_INDICES = ["events", "events-previous"];

/** Threshold one up and one down, another field for the groups, each option back to its default. */
export const optionMutants = (at: SearchPlace): readonly Mutant[] => [
  ...(at.search.kind === "aggregation" ? aggregationMutants(at, at.search) : []),
  ...indicesMutant(at),
  ...nameMutant(at),
];

/** @param change - Gets searches of the same place; null when there is nothing to change. */
const mutant = (
  at: SearchPlace,
  key: string,
  { description, suggestion }: Pick<Mutant, "description" | "suggestion">,
  change: (search: Search) => Search | null,
): Mutant => ({
  key: `${at.position} ${key}`,
  description: describeIn(at, description),
  suggestion,
  changeSearch: (search, position) => (position === at.position ? change(search) : null),
});

const inAggregation =
  (change: (search: AggregationSearch) => Search | null) =>
  (search: Search): Search | null =>
    search.kind === "aggregation" ? change(search) : null;

const aggregationMutants = (at: SearchPlace, search: AggregationSearch): readonly Mutant[] => [
  ...thresholdMutants(at, search),
  fieldMutant(at, search),
  ...samplesMutant(at, search),
];

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
    mutant(at, "threshold up", up, by(1)),
    ...(threshold === 1 ? [] : [mutant(at, "threshold down", down, by(-1))]),
  ];
};

const fieldMutant = (at: SearchPlace, { field }: AggregationSearch): Mutant => {
  const other = field === "hostname" ? "category" : "hostname";
  const texts = {
    description: `aggregate by ${other} instead of ${field}`,
    suggestion: `No case can tell groups by ${field} from groups by ${other}. Add one to "fires" whose events differ in ${other} only, and expect the value of ${field} in the summary.`,
  };
  return mutant(
    at,
    "field",
    texts,
    inAggregation((search) => ({ ...search, field: other })),
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
    mutant(
      at,
      "samples",
      texts,
      inAggregation((search) => ({ ...search, samplesLimit: DEFAULT_SAMPLES })),
    ),
  ];
};

const indicesMutant = (at: SearchPlace): readonly Mutant[] => {
  const text = at.search.indices.join(",");
  if (text === DEFAULT_INDICES.join(",")) return [];
  const texts = {
    description: `drop indices ${text}`,
    suggestion: `No case depends on the indices ${text}. Add one whose events are saved where only they look: setup: (site) => site.saveEvent(event, { index }).`,
  };
  return [mutant(at, "indices", texts, (search) => ({ ...search, indices: DEFAULT_INDICES }))];
};

const nameMutant = (at: SearchPlace): readonly Mutant[] => {
  const { name } = at.search;
  if (name === null) return [];
  const texts = {
    description: `drop name ${JSON.stringify(name)}`,
    suggestion: `No firing case says under which name it alerts. Add to its alert: classname: ${JSON.stringify(name)}.`,
  };
  return [mutant(at, "name", texts, (search) => ({ ...search, name: null }))];
};
