import type { FieldName, SearchQuery } from "@mozdef/query";
import { preview } from "@mozdef/query/tools";
import { deepFreeze } from "../document/deep-freeze.ts";
import { type EventIds, type Hit, sortedByTime } from "../document/event.ts";
import { timeField } from "../source/searched-source.ts";
import { alertIdOfEvents } from "./alert-id.ts";
import { invalidOption, isCount, isName, type SearchBase, searchBase, type SearchOptions } from "./search-base.ts";
import type { PlannedOf, SearchKind, Subject } from "./search-kind.ts";

export interface AggregationOptions extends SearchOptions {
  /** The field whose values make the groups. Events without it are left out. */
  readonly field: FieldName;
  /** Events that make an alert of a group, inclusive. Default 1. */
  readonly threshold?: number;
  /** Events of a group handed over as `events`, oldest first; `allEvents` has all of them up to 10,000. Default 5. */
  readonly samplesLimit?: number;
}

/** M:1: one alert for each group of events that reaches the threshold. */
export interface AggregationSearch extends SearchBase {
  readonly kind: "aggregation";
  /** The fields whose values make the groups. One for now; wherever this tuple is wider than a step can do, it does not compile. */
  readonly fields: readonly [FieldName];
  readonly threshold: number;
  readonly samplesLimit: number;
}

/** Events with the same value of each field. */
export interface Group {
  /** The value of each field as text, in the order of the search's fields. */
  readonly keys: readonly string[];
  /** Oldest first. */
  readonly events: readonly Hit[];
  /** Later events of a large group, which count and are covered, but do not come along. Default: none. */
  readonly further?: readonly EventIds[];
}

export interface AggregationResult {
  readonly kind: "aggregation";
  readonly groups: readonly Group[];
}

/** Events that a group hands over as samples unless the search says otherwise. */
export const DEFAULT_SAMPLES = 5;

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
 * @throws {AlertError} `ALERT_SEARCH_INVALID`.
 */
export const aggregation = (query: SearchQuery, options: AggregationOptions): AggregationSearch => {
  const { field, threshold = 1, samplesLimit = DEFAULT_SAMPLES } = options;
  if (!isName(field)) throw invalidOption("aggregation", "field", "the name of a field", field);
  if (!isCount(threshold)) throw invalidOption("aggregation", "threshold", "a whole number from 1", threshold);
  if (!isCount(samplesLimit) && samplesLimit !== Number.POSITIVE_INFINITY)
    throw invalidOption("aggregation", "samplesLimit", "a whole number from 1, or Infinity for all", samplesLimit);
  const base = searchBase("aggregation", query, options, ["field", "threshold", "samplesLimit"]);
  return Object.freeze({ ...base, fields: Object.freeze([field] as const), threshold, samplesLimit });
};

export const AGGREGATION: SearchKind<AggregationSearch, AggregationResult, "onAggregation"> = {
  hook: "onAggregation",
  firesOnSilence: false,
  groupedBy: ({ fields }) => fields,
  threshold: ({ threshold }) => threshold,
  samplesLimit: ({ samplesLimit }) => samplesLimit,
  plan: ({ query, fields }, guard) => ({ query: guard(query, ...fields) }),
  *subjects(planned, { groups }, { isFresh }) {
    for (const { keys, events, further = [] } of [...groups].sort(bySize)) {
      const [oldest, ...rest] = sortedByTime(events.filter(isFresh), timeField(planned.source));
      if (oldest !== undefined && rest.length + 1 + countOf(further) >= planned.search.threshold)
        yield subjectOf(planned, { keys, further, events: deepFreeze([oldest, ...rest]) });
    }
  },
};

/** The largest group first, then by value. */
const bySize = (a: Group, b: Group): number => sizeOf(b) - sizeOf(a) || compare(valueOf(a), valueOf(b));

const sizeOf = ({ events, further = [] }: Group): number => events.length + countOf(further);

const countOf = (further: readonly EventIds[]): number => further.reduce((sum, { ids }) => sum + ids.length, 0);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const valueOf = ({ keys }: Pick<Group, "keys">): string => keys.join("|");

const subjectOf = (
  { name, search }: PlannedOf<AggregationSearch>,
  { keys, events, further }: Required<Group> & { readonly events: readonly [Hit, ...Hit[]] },
): Subject<"onAggregation"> => {
  const value = valueOf({ keys });
  const values = Object.fromEntries(search.fields.map((field, index) => [field, keys[index] ?? ""]));
  const samples = Object.freeze(events.slice(0, search.samplesLimit));
  return {
    id: alertIdOfEvents(name, events[0], value),
    group: value,
    about: `group ${preview(value)}`,
    events,
    further,
    samples,
    given: { value, values, count: events.length + countOf(further), events: samples, allEvents: events },
  };
};
