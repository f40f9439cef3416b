import type { Duration, FieldName, SearchQuery } from "@mozdef/query";
import { preview } from "@mozdef/query/tools";
import { alertIdOfSilence } from "./alert-id.ts";
import { groupKeyOf, valueOf, valuesOf } from "./group.ts";
import {
  type EndingOptions,
  fieldsOf,
  invalidOption,
  msOf,
  type SearchBase,
  searchBase,
  type SearchOptions,
  windowOf,
} from "./search-base.ts";
import { indicesFor } from "../source/default-indices.ts";
import type { SearchKind } from "./search-kind.ts";
import type { SilentSearch } from "./silent-search.ts";

export interface NoEventOptions extends SearchOptions, EndingOptions {
  /** A field, or several: one alert for each value seen before that has fallen silent. Default: one for the search as a whole. */
  readonly each?: FieldName | readonly FieldName[];
  /** How far back from now a value counts as seen before. With `each` only. Default seven days. */
  readonly seenWithin?: Duration;
}

/** Deadman: an alert when no event matches. */
export interface NoEventSearch extends SearchBase {
  readonly kind: "noEvent";
  /** The fields whose values are looked after one by one; empty for the search as a whole. */
  readonly fields: readonly FieldName[];
  /** Milliseconds before now in which a value was seen; null without fields. */
  readonly seenMs: number | null;
}

export interface NoEventResult {
  readonly kind: "noEvent";
  readonly found: boolean;
  /** Values that were seen before and are not any more. Default: none. */
  readonly silent?: readonly (readonly string[])[];
}

const SEVEN_DAYS: Duration = { days: 7 };

/**
 * An alert when nothing matches; the task's `onNoEvent` is called. A failed search is an error of the run, never "no events".
 *
 * @example
 * ```ts
 * class AlertBackupSilent extends AlertTask {
 *   main() {
 *     return noEvent(SearchQuery({ hours: 24 }).must(TermMatch("category", "backup")));
 *   }
 *
 *   onNoEvent() {
 *     return { summary: "No backup reported within a day", category: "deadman", tags: ["backup"], severity: "ERROR" };
 *   }
 * }
 * ```
 * @example
 * ```ts
 * class AlertHostSilent extends AlertTask {
 *   main() {
 *     return noEvent(SearchQuery({ hours: 1 }).must(TermMatch("category", "syslog")), {
 *       each: "hostname",
 *       seenWithin: { days: 7 },
 *       quietFor: { days: 1 },
 *     });
 *   }
 *
 *   onNoEvent({ value }: SilentSearch) {
 *     return { summary: `${value} has sent nothing for an hour`, category: "deadman", tags: ["syslog"] };
 *   }
 * }
 * ```
 * @throws {AlertError} `ALERT_SEARCH_INVALID`.
 */
export const noEvent = (query: SearchQuery, options: NoEventOptions = {}): NoEventSearch => {
  const base = searchBase("noEvent", query, options, ["each", "seenWithin", "resolveAfter"]);
  const { each, seenWithin } = options;
  if (each === undefined) {
    if (seenWithin !== undefined) throw invalidOption("noEvent", "seenWithin", "each beside it", seenWithin);
    return Object.freeze({ ...base, fields: [], seenMs: null });
  }
  const seenMs = msOf("noEvent", "seenWithin", seenWithin ?? SEVEN_DAYS);
  if (seenMs <= windowOf("noEvent", query))
    throw invalidOption("noEvent", "seenWithin", "longer than the window of the query", seenWithin);
  const fields = fieldsOf("noEvent", "each", each);
  return Object.freeze({ ...base, indices: indicesFor(base.indices, seenMs), fields, seenMs });
};

export const NO_EVENT: SearchKind<NoEventSearch, NoEventResult, "onNoEvent"> = {
  hook: "onNoEvent",
  firesOnSilence: true,
  groupedBy: ({ fields }) => fields,
  threshold: () => 1,
  samplesLimit: () => Number.POSITIVE_INFINITY,
  plan: ({ query, fields }, { fresh }) => ({ query: fresh(query, ...fields) }),
  *subjects(planned, { found, silent = [] }, { now }) {
    const { search } = planned;
    const all = search.fields.length > 0 ? [...silent].sort(byValue) : found ? [] : [[]];
    for (const keys of all) {
      const value = valueOf({ keys });
      const given: SilentSearch<NoEventSearch> = { ...search, value, values: valuesOf(search.fields, keys) };
      yield {
        id: alertIdOfSilence(planned, now, groupKeyOf({ keys })),
        group: groupKeyOf({ keys }),
        about: value === "" ? "no event" : `no event of ${preview(value)}`,
        events: [],
        samples: Object.freeze([]),
        given,
      };
    }
  },
};

const byValue = (a: readonly string[], b: readonly string[]): number =>
  valueOf({ keys: a }) < valueOf({ keys: b }) ? -1 : 1;
