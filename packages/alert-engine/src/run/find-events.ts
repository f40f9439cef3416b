import { AlertError, type PlannedSearch } from "@mozdef/alert/runtime";
import { type AlertStore, find, type FindScope, type Outcome, StoreError, storeError } from "@mozdef/alert-store";
import type { AlertHost, StageScope } from "../host/alert-host.ts";
import { dealOut } from "./deal-out.ts";
import { GroupingByCode } from "./grouping-by-code.ts";
import type { Endings, FoundRun, PlannedRun } from "./run-values.ts";

/** Second stage: the searches of all alerts, in one request when nothing fires. */
export const findEvents = async (
  store: AlertStore,
  host: AlertHost,
  runs: readonly PlannedRun[],
  scope: StageScope & Pick<FindScope, "covered">,
): Promise<readonly FoundRun[]> => {
  const started = performance.now();
  const grouping = new GroupingByCode(host, runs, scope);
  const answers = dealOut(
    await findAll(
      store,
      runs.flatMap(({ searches }) => searches),
      { now: scope.now, keysOf: grouping.keysOf, covered: scope.covered },
    ),
    runs.map(({ searches }) => searches.length),
  );
  const durationMs = performance.now() - started;
  return runs.map((run, index) =>
    foundRun({ ...run, errors: [...run.errors, ...grouping.errorsOf(run)] }, answers[index] ?? [], durationMs),
  );
};

type Answer = Outcome;

/** When the store is away, every search has failed. */
const findAll = async (
  store: AlertStore,
  searches: readonly PlannedSearch[],
  scope: FindScope,
): Promise<readonly Answer[]> => {
  try {
    return await find(store, searches, scope);
  } catch (cause) {
    const error = storeError("Cannot search", cause);
    return searches.map(() => error);
  }
};

const isFailure = (answer: Answer): answer is StoreError | AlertError =>
  answer instanceof StoreError || answer instanceof AlertError;

const unanswered = (): StoreError => new StoreError("STORE_SEARCH_FAILED", "The search was not answered.");

const noIndex = ({ name }: PlannedSearch, missing: readonly string[]): StoreError =>
  new StoreError(
    "STORE_INDEX_MISSING",
    `${name} looks for events where no index is: nothing matches ${missing.join(", ")}.`,
    { retryable: true },
  );

const foundRun = ({ searches, ...run }: PlannedRun, answers: readonly Answer[], durationMs: number): FoundRun => {
  const answered = searches.map((planned, index) => ({ planned, answer: answers[index] ?? unanswered() }));
  const errors = answered.flatMap(({ answer }) => (isFailure(answer) ? [answer] : []));
  const found = answered.flatMap(({ planned, answer }) => (isFailure(answer) ? [] : [{ planned, ...answer }]));
  return {
    ...run,
    errors: [...run.errors, ...errors],
    isComplete: run.isComplete && errors.length === 0,
    durationMs: run.durationMs + durationMs,
    searchMs: durationMs,
    answered: found.map(({ planned, result, missing }) => ({ planned, result, missing })),
    warnings: [
      ...run.warnings,
      ...found.flatMap(({ planned, missing }) => (missing.length === 0 ? [] : [noIndex(planned, missing)])),
    ],
    hits: found.reduce((sum, { hits }) => sum + hits, 0),
    marks: found.map(({ marks }) => marks),
    endings: endingsOf(searches),
  };
};

/** Of several searches under one name, the one that waits longest counts. */
const endingsOf = (searches: readonly PlannedSearch[]): Endings => {
  const endings = new Map<string, number>();
  for (const { name, search } of searches)
    if (search.resolveMs !== null) endings.set(name, Math.max(endings.get(name) ?? 0, search.resolveMs));
  return endings.size === 0 ? NONE : endings;
};

const NONE: Endings = new Map();
