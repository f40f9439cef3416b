import { type AlertStore, readState, removeState, statesOfType, writeState } from "@mozdef/alert-store";
import { messageOf } from "@mozdef/alert";
import { randomUUID } from "node:crypto";
import type { Clock } from "../clock.ts";
import { EngineError } from "../engine-error.ts";
import type { AlertRun } from "../ledger/run-record.ts";

/** A run that somebody has asked for by way of another runner, as it is stored: whoever has the shard of the alert runs it. */
export interface AskedRun {
  readonly type: "asked-run";
  /** The document. */
  readonly name: string;
  readonly alert: string;
  readonly shard: number;
  /** ISO 8601. */
  readonly at: string;
  /** Once it has been run. */
  readonly run?: AlertRun;
  /** Why it was not. */
  readonly error?: string;
}

const TYPE: AskedRun["type"] = "asked-run";

/** Between two looks for an answer. */
const LOOK_MS = 500;

/** Nobody waits for the answer any more. */
const STALE_MS = 600_000;

export interface AskOptions {
  readonly store: AlertStore;
  readonly clock: Clock;
  /** How long an answer is waited for, in milliseconds. */
  readonly timeoutMs: number;
  /** Ends the wait. */
  readonly signal: AbortSignal;
}

/**
 * Has an alert run by the runner that has its shard, so that it is not run twice at the same time.
 *
 * @throws {EngineError} `RUN_UNANSWERED` when there is none in time. @throws {StoreError}
 */
export const runElsewhere = async (
  { store, clock, timeoutMs, signal }: AskOptions,
  { alert, shard }: Pick<AskedRun, "alert" | "shard">,
): Promise<AlertRun> => {
  const name = `${TYPE}-${randomUUID()}`;
  const asked: AskedRun = { type: TYPE, name, alert, shard, at: clock.now().toISOString() };
  await writeState(store, name, { ...asked }, null);
  try {
    const until = clock.elapsedMs() + timeoutMs;
    while (clock.elapsedMs() < until && !signal.aborted) {
      await clock.sleep(LOOK_MS, signal);
      const { run, error } = ((await readState(store, name))?.source ?? {}) as Partial<AskedRun>;
      if (run !== undefined) return run;
      if (error !== undefined) throw new EngineError("RUN_UNANSWERED", `${alert} was not run: ${error}`);
    }
  } finally {
    await removeState(store, name);
  }
  throw new EngineError(
    "RUN_UNANSWERED",
    `${alert} was not run: the instance that has it has not answered within ${timeoutMs / 1_000} seconds. It may still run it.`,
  );
};

/** What waits to be run, of these shards. What nobody waits for any more is deleted. @throws {StoreError} */
export const askedRuns = async (
  store: AlertStore,
  shards: ReadonlySet<number>,
  now: Date,
): Promise<readonly AskedRun[]> => {
  const all = (await statesOfType(store, TYPE)) as unknown as readonly AskedRun[];
  const waiting: AskedRun[] = [];
  for (const asked of all.filter(({ shard }) => shards.has(shard)))
    if (Math.abs(now.getTime() - Date.parse(asked.at)) > STALE_MS) await removeState(store, asked.name);
    else if (asked.run === undefined && asked.error === undefined) waiting.push(asked);

  return waiting;
};

/** Runs what was asked for, and says what came of it. @throws {StoreError} when that cannot be said. */
export const answerAsked = async (
  store: AlertStore,
  asked: AskedRun,
  run: (alert: string) => Promise<AlertRun>,
): Promise<void> => {
  const outcome = await run(asked.alert).then(
    (done) => ({ run: done }),
    (error: unknown) => ({ error: messageOf(error) }),
  );
  await writeState(store, asked.name, { ...asked, ...outcome });
};
