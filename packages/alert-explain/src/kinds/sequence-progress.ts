import type { SequenceSearch } from "@mozdef/alert";
import { matchSequences, type SequenceEvent } from "@mozdef/alert/runtime";
import { describeSpan } from "../describe-span.ts";
import { COVERED } from "./wording.ts";

/** How far the events of one key have come. */
export interface Progress {
  /** Steps that were made in order and time. */
  readonly steps: number;
  readonly of: number;
  /** What is missing. */
  readonly text: string;
  readonly nearness: number;
}

type Pattern = Pick<SequenceSearch, "places" | "isNeverBetween" | "withinMs">;

type Fitting = readonly (readonly SequenceEvent[])[];

/** Tries ever longer beginnings of the sequence, by the code that looks for the whole of it. */
export const progressOf = (pattern: Pattern, fitting: Fitting, now: number): Progress => {
  const happening = [...pattern.places.keys()].filter((place) => pattern.places[place]?.isAbsent === false);
  const of = happening.length;
  let steps = 0;
  while (steps < of && isBegun(pattern, fitting, happening.slice(0, steps + 1))) steps += 1;
  if (steps === of) return { steps, of, text: hindranceOf(pattern, fitting, now), nearness: of };
  const next = happening[steps] ?? 0;
  const { times } = pattern.places[next] ?? { times: 1 };
  const before = happening.slice(0, steps);
  let part = 0;
  while (part + 1 < times && isBegun(pattern, fitting, [...before, next], part + 1)) part += 1;
  return {
    steps,
    of,
    text: missingText({ pattern, fitting, step: steps + 1, next, part, times }, before),
    nearness: steps + part / times,
  };
};

/** Whether the first steps were made, whatever must not happen; the last of them so many times. */
const isBegun = (pattern: Pattern, fitting: Fitting, places: readonly number[], lastTimes?: number): boolean => {
  const wanted = places.map((place, index) => {
    const { times } = pattern.places[place] ?? { times: 1 };
    return { times: index === places.length - 1 ? (lastTimes ?? times) : times, isAbsent: false };
  });
  const begun = { places: wanted, isNeverBetween: false, withinMs: pattern.withinMs };
  const events = places.map((place) => fitting[place] ?? []);
  return matchSequences(begun, events, Number.POSITIVE_INFINITY).length > 0;
};

interface Missing {
  readonly pattern: Pattern;
  readonly fitting: Fitting;
  readonly step: number;
  readonly next: number;
  readonly part: number;
  readonly times: number;
}

const missingText = ({ pattern, fitting, step, next, part, times }: Missing, before: readonly number[]): string => {
  const count = fitting[next]?.length ?? 0;
  const label = `step ${step} is missing`;
  if (times > 1 && count < times) return `${label}: ${count} of ${times} events`;
  if (count === 0) return label;
  const isLate = isBegun({ ...pattern, withinMs: Number.POSITIVE_INFINITY }, fitting, [...before, next]);
  if (isLate) return `${label}: its events are not within ${describeSpan(pattern.withinMs)} of the first one`;
  return `${label}: its events are not ${part === 0 ? "" : "all "}after those of step ${step - 1}`;
};

/** Why a sequence does not fire all of whose steps were made. */
const hindranceOf = (pattern: Pattern, fitting: Fitting, now: number): string => {
  if (!pattern.places.some(({ isAbsent }) => isAbsent)) return COVERED;
  if (matchSequences(pattern, fitting, now).length > 0) return COVERED;
  if (matchSequences(pattern, fitting, Number.POSITIVE_INFINITY).length > 0)
    return `waits until ${describeSpan(pattern.withinMs)} are over`;
  return "but what must not happen has happened";
};
