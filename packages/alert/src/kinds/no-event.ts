import type { SearchQuery } from "@mozdef/query";
import { alertIdOfSilence } from "./alert-id.ts";
import { type SearchBase, searchBase, type SearchOptions } from "./search-base.ts";
import type { SearchKind } from "./search-kind.ts";

/** Deadman: an alert when no event matches. */
export interface NoEventSearch extends SearchBase {
  readonly kind: "noEvent";
}

export interface NoEventResult {
  readonly kind: "noEvent";
  readonly found: boolean;
}

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
 * @throws {AlertError} `ALERT_SEARCH_INVALID`.
 */
export const noEvent = (query: SearchQuery, options: SearchOptions = {}): NoEventSearch =>
  Object.freeze(searchBase("noEvent", query, options));

export const NO_EVENT: SearchKind<NoEventSearch, NoEventResult, "onNoEvent"> = {
  hook: "onNoEvent",
  firesOnSilence: true,
  groupedBy: () => [],
  threshold: () => 1,
  samplesLimit: () => Number.POSITIVE_INFINITY,
  plan: ({ query }, guard) => ({ query: guard(query) }),
  *subjects(planned, { found }, { now }) {
    if (!found)
      yield {
        id: alertIdOfSilence(planned, now),
        group: "",
        about: "no event",
        events: [],
        samples: Object.freeze([]),
        given: planned.search,
      };
  },
};
