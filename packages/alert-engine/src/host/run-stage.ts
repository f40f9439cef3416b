import { type AlertContext, messageOf } from "@mozdef/alert";
import { AlertError, type Excepted, type SourceChoice, type Sources } from "@mozdef/alert/runtime";
import { type AlertStore, type StateDocument, StoreError, storeOn } from "@mozdef/alert-store";
import { type AlertServices, type Cut, openContext } from "./alert-context.ts";
import type { StageOutcome, StageScope, TaskRef } from "./alert-host.ts";
import { withDeadline } from "./deadline.ts";
import { StageSignal } from "./stage-signal.ts";

/** A part of the run of one alert. */
export interface Stage extends StageScope {
  readonly store: AlertStore;
  readonly services: AlertServices;
  readonly task: TaskRef;
  /** Sources of events by their names. Default: none. */
  readonly sources?: Sources | undefined;
  /** `main`, `hooks` or `plugins`; for messages. */
  readonly name: string;
  readonly kept: readonly StateDocument[];
}

/** What came of a stage; `value` is null when it failed. */
export interface StageResult<T> extends StageOutcome {
  readonly value: T | null;
}

/** Runs code that is not ours: in time, with a context of its own, and with every failure in the outcome. */
export const runStage = async <T>(
  { store, services, task: ref, sources, name, kept, now, isPast, timeoutMs, signal }: Stage,
  work: (context: AlertContext, choice: SourceChoice & Excepted) => Promise<T>,
): Promise<StageResult<T>> => {
  const started = performance.now();
  const { name: task, source, exceptions } = ref;
  const choice: SourceChoice & Excepted = { source, exceptions, ...(sources !== undefined && { sources }) };
  const end = new StageSignal(signal);
  const reports: AlertError[] = [];
  const open = openContext(isPast === true ? storeOn(store, now) : store, services, {
    task,
    choice,
    now,
    get signal() {
      return end.signal;
    },
    report: (problem) => void reports.push(new AlertError("ALERT_REPORTED", `${task}: ${problem}`)),
    kept,
  });
  const outcome = (value: T | null, failures: StageOutcome["errors"]): StageResult<T> => ({
    value,
    errors: [...reports, ...failures],
    warnings: open.cuts().map((cut) => cutWarning(task, name, cut)),
    kept: open.kept(),
    isComplete: failures.length === 0,
    durationMs: performance.now() - started,
  });
  try {
    return outcome(await withDeadline(`${task} (${name})`, timeoutMs, end, () => work(open.context, choice)), []);
  } catch (cause) {
    return outcome(null, [errorOf(task, cause)]);
  }
};

const cutWarning = (task: string, stage: string, { taken, total }: Cut): AlertError =>
  new AlertError(
    "ALERT_SEARCH_CUT",
    `${task} (${stage}) took ${taken} of ${total} events that context.search found, and did not ask whether that is all. Expected: a look at isComplete or total of what was found, a larger size (at most 10,000), or context.count, which is exact.`,
  );

const errorOf = (task: string, cause: unknown): AlertError | StoreError =>
  cause instanceof AlertError || cause instanceof StoreError
    ? cause
    : new AlertError("ALERT_FAILED", `${task} failed: ${messageOf(cause)}`, { cause });
