import type { estypes } from "@elastic/elasticsearch";
import type { Search } from "@mozdef/alert";
import type { QueryContainer } from "@mozdef/query";
import type { GroupExplanation, SearchExplanation } from "../explanation/explanation.ts";

/** How a search makes groups of events. */
export interface Grouping {
  /** What the events of a group have in common, as shown. */
  readonly field: string;
  /** Events that a group needs. */
  readonly threshold: number;
  /** Counts the events of at most `size` groups. */
  readonly counts: (size: number) => estypes.AggregationsAggregationContainer;
  /** Finds the events of one group. */
  readonly only: (value: string) => QueryContainer;
}

/** How searches of one kind are explained. */
export interface ExplainedKind<One extends Search> {
  /**
   * Null for kinds without groups.
   *
   * @param asked - The field that is asked for one that the alert names.
   */
  readonly grouping: (search: One, asked: (field: string) => string) => Grouping | null;
  /** Whether there is something to call the hook with. */
  readonly fires: (matching: number, groups: readonly GroupExplanation[]) => boolean;
  /** What it looks for: `each event`. */
  readonly title: (search: SearchExplanation) => string;
  /** Why it stays silent. */
  readonly silence: (search: SearchExplanation) => string;
}

/** Why a search that needs events has found none; null when it has. */
export const withoutEvents = ({ looked, matching }: SearchExplanation): string | null => {
  if (looked === 0) return "there is no event to look at";
  return matching === 0 ? "no event fits" : null;
};
