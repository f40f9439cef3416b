import { type AlertStore, countEvents, StoreError } from "@mozdef/alert-store";
import type { AlertException, PlannedSearch } from "@mozdef/alert/runtime";
import type { Clause, SearchQuery } from "@mozdef/query";
import { queryOf } from "@mozdef/query/tools";
import { isDeepStrictEqual } from "node:util";
import { EngineError } from "../engine-error.ts";
import type { AlertHost, RunWarning, StageScope, TaskRef } from "../host/alert-host.ts";
import { withoutMarks } from "../run/without-marks.ts";
import { plan } from "../run/plan.ts";

/** What one search of an alert would look at, and what an exception would take from it. */
export interface LeftOut {
  /** The name under which the search alerts. */
  readonly name: string;
  /** Events of the last day that it finds. */
  readonly looked: number;
  /** Those of them that it would leave out. */
  readonly leftOut: number;
}

/** What an exception would leave out. */
export interface ExceptionPreview {
  readonly searches: readonly LeftOut[];
  /** Searches that were not counted. */
  readonly moreSearches: number;
  /** Why the alert could not say what it looks for, exception or not. */
  readonly errors: readonly RunWarning[];
}

export interface ExceptionPreviewOptions {
  readonly store: AlertStore;
  readonly host: AlertHost;
  /** The alert with the exceptions that it has. */
  readonly task: TaskRef;
  readonly wanted: AlertException;
  readonly scope: StageScope;
}

const DAY_MS = 86_400_000;

/** A rule can have hundreds. */
const MOST_SEARCHES = 10;

/**
 * How many of the last day's events an exception would take out of the searches of an alert: those that it has alerted on before count,
 * and its own window does not. The alert says what it looks for with and without the exception, so what is counted is what it would do.
 *
 * @throws {EngineError} `EXCEPTION_INVALID` when the alert cannot look for anything with it. @throws {StoreError}
 */
export const previewException = async ({
  store,
  host,
  task,
  wanted,
  scope,
}: ExceptionPreviewOptions): Promise<ExceptionPreview> => {
  const planOf = async (ref: TaskRef) => (await plan(host, [ref], scope, withoutMarks))[0];
  const before = await planOf(task);
  const all = before?.searches ?? [];
  if (all.length === 0) return { searches: [], moreSearches: 0, errors: before?.errors ?? [] };
  const after = await planOf({ ...task, exceptions: [...(task.exceptions ?? []), wanted] });
  const [failure] = (after?.searches ?? []).length === 0 ? (after?.errors ?? []) : [];
  if (failure !== undefined) throw unusable(task, failure);
  const searches: LeftOut[] = [];
  const errors: RunWarning[] = [...(before?.errors ?? [])];
  const asked = all.slice(0, MOST_SEARCHES).flatMap((search, index) => {
    const narrowed = after?.searches[index];
    return narrowed === undefined ? [] : [{ search, narrowed }];
  });
  for (const { search, narrowed } of asked)
    try {
      const looked = await countDay(store, search, scope.now);
      const kept = await countNarrowed(store, task, search, narrowed, scope.now);
      searches.push({ name: search.name, looked, leftOut: Math.max(0, looked - kept) });
    } catch (error) {
      // What the alert cannot search anyway is not the fault of the exception.
      if (!isRefusal(error)) throw error;
      errors.push(error);
    }
  return { searches, moreSearches: all.length - asked.length, errors };
};

/**
 * What is left with the exception. Its clauses are asked for by themselves, too: a server does not look at them where no event fits the
 * others, and would refuse them once there is one.
 */
const countNarrowed = async (
  store: AlertStore,
  task: TaskRef,
  { query: { plan: whole } }: PlannedSearch,
  narrowed: PlannedSearch,
  now: Date,
): Promise<number> => {
  const isNew = (clause: Clause): boolean => !whole.mustNot.some((known) => isDeepStrictEqual(known, clause));
  const must = narrowed.query.plan.mustNot.filter(isNew);
  const alone = queryOf({ windowMs: null, must, mustNot: [], should: [] });
  try {
    if (must.length > 0) await countEvents(store, { query: alone, source: narrowed.source, now });
    return await countDay(store, narrowed, now);
  } catch (error) {
    throw isRefusal(error) ? unusable(task, error) : error;
  }
};

const countDay = (store: AlertStore, { query, source }: PlannedSearch, now: Date): Promise<number> =>
  countEvents(store, { query: ofDay(query), source, now });

const ofDay = ({ plan: asked }: SearchQuery): SearchQuery => queryOf({ ...asked, windowMs: DAY_MS });

/** The same request would be refused once more. */
const isRefusal = (error: unknown): error is StoreError =>
  error instanceof StoreError && error.code === "STORE_REFUSED" && !error.retryable;

const unusable = ({ name }: TaskRef, cause: Error): EngineError =>
  new EngineError(
    "EXCEPTION_INVALID",
    `${name} could not look for anything with this exception: ${cause.message} Expected: fields that its events have, and values that these fields can have.`,
    { cause },
  );
