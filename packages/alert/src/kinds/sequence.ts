import type { Duration, FieldName, SearchQuery } from "@mozdef/query";
import { deepFreeze } from "../document/deep-freeze.ts";
import { type Hit, timeOf } from "../document/event.ts";
import { timeField } from "../source/searched-source.ts";
import { checkSamples, type GroupOptions } from "./aggregation.ts";
import { DEFAULT_SAMPLES, type Group, groupSubject, type GroupSearch } from "./group.ts";
import { fieldsOf, invalidOption, isCount, isQuery, msOf, searchBase } from "./search-base.ts";
import type { SearchKind } from "./search-kind.ts";
import { matchSequences, type SequenceEvent, type Steps } from "./match-sequences.ts";

export interface StepOptions {
  /** Events that make the step. Default 1. */
  readonly times?: number;
  /** Indices of its events, such as `["alerts"]` for alerts of other names. Default: those of the sequence. */
  readonly indices?: readonly string[];
  /** The fields that say what its events are about, where they are called differently from those of `by`. */
  readonly by?: FieldName | readonly FieldName[];
}

/** What has to happen at one place of a sequence. */
export interface Step extends Required<Pick<StepOptions, "times">> {
  readonly query: SearchQuery;
  readonly indices: readonly string[] | null;
  /** Null for those of the sequence. */
  readonly by: readonly FieldName[] | null;
}

/** One place of a sequence: a step, or one that must not happen there. */
export type SequenceStep = Step | { readonly without: Step };

/**
 * A step of a {@link sequence}.
 *
 * @param query - Its events. A window of its own limits it further; usually it has none.
 * @throws {AlertError} `ALERT_SEARCH_INVALID`.
 */
export const step = (query: SearchQuery, options: StepOptions = {}): Step => {
  const { times = 1, indices = null, by } = options;
  if (!isQuery(query)) throw invalidOption("step", "query", "a SearchQuery", query);
  if (!isCount(times)) throw invalidOption("step", "times", "a whole number from 1", times);
  for (const key of Object.keys(options))
    if (!["times", "indices", "by"].includes(key))
      throw invalidOption("step", key, "no such option; known are times, indices, by", key);
  if (indices !== null && (!Array.isArray(indices) || indices.length === 0))
    throw invalidOption("step", "indices", "a list of at least one index name", indices);
  return Object.freeze({ query, times, indices, by: by === undefined ? null : fieldsOf("step", "by", by) });
};

export interface SequenceOptions extends GroupOptions {
  /** What the steps have in common: a field, or several. Default: nothing, all events are looked at together. */
  readonly by?: FieldName | readonly FieldName[];
  /** The longest time from the first event to the last. */
  readonly within: Duration;
  /**
   * How far back the last event may lie: longer for events that come late. Default: as long as `within`, at least five minutes.
   */
  readonly window?: Duration;
  /**
   * What must not happen: after a single step until `within` is over; of several, between the first event and the last. A
   * `{ without: step(..) }` among the steps says it for that place alone.
   */
  readonly without?: Step;
}

/** A step as it is looked for. */
export interface SequencePlace extends Omit<Step, "query"> {
  readonly isAbsent: boolean;
}

/** One alert for each key whose events make the steps in their order. */
export interface SequenceSearch extends GroupSearch {
  readonly kind: "sequence";
  /** In order. Their queries are `query` and `further` of the search, in order. */
  readonly places: readonly SequencePlace[];
  /** Whether a step must not happen anywhere between first and last: then it is the last of `places`, and no place of its own. */
  readonly isNeverBetween: boolean;
  readonly withinMs: number;
  readonly windowMs: number;
}

/** The events of one key. */
export interface SequenceKey {
  readonly keys: readonly string[];
  /** For each place the events that fit there. */
  readonly places: readonly (readonly Hit[])[];
}

export interface SequenceResult {
  readonly kind: "sequence";
  readonly found: readonly SequenceKey[];
}

const FIVE_MINUTES_MS = 300_000;

const OWN = ["by", "within", "window", "without", "samplesLimit"];

/**
 * One alert for each key of `by` for which the steps have happened in their order within a time; the task's `onAggregation` is called
 * with all events of the steps from then on that lie within that time, and with `steps`. Events of the same time count in the order of
 * the steps. A step that must not happen at the end lets the alert wait until the time is over.
 *
 * @example
 * ```ts
 * class AlertGuessed extends AlertTask {
 *   main() {
 *     const failed = SearchQuery().must(PhraseMatch("summary", "login failed"));
 *     const succeeded = SearchQuery().must(PhraseMatch("summary", "login accepted"));
 *     return sequence({ by: "details.username", within: { minutes: 10 } }, [step(failed, { times: 5 }), step(succeeded)]);
 *   }
 *
 *   onAggregation({ value, steps }: AggregatedEvents) {
 *     const failures = steps[0]?.length ?? 0;
 *     return { summary: `${value} got in after ${failures} failures`, category: "access", tags: ["login"] };
 *   }
 * }
 * ```
 * @throws {AlertError} `ALERT_SEARCH_INVALID`.
 */
export const sequence = (options: SequenceOptions, steps: readonly SequenceStep[]): SequenceSearch => {
  const given = readSteps(steps, options.without);
  const queries = given.map(({ one }) => one.query);
  const base = searchBase("sequence", queries[0], options, OWN);
  const { by, within, window, samplesLimit = DEFAULT_SAMPLES } = options;
  const withinMs = msOf("sequence", "within", within);
  checkSamples("sequence", samplesLimit);
  return Object.freeze({
    ...base,
    further: queries.slice(1),
    fields: by === undefined ? [] : fieldsOf("sequence", "by", by),
    places: given.map(({ one: { times, indices, by: own }, isAbsent }) => ({ times, indices, by: own, isAbsent })),
    isNeverBetween: options.without !== undefined && steps.length > 1,
    withinMs,
    windowMs: window === undefined ? Math.max(withinMs, FIVE_MINUTES_MS) : msOf("sequence", "window", window),
    samplesLimit,
  });
};

const readSteps = (steps: readonly SequenceStep[], without: Step | undefined) => {
  const given: unknown = steps;
  const listed: readonly unknown[] = Array.isArray(given) ? given : [];
  const all = without === undefined ? listed : [...listed, { without }];
  const read = all.map(readStep);
  if (read.length < 2)
    throw invalidOption("sequence", "steps", "at least two steps, or one and a step that must not follow", steps);
  if (read[0]?.isAbsent === true)
    throw invalidOption("sequence", "steps", "first a step that happens", "one that must not happen");
  return read;
};

const readStep = (given: unknown): { readonly one: Step; readonly isAbsent: boolean } => {
  const isAbsent = typeof given === "object" && given !== null && "without" in given;
  const one: unknown = isAbsent ? given.without : given;
  if (typeof one !== "object" || one === null || !("query" in one) || !("times" in one))
    throw invalidOption("sequence", "steps", "what step(query) returns, or { without: step(query) }", given);
  if (isAbsent && one.times !== 1)
    throw invalidOption("sequence", "without", "a step without times: one event is enough to prevent", one.times);
  return { one: one as Step, isAbsent };
};

export const SEQUENCE: SearchKind<SequenceSearch, SequenceResult, "onAggregation"> = {
  hook: "onAggregation",
  firesOnSilence: false,
  groupedBy: ({ fields }) => fields,
  threshold: () => 1,
  samplesLimit: ({ samplesLimit }) => samplesLimit,
  plan: ({ query, further, fields, places }, { fresh, any }) => {
    // What must not happen counts, whether it is covered or not.
    const planned = [query, ...further].map((one, place) => {
      const { isAbsent = false, by = null } = places[place] ?? {};
      return (isAbsent ? any : fresh)(one, ...(by ?? fields));
    });
    return { query: planned[0] ?? query, further: planned.slice(1) };
  },
  // Putting a million events in order is for where the alert runs.
  isQuiet: ({ found }) => found.length === 0,
  *subjects(planned, { found }, { now, wasFresh }) {
    const { search, source } = planned;
    const time = timeField(source);
    for (const { keys, places } of found) {
      const fitting = places.map((hits, place) =>
        hits.flatMap((hit) => (search.places[place]?.isAbsent === true || wasFresh(hit) ? [eventAt(hit, time)] : [])),
      );
      for (const steps of matchSequences(search, fitting, now.getTime() - source.delayMs)) {
        const group = groupOf(keys, steps);
        yield groupSubject(planned, group, now, samplesOf(steps, search.samplesLimit));
      }
    }
  },
};

/** Events without a readable time are in no order, and so in no sequence: they come last. */
const eventAt = (hit: Hit, field: string): SequenceEvent => ({ hit, time: timeOf(hit, field) });

/** The steps are in order, and so are the events of each. */
const groupOf = (keys: readonly string[], steps: Steps): Group => ({
  keys,
  events: deepFreeze(inOrder(steps.flat()).map(({ hit }) => hit)),
  steps: deepFreeze(steps.map((events) => events.map(({ hit }) => hit))),
});

const inOrder = (events: readonly SequenceEvent[]): readonly SequenceEvent[] =>
  [...events].sort((a, b) => a.time - b.time || (a.hit._id < b.hit._id ? -1 : 1));

/** The last event of each step, then the oldest ones. */
const samplesOf = (steps: Steps, most: number): readonly Hit[] => {
  const last = steps.flatMap((events) => events.at(-1) ?? []);
  const others = inOrder(steps.flatMap((events) => events.slice(0, -1)));
  return inOrder([...last, ...others].slice(0, most)).map(({ hit }) => hit);
};
