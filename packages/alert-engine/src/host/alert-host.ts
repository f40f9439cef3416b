import type { Hit } from "@mozdef/alert";
import type {
  AlertError,
  AlertException,
  AnsweredSearch,
  Grouping,
  NewAlert,
  PlannedSearch,
} from "@mozdef/alert/runtime";
import type { StateDocument, StoreError } from "@mozdef/alert-store";

/** An alert as the engine names it to the host that has its code. */
export interface TaskRef {
  /** Unique in its host. */
  readonly id: string;
  /** The name of the alert: in results, records and messages. */
  readonly name: string;
  /** The pack it came from, as the configuration names it. Default: nobody says. */
  readonly pack?: string | undefined;
  /** The source of events that the configuration gives it. Default: the service's own events. */
  readonly source?: string | undefined;
  /** Events that it does not look at. Default: none are left out. */
  readonly exceptions?: readonly AlertException[] | undefined;
  /** Indices in which it may keep documents, and those whose names go on after a hyphen. Default: all but the service's own. */
  readonly indices?: readonly string[] | undefined;
}

/** When alerts are run, and how long each may take. */
export interface StageScope {
  /** The schedule slot. */
  readonly now: Date;
  /** Whether the slot is of a day before today: then events are looked for in the indices of that day. Default false. */
  readonly isPast?: boolean | undefined;
  /** Milliseconds for each alert; one that takes longer has failed. */
  readonly timeoutMs: number;
  /** Stops all of them. */
  readonly signal?: AbortSignal | undefined;
}

/** A problem that lets a run go on and may hide events from it. */
export type RunWarning = AlertError | StoreError;

/** What is said of every alert after each stage of its run. */
export interface StageOutcome {
  /** What the alert reported, then what failed. */
  readonly errors: readonly (AlertError | StoreError)[];
  /** What may make the alert blind, though it is not a failure. */
  readonly warnings: readonly RunWarning[];
  /** What the alert wants to keep, what earlier stages wanted among it. */
  readonly kept: readonly StateDocument[];
  /** Whether the stage came to its end: what the alert wants to keep rests on less than it asked for when it did not. */
  readonly isComplete: boolean;
  readonly durationMs: number;
}

/** What `main` of an alert asked for. */
export interface Planned extends StageOutcome {
  /** Empty when `main` failed. */
  readonly searches: readonly PlannedSearch[];
}

/** What the searches of an alert found, and what its `main` wants to keep. */
export interface TaskAnswers {
  readonly task: TaskRef;
  readonly answered: readonly AnsweredSearch[];
  readonly kept: readonly StateDocument[];
}

/** What the hooks of an alert made of what was found. */
export interface Evaluated extends StageOutcome {
  readonly alerts: readonly NewAlert[];
}

/** Events whose groups the code of an alert knows. */
export interface EventsToGroup {
  readonly task: TaskRef;
  /** The name under which the search alerts. */
  readonly name: string;
  readonly groupBy: Grouping;
  readonly events: readonly Hit[];
}

/** The groups of events, as code made them. */
export interface GroupedEvents {
  /** For each event its groups; none for one on which the code failed. */
  readonly keys: readonly (readonly string[])[];
  /** What the code did wrong. When it did not come to its end, no event has a group. */
  readonly errors: readonly (AlertError | StoreError)[];
  readonly isComplete: boolean;
}

/**
 * The only place where code of alerts is called.
 *
 * Whatever goes in and out is data, so that a host can keep the alerts in another process: a query crosses as its `plan` (`queryOf`
 * makes it again), `data` of a search is plain, an error crosses as its code, message and cause. Nothing has to be
 * remembered between the calls. They answer in the order of what they were given, and none rejects for what an alert does wrong.
 */
export interface AlertHost {
  /** Calls `main` of each alert. */
  plan(tasks: readonly TaskRef[], scope: StageScope): Promise<readonly Planned[]>;
  /** Calls `groupBy` of a search with events. */
  group(events: EventsToGroup, scope: StageScope): Promise<GroupedEvents>;
  /** Calls the hooks of each alert. */
  evaluate(answers: readonly TaskAnswers[], scope: StageScope): Promise<readonly Evaluated[]>;
  /** Somebody lets an alert run again that the host has suspended. Absent in hosts that suspend none. */
  release?(name: string): void;
}
