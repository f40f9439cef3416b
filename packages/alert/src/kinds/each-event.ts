import type { SearchQuery } from "@mozdef/query";
import { deepFreeze } from "../document/deep-freeze.ts";
import { type Hit, sortedByTime } from "../document/event.ts";
import { alertIdOfEvents } from "./alert-id.ts";
import { type SearchBase, searchBase, type SearchOptions } from "./search-base.ts";
import { timeField } from "../source/searched-source.ts";
import type { SearchKind, Subject } from "./search-kind.ts";

/** 1:1: one alert for each event found. */
export interface EachEventSearch extends SearchBase {
  readonly kind: "eachEvent";
}

export interface EachEventResult {
  readonly kind: "eachEvent";
  readonly hits: readonly Hit[];
}

/**
 * One alert for each event that matches; the task's `onEvent` is called with it.
 *
 * @example
 * ```ts
 * class AlertRootLogin extends AlertTask {
 *   main() {
 *     return eachEvent(SearchQuery({ minutes: 5 }).must(TermMatch("details.username", "root")));
 *   }
 *
 *   onEvent(event: Hit) {
 *     return { summary: `root logged in on ${textAt(event, "hostname")}`, category: "access", tags: ["root"] };
 *   }
 * }
 * ```
 * @throws {AlertError} `ALERT_SEARCH_INVALID`.
 */
export const eachEvent = (query: SearchQuery, options: SearchOptions = {}): EachEventSearch =>
  Object.freeze(searchBase("eachEvent", query, options));

export const EACH_EVENT: SearchKind<EachEventSearch, EachEventResult, "onEvent"> = {
  hook: "onEvent",
  firesOnSilence: false,
  groupedBy: () => [],
  threshold: () => 1,
  samplesLimit: () => Number.POSITIVE_INFINITY,
  plan: ({ query }, { fresh }) => ({ query: fresh(query) }),
  isQuiet: ({ hits }) => hits.length === 0,
  *subjects({ name, source }, { hits }, { isFresh }) {
    // Asked before each, since an alert for one event takes later copies of it out.
    for (const hit of sortedByTime(hits, timeField(source))) if (isFresh(hit)) yield subjectOf(name, deepFreeze(hit));
  },
};

const subjectOf = (name: string, event: Hit): Subject<"onEvent"> => ({
  id: alertIdOfEvents(name, event, null),
  group: "",
  about: `event ${event._index}/${event._id}`,
  events: [event],
  samples: Object.freeze([event]),
  given: event,
});
