import type { AggregationSearch, GroupBy, Hit } from "@mozdef/alert";
import type { Measure } from "@mozdef/alert/runtime";
import type { FieldName } from "@mozdef/query";
import { mutantsIn, type OptionChange } from "../mutant/in-kind.ts";
import { MEASURE_NAMES, OTHER_MEASURES } from "./measures.ts";
import type { KindMutants } from "./kind-mutants.ts";
import { fieldChanges, lowerBoundChanges, samplesChanges, upperBoundChanges } from "./shared.ts";

type Change = OptionChange<"aggregation">;

/** Threshold and bounds one up and one down, other groups, another measure, samples back to their default. */
export const aggregationMutants: KindMutants<AggregationSearch> = (at, search) =>
  mutantsIn(at, "aggregation", [
    ...thresholdChanges(search),
    ...(search.groupBy === null ? fieldChanges(search, "aggregate") : groupByChanges()),
    ...(search.measure === null ? [] : measureChanges(search, search.measure)),
    ...samplesChanges<AggregationSearch>(search),
  ]);

const thresholdChanges = ({ threshold, measure }: AggregationSearch): readonly Change[] => {
  // What is measured decides then.
  if (measure !== null && threshold === 1) return [];
  const by = (step: number) => (search: AggregationSearch) =>
    search.threshold + step < 1 ? null : { ...search, threshold: search.threshold + step };
  const up: Change = {
    key: "threshold up",
    description: `threshold ${threshold} + 1`,
    suggestion: `No firing case expects an alert on exactly ${threshold} events of a group. Add one to "fires": events: repeat(${threshold}).`,
    change: by(1),
  };
  const down: Change = {
    key: "threshold down",
    description: `threshold ${threshold} - 1`,
    suggestion: `No silent case depends on the threshold: none has a group of exactly ${threshold - 1} events on which the hook would alert. Add one to "silent": events: repeat(${threshold - 1}), and all else as in the firing cases.`,
    change: by(-1),
  };
  return threshold === 1 ? [up] : [up, down];
};

/** The code of an alert that makes groups; null where it is not at hand. */
const codeOf = ({ groupBy }: AggregationSearch): GroupBy | null => (typeof groupBy === "function" ? groupBy : null);

const groupByChanges = (): readonly Change[] => [
  {
    key: "groupBy one",
    description: "groupBy gives all events the same group",
    suggestion:
      "No case can tell the groups of groupBy from a single one. Add one whose events are in several groups, each of which is to be enough for itself.",
    change: (search) => changedCode(search, inOneGroup),
  },
  {
    key: "groupBy all",
    description: "groupBy leaves no event out",
    suggestion:
      'No case depends on groupBy leaving events out. Add one to "silent" with enough events that match and have no group.',
    change: (search) => changedCode(search, (own) => (event) => withGroup(own(event))),
  },
];

const changedCode = (search: AggregationSearch, change: (own: GroupBy) => GroupBy): AggregationSearch | null => {
  const own = codeOf(search);
  return own === null ? null : { ...search, groupBy: change(own) };
};

/** The group of the first event is that of all others that have one. */
const inOneGroup = (own: GroupBy): GroupBy => {
  let first: string | undefined;
  return (event: Hit) => {
    const [key] = [own(event) ?? []].flat();
    first ??= key;
    return key === undefined ? null : first;
  };
};

const withGroup = (given: ReturnType<GroupBy>): ReturnType<GroupBy> =>
  given == null || given.length === 0 ? "events without a group" : given;

const measureChanges = (search: AggregationSearch, measure: Measure): readonly Change[] => {
  const { atLeast, atMost } = search;
  const what = (value: number): string => `a group with ${described(measure, value)}`;
  const bound = atLeast ?? atMost ?? 0;
  const step = Number.isInteger(bound) ? 1 : Math.abs(bound) / 100;
  return [
    measure.of === "distinct" ? countedChange(measure) : otherMeasure(measure, OTHER_MEASURES[measure.of]),
    ...(measure.of === "distinct" ? [otherField(measure)] : []),
    ...(atLeast === null
      ? []
      : lowerBoundChanges<AggregationSearch>("atLeast", atLeast, { what, step, least: Number.NEGATIVE_INFINITY })),
    ...(atMost === null
      ? []
      : upperBoundChanges<AggregationSearch>("atMost", atMost, { what, step, most: Number.POSITIVE_INFINITY })),
  ];
};

const described = ({ of, field }: Measure, value: number): string =>
  of === "distinct" ? `exactly ${value} different ${field}` : `${value} as the ${MEASURE_NAMES[of]} ${field}`;

const countedChange = ({ field }: Measure): Change => ({
  key: "measure",
  description: `count events instead of different ${field}`,
  suggestion: `No case can tell different ${field} from events. Add one to "silent" with enough events of the same ${field}.`,
  change: ({ measure, atLeast, atMost, ...search }) => {
    if (measure === null) return null;
    const events = { ...search, measure: null, atLeast: null, atMost: null };
    // Nothing bounds the number of events from above.
    return { ...events, threshold: Math.max(search.threshold, atLeast ?? (atMost ?? 0) + 1) };
  },
});

const otherMeasure = ({ of, field }: Measure, other: Measure["of"]): Change => ({
  key: "measure",
  description: `the ${MEASURE_NAMES[other]} ${field} instead of the ${MEASURE_NAMES[of]} ${field}`,
  suggestion: `No case can tell the ${MEASURE_NAMES[of]} ${field} from the ${MEASURE_NAMES[other]} ${field}. Add one with a group of several events in which only one of the two is within the bounds.`,
  change: (search) => (search.measure === null ? null : { ...search, measure: { ...search.measure, of: other } }),
});

const otherField = ({ field }: Measure): Change => {
  const other: FieldName = field === "hostname" ? "category" : "hostname";
  return {
    key: "measure field",
    description: `different ${other} instead of different ${field}`,
    suggestion: `No case can tell different ${field} from different ${other}. Add one to "fires" whose events have the same ${other}.`,
    change: (search) => (search.measure === null ? null : { ...search, measure: { ...search.measure, field: other } }),
  };
};
