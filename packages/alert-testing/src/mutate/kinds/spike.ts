import type { SpikeSearch } from "@mozdef/alert";
import { describeSpan } from "@mozdef/alert-explain";
import { mutantsIn, type OptionChange } from "../mutant/in-kind.ts";
import type { KindMutants } from "./kind-mutants.ts";
import { MEASURE_NAMES, OTHER_MEASURES } from "./measures.ts";
import { fieldChanges, lowerBoundChanges, samplesChanges } from "./shared.ts";

type Change = OptionChange<"spike">;

/** Other groups, another baseline, a factor and a least number just above and below, other directions. */
export const spikeMutants: KindMutants<SpikeSearch> = (at, search) =>
  mutantsIn(at, "spike", [
    ...fieldChanges(search, "compare"),
    ...baselineChanges(search),
    ...factorChanges(search),
    ...measureChanges(search),
    ...atLeastChanges(search),
    ...DIRECTIONS[search.direction].map(directionChange),
    ...samplesChanges<SpikeSearch>(search),
  ]);

const baselineChanges = ({ baselineMs }: SpikeSearch): readonly Change[] => {
  const span = describeSpan(baselineMs);
  return [
    {
      key: "baseline shorter",
      description: `a baseline of half of ${span}`,
      suggestion: `No case depends on the older half of the ${span} before the window. Add one to "silent" with enough events there that the window has no spike.`,
      change: (search) => ({ ...search, baselineMs: search.baselineMs / 2 }),
    },
    {
      key: "baseline longer",
      description: `a baseline of twice ${span}`,
      suggestion: `No case depends on the baseline being no longer than ${span}. Add one to "silent" whose events in it are just enough to make no spike, and none before.`,
      change: (search) => ({ ...search, baselineMs: search.baselineMs * 2 }),
    },
  ];
};

const factorChanges = ({ factor, direction }: SpikeSearch): readonly Change[] => {
  const [more, less] = [rounded(factor * 1.1), rounded(Math.max((1 + factor) / 2, factor * 0.9))];
  const by = direction === "down" ? `${factor} times as many before as` : `${factor} times as many as before`;
  return [
    {
      key: "factor up",
      description: `factor ${more} instead of ${factor}`,
      suggestion: `No firing case depends on a factor of no more than ${factor}. Add one to "fires" with exactly ${by} in the window.`,
      change: (search) => ({ ...search, factor: search.factor * 1.1 }),
    },
    {
      key: "factor down",
      description: `factor ${less} instead of ${factor}`,
      suggestion: `No silent case depends on a factor of ${factor}. Add one to "silent" with a little less than ${by} in the window.`,
      change: (search) => ({ ...search, factor: Math.max((1 + search.factor) / 2, search.factor * 0.9) }),
    },
  ];
};

const rounded = (value: number): number => Math.round(value * 1_000) / 1_000;

const measureChanges = ({ measure }: SpikeSearch): readonly Change[] => {
  if (measure === null || measure.of === "distinct") return [];
  const other = OTHER_MEASURES[measure.of];
  const [own, instead] = [measure.of, other].map((of) => `the ${MEASURE_NAMES[of]} ${measure.field}`);
  return [
    {
      key: "measure",
      description: `${instead ?? ""} instead of ${own ?? ""}`,
      suggestion: `No case can tell ${own ?? ""} from ${instead ?? ""}. Add one with several events in a group of which only one of the two makes a spike.`,
      change: (search) => (search.measure === null ? null : { ...search, measure: { ...search.measure, of: other } }),
    },
  ];
};

const atLeastChanges = ({ atLeast, direction, measure }: SpikeSearch): readonly Change[] => {
  const of = measure === null ? "events" : `as the ${MEASURE_NAMES[measure.of]} ${measure.field}`;
  const step = Number.isInteger(atLeast) ? 1 : atLeast / 100;
  return lowerBoundChanges<SpikeSearch>("atLeast", atLeast, {
    what: (value) =>
      direction === "down"
        ? `a baseline of ${value} ${of} and none in the window`
        : `a spike of exactly ${value} ${of}`,
    step,
    least: step,
  });
};

type Direction = SpikeSearch["direction"];

const DIRECTIONS: Readonly<Record<Direction, readonly Direction[]>> = {
  up: ["both"],
  down: ["both"],
  both: ["up", "down"],
};

const MISSING: Readonly<Record<Direction, string>> = {
  up: 'No firing case has many fewer events than before. Add one to "fires".',
  down: 'No firing case has many more events than before. Add one to "fires".',
  both: 'No silent case has a change into the other direction. Add one to "silent" in which many more, or many fewer, come that way.',
};

const directionChange = (to: Direction): Change => ({
  key: `direction ${to}`,
  description: `direction ${to}`,
  suggestion: MISSING[to],
  change: (search) => (search.direction === to ? null : { ...search, direction: to }),
});
