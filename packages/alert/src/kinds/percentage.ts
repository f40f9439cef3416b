import type { FieldName, SearchQuery } from "@mozdef/query";
import { checkSamples, type GroupOptions, isWithin } from "./aggregation.ts";
import { bySize, DEFAULT_SAMPLES, freshOf, type Group, groupSubject, type GroupSearch, sizeOf } from "./group.ts";
import { type EndingOptions, fieldsOf, invalidOption, isCount, isQuery, searchBase } from "./search-base.ts";
import type { SearchKind } from "./search-kind.ts";

export interface PercentageOptions extends GroupOptions, EndingOptions {
  /** The events that are 100 %: those of the first query among them. */
  readonly of: SearchQuery;
  /** The field whose values make the groups, or several. Default: all events are one group. */
  readonly field?: FieldName | readonly FieldName[];
  /** The least percentage that makes an alert of a group, inclusive. */
  readonly atLeast?: number;
  /** The greatest one, inclusive. */
  readonly atMost?: number;
  /** Events that 100 % have to be: below, a percentage says little. Default 1. */
  readonly minimum?: number;
}

/** One alert for each group in which the events that match are more, or fewer, of all than is usual. */
export interface PercentageSearch extends GroupSearch {
  readonly kind: "percentage";
  readonly atLeast: number | null;
  readonly atMost: number | null;
  readonly minimum: number;
}

export interface PercentageResult {
  readonly kind: "percentage";
  /** With the events that are 100 % as `baseline`. */
  readonly groups: readonly (Group & { readonly baseline: number })[];
}

const OWN = ["of", "field", "atLeast", "atMost", "minimum", "samplesLimit", "resolveAfter"];

/**
 * One alert for each group in which the events that match are at least, or at most, so many percent of those of another query; the
 * task's `onAggregation` is called with `measured`, the percentage, `count` and `baseline`, how many are 100 %. An alert about too few
 * covers no events, as one about silence covers none.
 *
 * @example
 * ```ts
 * class AlertManyErrors extends AlertTask {
 *   main() {
 *     const answers = SearchQuery({ minutes: 10 }).must(TermMatch("category", "http"));
 *     const errors = answers.must(TermMatch("details.status", "500"));
 *     return percentage(errors, { of: answers, field: "hostname", atLeast: 5, minimum: 100 });
 *   }
 *
 *   onAggregation({ value, measured }: AggregatedEvents) {
 *     return { summary: `${measured.toFixed(1)} % errors on ${value}`, category: "http", tags: ["errors"] };
 *   }
 * }
 * ```
 * @throws {AlertError} `ALERT_SEARCH_INVALID`.
 */
export const percentage = (query: SearchQuery, options: PercentageOptions): PercentageSearch => {
  const base = searchBase("percentage", query, options, OWN);
  const { of, field, atLeast = null, atMost = null, minimum = 1, samplesLimit = DEFAULT_SAMPLES } = options;
  if (!isQuery(of)) throw invalidOption("percentage", "of", "a SearchQuery", of);
  for (const [key, bound] of Object.entries({ atLeast, atMost }))
    if (bound !== null && !(bound >= 0 && bound <= 100)) throw invalidOption("percentage", key, "0 to 100", bound);
  if (atLeast === null && atMost === null)
    throw invalidOption("percentage", "atLeast", "atLeast or atMost", "neither of them");
  if (!isCount(minimum)) throw invalidOption("percentage", "minimum", "a whole number from 1", minimum);
  checkSamples("percentage", samplesLimit);
  const fields = field === undefined ? [] : fieldsOf("percentage", "field", field);
  return Object.freeze({ ...base, further: [of], fields, atLeast, atMost, minimum, samplesLimit });
};

/** What part of all events match; NaN when there are too few to say so. */
export const percentageOf = ({ minimum }: Pick<PercentageSearch, "minimum">, count: number, all: number): number =>
  all < minimum ? Number.NaN : (100 * count) / all;

export const PERCENTAGE: SearchKind<PercentageSearch, PercentageResult, "onAggregation"> = {
  hook: "onAggregation",
  firesOnSilence: false,
  groupedBy: ({ fields }) => fields,
  threshold: () => 1,
  samplesLimit: ({ samplesLimit }) => samplesLimit,
  plan: ({ query, further: [of = query], fields }, { fresh }) => ({
    query: fresh(query, ...fields),
    further: [fresh(of, ...fields)],
  }),
  *subjects(planned, { groups }, scope) {
    const { search } = planned;
    for (const group of [...groups].sort(bySize)) {
      const fresh = { ...group, events: freshOf(planned, group, scope.wasFresh) };
      const measured = percentageOf(search, sizeOf(fresh), group.baseline);
      if (!isWithin(search, measured)) continue;
      const subject = groupSubject(planned, { ...fresh, measured }, scope.now);
      if (search.atLeast === null) yield { ...subject, events: [], further: [] };
      else if (fresh.events.length > 0) yield subject;
    }
  },
};
