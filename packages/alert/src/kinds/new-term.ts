import type { Duration, FieldName, SearchQuery } from "@mozdef/query";
import { checkSamples, type GroupOptions } from "./aggregation.ts";
import { bySize, DEFAULT_SAMPLES, freshOf, type Group, groupSubject, type GroupSearch } from "./group.ts";
import { fieldsOf, invalidOption, msOf, searchBase, windowOf } from "./search-base.ts";
import { indicesFor } from "../source/default-indices.ts";
import type { SearchKind } from "./search-kind.ts";

export interface NewTermOptions extends GroupOptions {
  /** The field whose values are looked at, or several: then each combination of their values. */
  readonly field: FieldName | readonly FieldName[];
  /** How far back before the window a value counts as known. Default 14 days. */
  readonly history?: Duration;
  /**
   * No alert until the events that match go back this far before the window: before, most of what comes is new. Default: alerts
   * begin at once.
   */
  readonly learn?: Duration;
}

/** One alert for each value of a field, or combination of values, that was not seen before. */
export interface NewTermSearch extends GroupSearch {
  readonly kind: "newTerm";
  /** Milliseconds before the window. */
  readonly historyMs: number;
  /** Milliseconds before the window; null for none. */
  readonly learnMs: number | null;
}

export interface NewTermResult {
  readonly kind: "newTerm";
  /** Of values that are new. */
  readonly groups: readonly Group[];
}

const FOURTEEN_DAYS: Duration = { days: 14 };

/**
 * One alert for each value of `field` that no matching event had in the time of `history` before the window; the task's
 * `onAggregation` is called with the events of the window that have it. A value is new once, whenever the alert runs and wherever.
 *
 * @example
 * ```ts
 * class AlertNewCountry extends AlertTask {
 *   main() {
 *     const query = SearchQuery({ minutes: 15 }).must(TermMatch("category", "authentication"));
 *     return newTerm(query, {
 *       field: ["details.username", "details.country"],
 *       history: { days: 14 },
 *       learn: { days: 3 },
 *     });
 *   }
 *
 *   onAggregation({ values }: AggregatedEvents) {
 *     const { "details.username": user, "details.country": country } = values;
 *     return { summary: `${user} comes from ${country} for the first time`, category: "access", tags: ["login"] };
 *   }
 * }
 * ```
 * @throws {AlertError} `ALERT_SEARCH_INVALID`.
 */
export const newTerm = (query: SearchQuery, options: NewTermOptions): NewTermSearch => {
  const base = searchBase("newTerm", query, options, ["field", "history", "learn", "samplesLimit"]);
  const { history, learn, samplesLimit = DEFAULT_SAMPLES } = options;
  const windowMs = windowOf("newTerm", query);
  const historyMs = msOf("newTerm", "history", history ?? FOURTEEN_DAYS);
  const learnMs = learn === undefined ? null : msOf("newTerm", "learn", learn);
  if (learnMs !== null && learnMs >= historyMs)
    throw invalidOption("newTerm", "learn", "shorter than history, which is as far as it can look", learn);
  checkSamples("newTerm", samplesLimit);
  return Object.freeze({
    ...base,
    indices: indicesFor(base.indices, windowMs + historyMs),
    fields: fieldsOf("newTerm", "field", options.field),
    historyMs,
    learnMs,
    samplesLimit,
  });
};

export const NEW_TERM: SearchKind<NewTermSearch, NewTermResult, "onAggregation"> = {
  hook: "onAggregation",
  firesOnSilence: false,
  groupedBy: ({ fields }) => fields,
  threshold: () => 1,
  samplesLimit: ({ samplesLimit }) => samplesLimit,
  plan: ({ query, fields }, { fresh, any }) => ({ query: fresh(query, ...fields), further: [any(query, ...fields)] }),
  *subjects(planned, { groups }, scope) {
    for (const group of [...groups].sort(bySize)) {
      const events = freshOf(planned, group, scope.wasFresh);
      // What an earlier search of the run has alerted on is not new any more.
      if (events.length === group.events.length && events.length > 0)
        yield groupSubject(planned, { ...group, events }, scope.now);
    }
  },
};
