import type { Schedule } from "@mozdef/alert";
import { kindOf, nextSlot, type PlannedSearch } from "@mozdef/alert/runtime";
import type { Clause } from "@mozdef/query";
import type { Check } from "./problem.ts";

/** Any week contains the longest pause of every schedule that is not yearly. */
const SLOTS = 200;
const START = new Date("2017-01-01T00:00:00Z");

/** A pause so many times the usual one is wanted: an alert that runs each half hour at night rests by day. */
const WANTED_PAUSE = 10;

/** The longest time between two slots, in milliseconds, but for pauses that are wanted. */
export const longestPauseMs = (schedule: Schedule): number => {
  const pauses: number[] = [];
  let slot = nextSlot(schedule, START);
  for (let count = 0; slot !== null && count < SLOTS; count++) {
    const next = nextSlot(schedule, slot);
    if (next !== null) pauses.push(next.getTime() - slot.getTime());
    slot = next;
  }
  pauses.sort((a, b) => a - b);
  const usual = pauses[Math.floor(pauses.length / 2)] ?? 0;
  return pauses.findLast((pause) => pause <= usual * WANTED_PAUSE) ?? 0;
};

/** Every window that new events are looked for in. */
const windowsOf = ({ search }: PlannedSearch): readonly number[] => [
  ...[search.query, ...search.further].flatMap(({ plan }) => plan.windowMs ?? []),
  // A sequence is found as long as its last event is in its window.
  ...(search.kind === "sequence" ? [search.windowMs] : []),
];

/** An event between two windows is never seen; one that arrives late needs some overlap. */
export const checkWindow: Check = ({ schedule, searches }) => {
  const pauseMs = longestPauseMs(schedule);
  // A deadman alert asks how long it has been silent: what lies before its window does not matter.
  const seeking = searches.filter(({ search }) => !kindOf(search).firesOnSilence);
  const windows = new Set(seeking.flatMap(windowsOf));
  return [...windows]
    .filter((windowMs) => windowMs <= pauseMs)
    .map(
      (windowMs) =>
        `looks back ${windowMs / 1_000} s but runs every ${pauseMs / 1_000} s: events in between, or late ones, are never seen. Make the window longer, or run it more often.`,
    );
};

/** Events that were alerted are not found again, and those that come next may come late. */
export const checkResolve: Check = ({ schedule, searches }) => {
  const pauseMs = longestPauseMs(schedule);
  const ends = new Set(
    searches.flatMap(({ search }) => (kindOf(search).firesOnSilence ? [] : (search.resolveMs ?? []))),
  );
  return [...ends]
    .filter((resolveMs) => resolveMs <= pauseMs)
    .map(
      (resolveMs) =>
        `is resolved after ${resolveMs / 1_000} s but runs every ${pauseMs / 1_000} s: one run that finds nothing new ends it. Make resolveAfter longer than two runs.`,
    );
};

/** The events of years are many, and their number grows by itself: a threshold is reached some day. */
export const checkWindowThere: Check = ({ searches }) =>
  searches.some(
    // The steps of a sequence have the window of the sequence.
    ({ query, search }) =>
      search.kind !== "sequence" && query.plan.windowMs === null && !query.plan.must.some(isSpanOfTime),
  )
    ? ["searches all events that there are. Give the query a window: SearchQuery({ minutes: 20 })."]
    : [];

/** An alert may look at a span that it works out itself. */
const isSpanOfTime = (clause: Clause): boolean =>
  clause.kind === "range" && [clause.gte ?? clause.gt, clause.lte ?? clause.lt].every(isTime);

const isTime = (bound: unknown): boolean => typeof bound === "string" && /^\d{4}-\d{2}-\d{2}T/.test(bound);
