import { messageOf } from "@mozdef/alert";
import { AlertError, type AlertErrorCode, type PlannedSearch } from "@mozdef/alert/runtime";
import { type RelayedAnswer, type RelayedRequest, StoreError, type StoreErrorCode } from "@mozdef/alert-store";
import type { QueryPlan, SearchQuery } from "@mozdef/query";
import { lastingQueryOf } from "@mozdef/query/tools";
import type {
  Evaluated,
  EventsToGroup,
  GroupedEvents,
  Planned,
  StageOutcome,
  TaskAnswers,
  TaskRef,
} from "../alert-host.ts";

/** What is told to a process that has the code of alerts. */
export type ToChild =
  /** The first of all: what is to be said first in each answer, so that nobody else can give one. */
  | { readonly kind: "key"; readonly key: Uint8Array }
  | { readonly kind: "plan"; readonly id: number; readonly tasks: readonly TaskRef[]; readonly scope: SentScope }
  | { readonly kind: "group"; readonly id: number; readonly events: EventsToGroup; readonly scope: SentScope }
  | { readonly kind: "evaluate"; readonly id: number; readonly answers: readonly Packed[]; readonly scope: SentScope }
  | { readonly kind: "abort"; readonly id: number }
  | { readonly kind: "ping"; readonly number: number }
  | { readonly kind: "reload" }
  | { readonly kind: "relayed"; readonly id: number; readonly answer: RelayedAnswer | { readonly failure: string } };

/** What it says. */
export type FromChild =
  | { readonly kind: "ready" }
  | { readonly kind: "failed"; readonly message: string }
  | { readonly kind: "results"; readonly id: number; readonly results: readonly IndexedResult[] }
  | { readonly kind: "pong"; readonly number: number }
  | {
      readonly kind: "relay";
      readonly id: number;
      /** The source whose cluster is asked; null for the store of the service. */
      readonly cluster: string | null;
      readonly request: RelayedRequest;
    }
  | {
      readonly kind: "log";
      readonly level: "debug" | "info" | "warn" | "error";
      readonly message: string;
      readonly fields: Readonly<Record<string, unknown>> | undefined;
    };

/** `StageScope` without the signal, which stays here: its end is a message. */
export interface SentScope {
  readonly now: Date;
  readonly isPast?: boolean | undefined;
  readonly timeoutMs: number;
}

/** By the place of its task in the call. */
export type IndexedResult = readonly [index: number, result: Packed];

/** Data as it crosses: see the functions below for what it was. */
export type Packed = Readonly<Record<string, unknown>>;

/**
 * A query crosses as its plan, and code that makes groups as the place of its search; everything else of a search is data.
 *
 * @param place - Among the searches of the alert. Default: those that have crossed before keep theirs.
 */
const packSearch = (planned: PlannedSearch, place?: number): Packed => {
  const { search, query, further, ...rest } = planned;
  const { query: own, further: ownFurther, ...options } = search;
  const isCode = place !== undefined && search.kind === "aggregation" && search.groupBy !== null;
  return {
    ...rest,
    search: isCode ? { ...options, groupBy: { place } } : options,
    own: plansOf([own, ...ownFurther]),
    query: plansOf([query, ...(further ?? [])]),
  };
};

const plansOf = (queries: readonly SearchQuery[]): readonly QueryPlan[] => queries.map(({ plan }) => plan);

export const unpackSearch = ({ own, query, search, ...rest }: Packed): PlannedSearch =>
  ({ ...rest, search: { ...(search as object), ...queriesOf(own) }, ...queriesOf(query) }) as unknown as PlannedSearch;

const queriesOf = (plans: unknown): { readonly query: SearchQuery; readonly further: readonly SearchQuery[] } => {
  const [first, ...others] = plans as readonly [QueryPlan, ...QueryPlan[]];
  return { query: lastingQueryOf(first), further: others.map(lastingQueryOf) };
};

type Problem = StageOutcome["errors"][number];

interface PackedProblem {
  readonly isOfStore: boolean;
  readonly code: string;
  readonly message: string;
  readonly retryable: boolean;
  readonly stack: string | undefined;
  /** What was thrown by the alert itself. */
  readonly cause: { readonly message: string; readonly stack: string | undefined } | null;
}

const packProblem = (problem: Problem): PackedProblem => ({
  isOfStore: problem instanceof StoreError,
  code: problem.code,
  message: problem.message,
  retryable: problem instanceof StoreError && problem.retryable,
  stack: problem.stack,
  cause:
    problem.cause === undefined
      ? null
      : { message: messageOf(problem.cause), stack: problem.cause instanceof Error ? problem.cause.stack : undefined },
});

const unpackProblem = ({ isOfStore, code, message, retryable, stack, cause }: PackedProblem): Problem => {
  const options = cause === null ? {} : { cause: withStack(new Error(cause.message), cause.stack) };
  const problem = isOfStore
    ? new StoreError(code as StoreErrorCode, message, { ...options, retryable })
    : new AlertError(code as AlertErrorCode, message, options);
  return withStack(problem, stack);
};

const withStack = <T extends Error>(error: T, stack: string | undefined): T => {
  if (stack !== undefined) error.stack = stack;
  return error;
};

const packOutcome = ({ errors, warnings }: StageOutcome) => ({
  errors: errors.map(packProblem),
  warnings: warnings.map(packProblem),
});

const unpackOutcome = ({ errors, warnings }: Packed) => ({
  errors: (errors as readonly PackedProblem[]).map(unpackProblem),
  warnings: (warnings as readonly PackedProblem[]).map(unpackProblem),
});

/** @param searchesOf - How the searches cross, see `SentPlans`. */
export const packPlanned = (
  planned: Planned,
  searchesOf: (searches: readonly Packed[]) => Uint8Array | null,
): Packed => ({
  ...planned,
  ...packOutcome(planned),
  searches: searchesOf(planned.searches.map((search, place) => packSearch(search, place))),
});

/** @param packed - Its searches are themselves again, see `KnownPlans`. */
export const unpackPlanned = (packed: Packed): Planned => {
  if (!Array.isArray(packed.searches)) throw new Error("There are no searches.");
  return { ...packed, ...unpackOutcome(packed) } as unknown as Planned;
};

export const packGrouped = (grouped: GroupedEvents): Packed => ({
  ...grouped,
  errors: grouped.errors.map(packProblem),
});

export const unpackGrouped = (packed: Packed): GroupedEvents =>
  ({ ...packed, errors: (packed.errors as readonly PackedProblem[]).map(unpackProblem) }) as unknown as GroupedEvents;

export const packAnswers = ({ answered, ...rest }: TaskAnswers): Packed => ({
  ...rest,
  answered: answered.map(({ planned, ...found }) => ({ ...found, planned: packSearch(planned) })),
});

export const unpackAnswers = ({ answered, ...rest }: Packed): TaskAnswers =>
  ({
    ...rest,
    answered: (answered as readonly Packed[]).map(({ planned, ...found }) => ({
      ...found,
      planned: unpackSearch(planned as Packed),
    })),
  }) as unknown as TaskAnswers;

/** What hooks return is only data as far as JSON goes: functions and the like go where JSON lets them go. */
export const packEvaluated = (evaluated: Evaluated): Packed => ({
  ...evaluated,
  ...packOutcome(evaluated),
  kept: JSON.stringify(evaluated.kept),
  alerts: JSON.stringify(evaluated.alerts),
});

export const unpackEvaluated = (packed: Packed): Evaluated =>
  ({
    ...packed,
    ...unpackOutcome(packed),
    kept: JSON.parse(packed.kept as string) as unknown,
    alerts: JSON.parse(packed.alerts as string) as unknown,
  }) as unknown as Evaluated;
