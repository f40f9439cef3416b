import type { PercentageSearch } from "@mozdef/alert";
import { mutantsIn } from "../mutant/in-kind.ts";
import type { KindMutants } from "./kind-mutants.ts";
import { fieldChanges, lowerBoundChanges, samplesChanges, upperBoundChanges } from "./shared.ts";

/** Other groups, bounds just above and below, a minimum one more and one less, samples back to their default. */
export const percentageMutants: KindMutants<PercentageSearch> = (at, search) => {
  const { atLeast, atMost, minimum } = search;
  const what = (value: number): string => `a group of whose events about ${Math.round(value * 100) / 100} % match`;
  return mutantsIn(at, "percentage", [
    ...fieldChanges(search, "compare"),
    ...(atLeast === null
      ? []
      : lowerBoundChanges<PercentageSearch>("atLeast", atLeast, { what, step: stepOf(atLeast), least: 0 })),
    ...(atMost === null
      ? []
      : upperBoundChanges<PercentageSearch>("atMost", atMost, { what, step: stepOf(atMost), most: 100 })),
    ...lowerBoundChanges<PercentageSearch>("minimum", minimum, {
      what: (value) => `a group of exactly ${value} events that are 100 %, enough of which match`,
      step: 1,
      least: 1,
    }),
    ...samplesChanges<PercentageSearch>(search),
  ]);
};

/** So far that ten to thirty events show it. */
const stepOf = (percent: number): number => Math.max(1, Math.round(percent) / 10);
