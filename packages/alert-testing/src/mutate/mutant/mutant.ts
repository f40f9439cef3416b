import type { AlertDraft, Search } from "@mozdef/alert";
import { type Cause, isContrary } from "../places/query-places.ts";

/**
 * A small change of an alert that its tests have to notice. It stands for a change of code, so it is applied wherever the same
 * place of code has been used: with other configurations the same clause has other values.
 */
export interface Mutant {
  /** Says which place of code is changed and how. */
  readonly key: string;
  /** What was changed, in the words of the DSL. Names the mutant in `equivalent`. */
  readonly description: string;
  /** The event or assertion that is missing when no test notices. */
  readonly suggestion: string;
  /**
   * The changed search; null when the mutant does not apply to it.
   *
   * @param position - Its place of code; see `placesOf`.
   */
  readonly changeSearch?: ((search: Search, position: number) => Search | null) | undefined;
  /** The changed alert of a hook; null when the mutant does not apply to it. */
  readonly changeDraft?: (draft: AlertDraft) => AlertDraft | null;
}

/** How old, in milliseconds at the time of the run, events are in firing cases and in silent ones. */
export interface EventAges {
  readonly fires: readonly number[];
  readonly silent: readonly number[];
  /** The fields that say it. */
  readonly times: string;
}

/** What mutants of a search are made from. */
export interface SearchPlace {
  readonly search: Search;
  readonly position: number;
  readonly ages: EventAges;
}

/** Puts a word before descriptions when `main` returns several searches. */
export const describeIn = ({ search, position }: SearchPlace, text: string): string => {
  if (search.name !== null) return `${search.name}: ${text}`;
  return position === 0 ? text : `search ${position + 1}: ${text}`;
};

/**
 * Which list of cases shows that a query finds more events (or fewer) than it should: silent ones, but firing ones where more events
 * make fewer alerts, as for a deadman alert, which is silent while there are events.
 *
 * @param index - The position of the query in its search.
 * @param cause - Why it finds more, or fewer. Default: a clause.
 */
export const listFor = (
  { search }: Pick<SearchPlace, "search">,
  finds: "more" | "fewer",
  index = 0,
  cause: Cause = "clause",
): "silent" | "fires" => ((finds === "more") !== isContrary(search, index, cause) ? "silent" : "fires");

/** `silent case`, `firing case`. */
export const caseOf = (list: "silent" | "fires"): string => (list === "silent" ? "silent case" : "firing case");
