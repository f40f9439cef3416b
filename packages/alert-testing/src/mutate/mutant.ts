import type { AlertDraft, Search } from "@mozdef/alert";

/** A small change of an alert that its tests have to notice. */
export interface Mutant {
  /** What was changed, in the words of the DSL. Names the mutant in `equivalent`. */
  readonly description: string;
  /** The event or assertion that is missing when no test notices. */
  readonly suggestion: string;
  /** The changed search; null when the mutant does not apply to it. */
  readonly changeSearch?: (search: Search) => Search | null;
  /** The changed alert of a hook; null when the mutant does not apply to it. */
  readonly changeDraft?: (draft: AlertDraft) => AlertDraft | null;
}

/** What the suite has that suggestions and windows are made from. */
export interface SuiteFacts {
  /** Ages in milliseconds, at the time of the run, of events in firing cases and in silent ones. */
  readonly ages: { readonly fires: readonly number[]; readonly silent: readonly number[] };
}
