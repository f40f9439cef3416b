import type { FieldName, SearchQuery } from "@mozdef/query";
import type { EventIds, Hit } from "../document/event.ts";
import type { SearchedSource } from "../source/searched-source.ts";
import type { AggregatedEvents } from "./aggregated-events.ts";
import type { SearchBase } from "./search-base.ts";
import type { SilentSearch } from "./silent-search.ts";

/** A search that is ready to run: whose it is, and the query with what the runtime adds to it. */
export interface PlannedOf<Search extends SearchBase> {
  /** The own name of the alert: stored as `classname` and in the marks of events. */
  readonly name: string;
  readonly search: Search;
  /** Where it looks. */
  readonly source: SearchedSource;
  /** Finds the events that alerts cover. */
  readonly query: SearchQuery;
  /** Further ones that its kind asks for. Default: none. */
  readonly further?: readonly SearchQuery[];
}

/** What each hook is called with, beside its context. */
export interface HookArguments {
  readonly onEvent: Hit;
  readonly onAggregation: AggregatedEvents;
  readonly onNoEvent: SilentSearch;
}

/** A method of an alert that makes an alert of what a search found. */
export type HookName = keyof HookArguments;

/** What one call of a hook is about: an event, a group, or silence. */
export interface Subject<Hook extends HookName = HookName> {
  /** The id of the alert, should the hook return one. */
  readonly id: string;
  /** What it is about, for those that are about the same: the value of a group; empty for kinds without groups. */
  readonly group: string;
  /** For messages: `event events-20170101/x`. */
  readonly about: string;
  /** Every event that the alert covers. */
  readonly events: readonly Hit[];
  /** Further events that it covers, which did not come along. Default: none. */
  readonly further?: readonly EventIds[];
  /** Those it embeds unless the hook says otherwise. */
  readonly samples: readonly Hit[];
  /** What the hook is called with. */
  readonly given: HookArguments[Hook];
}

/** What the subjects of a search depend on, beside its result. */
export interface SubjectScope {
  /** The schedule slot. */
  readonly now: Date;
  /** False for events that the run has already alerted on under the same name. Ask right before each subject. */
  readonly isFresh: (event: Hit) => boolean;
  /** False for those on which an earlier search of the run has: events of several subjects of this one count for each. */
  readonly wasFresh: (event: Hit) => boolean;
}

/** A query with what the runtime adds to every search, for events that have all of `fields`. */
export type Guard = (query: SearchQuery, ...fields: readonly FieldName[]) => SearchQuery;

/** What a kind may make its queries of. */
export interface Guards {
  /** For events that the alert has not covered, as far as they are marked. */
  readonly fresh: Guard;
  /** For all of them. */
  readonly any: Guard;
}

/**
 * Everything `@mozdef/alert` knows about a kind of search. Each kind has one file here, one in the store's `search/kinds`, one in the
 * explanations and one in the mutants. Each of these places has a table that does not compile when a kind is missing.
 */
export interface SearchKind<Search extends SearchBase, Result, Hook extends HookName = HookName> {
  readonly hook: Hook;
  /** Whether it alerts when nothing is found, as a deadman does. Such an alert covers no events. */
  readonly firesOnSilence: boolean;
  /** The fields whose values make groups, in order; empty for kinds without groups. */
  readonly groupedBy: (search: Search) => readonly FieldName[];
  /** Events that make an alert, inclusive: of a group, or of all. */
  readonly threshold: (search: Search) => number;
  /** Events that an alert embeds at most, unless its hook says otherwise. */
  readonly samplesLimit: (search: Search) => number;
  /** The query to run, and further ones beside it for a kind with several queries or windows. */
  readonly plan: (search: Search, guards: Guards) => Omit<PlannedOf<Search>, "name" | "search" | "source">;
  /** Whether a result asks for no call of the hook, where that is known without looking for one. Default: its subjects are asked. */
  readonly isQuiet?: (result: Result) => boolean;
  /** The calls of the hook that a result asks for. */
  readonly subjects: (planned: PlannedOf<Search>, result: Result, scope: SubjectScope) => Iterable<Subject<Hook>>;
}
