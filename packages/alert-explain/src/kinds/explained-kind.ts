import type { Hit, Search } from "@mozdef/alert";
import type { PlannedSearch, Subject } from "@mozdef/alert/runtime";
import type { AlertStore } from "@mozdef/alert-store";
import type { QueryContainer, SearchQuery } from "@mozdef/query";
import type { CountedGroup, CountedGroups, GroupQuestion } from "../ask/count-groups.ts";
import type { Keys } from "../ask/members.ts";
import type { GroupExplanation } from "../explanation/explanation.ts";
import type { ExplainedQuery } from "../explained-query.ts";
import type { Scope } from "../scope.ts";

/** A group and how near it is. */
export interface NearGroup {
  readonly keys: Keys;
  /** Events that match. */
  readonly count: number;
  readonly text: string;
  /** The greatest comes first. */
  readonly nearness: number;
  /** Clauses that keep its other events out. Default: none. */
  readonly lost?: GroupExplanation["lost"];
  /** Its events, where they are at hand. */
  readonly events?: readonly Pick<Hit, "_id">[];
}

/** How near a search is. */
export interface Near {
  readonly groups: readonly NearGroup[];
  /** What keeps it from firing whatever its groups are. Default: nothing. */
  readonly note?: string | null;
}

/** Counts the groups of each of some queries; only `among` these if given. */
export type CountGroups = <Name extends string>(
  queries: Readonly<Record<Name, QueryContainer>>,
  options?: Pick<GroupQuestion, "aggs"> & { readonly among?: readonly Keys[] },
) => Promise<Readonly<Record<Name, CountedGroups>>>;

/** What the groups of a search are asked with. */
export interface AskedGroups<One extends Search> {
  readonly store: AlertStore;
  readonly planned: PlannedSearch<One>;
  readonly now: Date;
  /** See `Scope`. */
  readonly keysOf: Scope["keysOf"];
  /** The fields that make the groups, as the source names them. */
  readonly fields: readonly string[];
  /** The groups that are asked about; null for all of them. */
  readonly only: readonly Keys[] | null;
  /** What fires, by group. */
  readonly firing: ReadonlyMap<string, Subject>;
  /** The groups that fire first, by their keys. */
  readonly firingKeys: readonly Keys[];
  /** Any query as of the slot. */
  readonly compile: (query: SearchQuery) => QueryContainer;
  /** A window by itself, as of the slot. */
  readonly window: (windowMs: number) => QueryContainer;
  /** The groups of the query that finds the events, with what each clause keeps out of them. */
  readonly withLost: (aggs?: GroupQuestion["aggs"]) => Promise<readonly LostGroup[]>;
  /** The groups of any queries, of those that are asked about. */
  readonly count: CountGroups;
  /** The same with all events as one group, whatever is asked about. */
  readonly countAll: CountGroups;
}

/** A group with what each clause keeps out of it. */
export interface LostGroup extends CountedGroup {
  readonly lost: GroupExplanation["lost"];
}

/** How searches of one kind are explained. */
export interface ExplainedKind<One extends Search> {
  /** What it looks for, in words: `each event`. */
  readonly looksFor: (search: One, fields: readonly string[]) => string;
  /** Its queries, the one that finds the events first. Default: that one alone. */
  readonly queries?: (planned: PlannedSearch<One>) => readonly ExplainedQuery[];
  /** Whether it has groups at all, if only the one of all events. */
  readonly hasGroups: (search: One) => boolean;
  /** How near its groups are. Not asked without groups. */
  readonly near: (asked: AskedGroups<One>) => Promise<Near>;
  /** Why it stays silent, when there are events that match. */
  readonly silence: (search: One) => string;
  /** Whether it may fire without an event that matches. Default false. */
  readonly firesWithout?: (search: One) => boolean;
}
