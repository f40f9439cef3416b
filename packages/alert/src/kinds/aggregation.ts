import type { FieldName, SearchQuery } from "@mozdef/query";
import type { Hit } from "../document/event.ts";
import { bySize, DEFAULT_SAMPLES, freshOf, type Group, groupSubject, type GroupSearch, sizeOf } from "./group.ts";
import { isMeasure, type Measure } from "./measure.ts";
import { type EndingOptions, fieldsOf, invalidOption, isCount, searchBase, type SearchOptions } from "./search-base.ts";
import type { SearchKind } from "./search-kind.ts";

/** The options of kinds whose groups have samples. */
export interface GroupOptions extends SearchOptions {
  /** Events of a group handed over as `events`, oldest first; `allEvents` has all of them up to 10,000. Default 5. */
  readonly samplesLimit?: number;
}

/** The group of an event, or its groups; null for none. */
export type GroupBy = (event: Hit) => string | readonly string[] | null | undefined;

export interface AggregationOptions extends GroupOptions, EndingOptions {
  /**
   * The field whose values make the groups, or several. Events without one of them are left out. An empty list makes all events one
   * group. Required, unless `groupBy` makes the groups.
   */
  readonly field?: FieldName | readonly FieldName[];
  /**
   * Makes the groups by code, for what no field says. Called with each event found, so the query should leave out what it can. The
   * same event always has to give the same groups.
   */
  readonly groupBy?: GroupBy;
  /** Events that make an alert of a group, inclusive. Default 1. */
  readonly threshold?: number;
  /** What is measured of a group, counted by the store: `distinctOf`, `sumOf`, `avgOf`, `minOf` or `maxOf` a field. */
  readonly measure?: Measure;
  /** The least `measure` that makes an alert of a group, inclusive. */
  readonly atLeast?: number;
  /** The greatest one, inclusive. */
  readonly atMost?: number;
}

/** Code that makes groups; where it does not run, the place of its search among those that `main` returned. */
export type Grouping = GroupBy | { readonly place: number };

/** M:1: one alert for each group of events that reaches the threshold. */
export interface AggregationSearch extends GroupSearch {
  readonly kind: "aggregation";
  /** Null when fields make the groups. */
  readonly groupBy: Grouping | null;
  readonly threshold: number;
  readonly measure: Measure | null;
  readonly atLeast: number | null;
  readonly atMost: number | null;
}

export interface AggregationResult {
  readonly kind: "aggregation";
  readonly groups: readonly Group[];
}

const OWN = ["field", "groupBy", "threshold", "samplesLimit", "measure", "atLeast", "atMost", "resolveAfter"];

/**
 * One alert for each group of events with the same value of `field`; the task's `onAggregation` is called with each group
 * of at least `threshold` events.
 *
 * @example
 * ```ts
 * class AlertFailedLogins extends AlertTask {
 *   main() {
 *     const query = SearchQuery({ minutes: 5 }).must(PhraseMatch("summary", "login failed"));
 *     return aggregation(query, { field: "details.sourceipaddress", threshold: 10 });
 *   }
 *
 *   onAggregation({ value, count }: AggregatedEvents) {
 *     return { summary: `${count} failed logins from ${value}`, category: "bruteforce", tags: ["login"] };
 *   }
 * }
 * ```
 * @example
 * ```ts
 * class AlertSweep extends AlertTask {
 *   main() {
 *     const query = SearchQuery({ minutes: 5 }).must(TermMatch("category", "firewall"));
 *     const measure = distinctOf("details.destinationipaddress");
 *     return aggregation(query, { field: "details.sourceipaddress", measure, atLeast: 21 });
 *   }
 *
 *   onAggregation({ value, measured }: AggregatedEvents) {
 *     return { summary: `${value} has talked to ${measured} hosts`, category: "sweep", tags: ["network"] };
 *   }
 * }
 * ```
 * @throws {AlertError} `ALERT_SEARCH_INVALID`.
 */
export const aggregation = (query: SearchQuery, options: AggregationOptions): AggregationSearch => {
  const base = searchBase("aggregation", query, options, OWN);
  const { field, groupBy = null, threshold = 1, samplesLimit = DEFAULT_SAMPLES } = options;
  checkGrouping(options);
  checkMeasure(options);
  if (!isCount(threshold)) throw invalid("threshold", "a whole number from 1", threshold);
  checkSamples("aggregation", samplesLimit);
  const { measure = null, atLeast = null, atMost = null } = options;
  const isOneGroup = field === undefined || (Array.isArray(field) && field.length === 0);
  const fields = isOneGroup ? [] : fieldsOf("aggregation", "field", field);
  return Object.freeze({ ...base, fields, groupBy, threshold, samplesLimit, measure, atLeast, atMost });
};

const invalid = (key: string, expected: string, value: unknown) => invalidOption("aggregation", key, expected, value);

/** @throws {AlertError} `ALERT_SEARCH_INVALID`. */
export const checkSamples = (kind: string, samplesLimit: unknown): void => {
  if (isCount(samplesLimit) || samplesLimit === Number.POSITIVE_INFINITY) return;
  throw invalidOption(kind, "samplesLimit", "a whole number from 1, or Infinity for all", samplesLimit);
};

const checkGrouping = ({ field, groupBy, measure }: AggregationOptions): void => {
  if (groupBy === undefined && field === undefined)
    throw invalid("field", "the name of a field, a list of them ([] for one group of all events), or groupBy", field);
  if (groupBy === undefined) return;
  if (typeof groupBy !== "function") throw invalid("groupBy", "a function of an event", groupBy);
  if (field !== undefined) throw invalid("groupBy", "either field or groupBy, not both", field);
  if (measure !== undefined)
    throw invalid("measure", "no measure of groups that code makes: count in the hook", measure);
};

const checkMeasure = ({ measure, atLeast, atMost }: AggregationOptions): void => {
  for (const [key, bound] of Object.entries({ atLeast, atMost }))
    if (bound !== undefined && (measure === undefined || !Number.isFinite(bound)))
      throw invalid(key, measure === undefined ? "a measure that it bounds" : "a number", bound);
  if (measure === undefined) return;
  if (!isMeasure(measure)) throw invalid("measure", "what distinctOf, sumOf, avgOf, minOf or maxOf return", measure);
  if (atLeast === undefined && atMost === undefined)
    throw invalid("measure", "atLeast or atMost beside it", "neither of them");
};

/** Whether what is measured makes an alert. */
export const isWithin = (
  { atLeast, atMost }: Pick<AggregationSearch, "atLeast" | "atMost">,
  measured: number,
): boolean =>
  !Number.isNaN(measured) &&
  measured >= (atLeast ?? Number.NEGATIVE_INFINITY) &&
  measured <= (atMost ?? Number.POSITIVE_INFINITY);

export const AGGREGATION: SearchKind<AggregationSearch, AggregationResult, "onAggregation"> = {
  hook: "onAggregation",
  firesOnSilence: false,
  groupedBy: ({ fields }) => fields,
  threshold: ({ threshold }) => threshold,
  samplesLimit: ({ samplesLimit }) => samplesLimit,
  plan: ({ query, fields }, { fresh }) => ({ query: fresh(query, ...fields) }),
  isQuiet: ({ groups }) => groups.length === 0,
  *subjects(planned, { groups }, scope) {
    const { search } = planned;
    for (const group of [...groups].sort(bySize)) {
      // An event with a list value is in several groups: it counts once, for the largest; what is measured is measured of each.
      const isFresh = search.measure === null ? scope.isFresh : scope.wasFresh;
      const fresh = { ...group, events: freshOf(planned, group, isFresh) };
      const { events, measured } = fresh;
      if (events.length === 0 || sizeOf(fresh) < search.threshold) continue;
      if (search.measure === null || isWithin(search, measured ?? Number.NaN))
        yield groupSubject(planned, fresh, scope.now);
    }
  },
};
