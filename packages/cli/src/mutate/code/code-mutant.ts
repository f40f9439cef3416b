/** A small change of the code of an alert. */
export interface CodeMutant {
  /** Tells the mutants of a pack apart; from 1. */
  readonly id: number;
  /** The expression that is replaced, as positions in the text. */
  readonly start: number;
  readonly end: number;
  /** What stands there instead. */
  readonly text: string;
  /** From 1. */
  readonly line: number;
  /** What was changed. */
  readonly description: string;
  /** What it means when no case notices, and what to add. */
  readonly suggestion: string;
  /** The class that it stands in; null for functions beside classes. */
  readonly owner: string | null;
}

/** A change before it is known where it stands. */
export type Change = Pick<CodeMutant, "start" | "end" | "text" | "description" | "suggestion">;
