/** What the process that tries mutants is started with. */
export interface MutationSetup {
  readonly type: "setup";
  /** The folder of the pack. */
  readonly pack: string;
  /** By path: the code with its mutants in it. */
  readonly modules: readonly (readonly [path: string, code: string])[];
  /** Test files. */
  readonly files: readonly string[];
}

/** Runs the cases of alerts without a change. */
export interface RecordOrder {
  readonly type: "record";
  readonly alerts: readonly string[];
}

/** Runs the cases of alerts on one mutant, until one of them notices. */
export interface TryOrder {
  readonly type: "try";
  readonly alerts: readonly string[];
  readonly mutant: number;
  /** Which cases, as positions in what was recorded. */
  readonly cases: readonly number[];
  /** Whether the mutant is at work only while modules are loaded, so that they have to be loaded again. */
  readonly loadsAgain: boolean;
}

export type MutationOrder = MutationSetup | RecordOrder | TryOrder;

/** A case without a change. */
export interface RecordedRun {
  readonly name: string;
  readonly ms: number;
  /** The mutants whose place it gets to. */
  readonly reached: readonly number[];
}

export interface Recorded {
  readonly cases: readonly RecordedRun[];
  /** Mutants whose place is passed while modules are loaded. */
  readonly loaded: readonly number[];
  /** Modules with mutants that the test files load, by path. */
  readonly modules: readonly string[];
}

/** The position of the case that noticed; null when none did. */
export interface Tried {
  readonly noticedBy: number | null;
}

export type MutationReply =
  { readonly ok: true; readonly value: Recorded | Tried | null } | { readonly ok: false; readonly message: string };
