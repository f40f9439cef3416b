import { StoreError, writeState } from "@mozdef/alert-store";
import { recordOf } from "../ledger/run-record.ts";
import { isFinal } from "../run/is-final.ts";
import type { RunResult } from "../run/run-result.ts";
import type { AlertStates } from "./alert-states.ts";
import { isOfPastDay, type RunEnvironment, runRegistered } from "./run-batch.ts";
import { isRepeated } from "./scheduled-alert.ts";
import type { BackfillPart } from "../backfill/backfill.ts";
import { advanceWork, type BackfillWork, nextStep, workOn, type WorkStep } from "./backfill-work.ts";
import { backfillParts, forgetBackfills, updateBackfill } from "../backfill/stored-backfills.ts";

/** How long it works at a time, in milliseconds: then what is due comes first. */
const SHARE_MS = 1_000;

const FIRST_RETRY_MS = 2_000;
const LAST_RETRY_MS = 60_000;

/** So often the store may fail on alerts at a slot before the others go on without them. */
const TRIES = 3;

/** Of what failed last, in characters. */
const LONGEST_ERROR = 1_000;

/** Runs slots of the past, of the shards that this instance has, a share of the time. */
export class BackfillWorker {
  readonly #environment: RunEnvironment;
  readonly #alerts: AlertStates;
  #works: readonly BackfillWork[] = [];

  constructor(environment: RunEnvironment, alerts: AlertStates) {
    this.#environment = environment;
    this.#alerts = alerts;
  }

  /** What is open of the shards that this instance has. */
  get open(): readonly BackfillPart[] {
    return this.#works.map(({ part }) => part);
  }

  /** Reads what is open, and forgets what ended long ago. @throws {StoreError} */
  async look(): Promise<void> {
    const { store, clock } = this.#environment;
    const parts = await backfillParts(store);
    const known = new Map(this.#works.map((work) => [work.part.name, work]));
    this.#works = parts
      .filter((part) => part.status === "open" && this.#alerts.isOwn(part))
      .map((part) => known.get(part.name) ?? workOn(part));
    await forgetBackfills(store, parts, clock.now());
  }

  /**
   * Works until nothing is left that may be done now, the time is up, or something else comes first.
   *
   * @param isInterrupted - Whether something else comes first.
   * @returns what was run.
   * @throws {StoreError} when it cannot be recorded how far it is.
   */
  async work(isInterrupted: () => boolean): Promise<readonly RunResult[]> {
    const { clock } = this.#environment;
    const started = clock.elapsedMs();
    const results: RunResult[] = [];
    while (clock.elapsedMs() - started < SHARE_MS && !isInterrupted()) {
      const steps = this.#nextSteps();
      if (steps.length === 0 || steps.some(({ states }) => states.some(({ busy }) => busy))) break;
      results.push(...(await this.#run(steps)));
    }
    await this.#save();
    return results;
  }

  /** The oldest slot that is left, of all parts that have it and are run alike. Parts of which nothing is left are done. */
  #nextSteps(): readonly WorkStep[] {
    const { clock } = this.#environment;
    const ready = this.#works.filter(({ part, notBefore }) => part.status === "open" && notBefore <= clock.elapsedMs());
    const steps: WorkStep[] = [];
    for (const work of ready) {
      const step = nextStep(work, (name) => this.#alerts.find(name), clock.now());
      if (step !== null) steps.push(step);
      else this.#end(work);
    }
    const first = steps.reduce<WorkStep | null>((a, b) => (a === null || b.slot < a.slot ? b : a), null);
    return steps.filter(
      ({ work, slot }) =>
        first !== null && slot.getTime() === first.slot.getTime() && wayOf(work) === wayOf(first.work),
    );
  }

  #end(work: BackfillWork): void {
    work.part = {
      ...work.part,
      status: "done",
      doneTo: work.part.to,
      endedAt: this.#environment.clock.now().toISOString(),
    };
    work.isDirty = true;
  }

  async #run(steps: readonly WorkStep[]): Promise<readonly RunResult[]> {
    const states = steps.flatMap((step) => step.states);
    for (const state of states) state.busy = true;
    try {
      const results = await this.#results(steps);
      const byName = new Map(results.map((result) => [result.task, result]));
      for (const step of steps) await this.#note(step, byName);
      return results;
    } finally {
      for (const state of states) state.busy = false;
    }
  }

  async #results(steps: readonly WorkStep[]): Promise<readonly RunResult[]> {
    const { router, clock, observer } = this.#environment;
    const [{ work, slot }] = steps as [WorkStep];
    const { reason, notify } = work.part;
    const states = steps.flatMap((step) => step.states);
    const inTime = reason === "missed" ? states.filter((state) => !isRepeated(state, slot)) : [];
    const results = await runRegistered(
      { ...this.#environment, router: notify ? router : undefined },
      states.map(({ alert }) => alert),
      {
        now: slot,
        isPast: isOfPastDay(slot, clock.now()),
        record: (done) => recordOf(done, reason === "asked"),
        scheduled: new Set(inTime.map(({ alert }) => alert.name)),
      },
    );
    for (const result of results) observer?.onRun?.(result);
    return results;
  }

  async #note(step: WorkStep, results: ReadonlyMap<string, RunResult>): Promise<void> {
    const { work, states } = step;
    const runs = states.flatMap(({ alert }) => results.get(alert.name) ?? []);
    const open = runs.filter((run) => !isFinal(run));
    const failed = runs.filter(({ health }) => health === "error");
    if (open.length > 0 && (work.tries < TRIES || open.length === work.part.alerts.length)) {
      work.notBefore = this.#environment.clock.elapsedMs() + Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** work.tries);
      work.tries += 1;
      return;
    }
    if (open.length > 0)
      await this.#split(
        work,
        open.map(({ task }) => task),
      );
    work.part = {
      ...work.part,
      runs: work.part.runs + runs.length - open.length,
      made: work.part.made + runs.reduce((sum, { alerts }) => sum + alerts.length, 0),
      failed: work.part.failed + failed.length - open.length,
      error: failed[0]?.error?.message.slice(0, LONGEST_ERROR) ?? work.part.error,
    };
    advanceWork(step);
  }

  /** Alerts on which the store fails again and again go on by themselves. */
  async #split(work: BackfillWork, names: readonly string[]): Promise<void> {
    const { part, doneTo } = work;
    const own: BackfillPart = {
      ...part,
      name: `${part.name}-${doneTo.getTime()}`,
      alerts: names,
      doneTo: doneTo.toISOString(),
      ...{ runs: 0, made: 0, failed: 0, error: null },
    };
    await writeState(this.#environment.store, own.name, { ...own });
    work.part = { ...part, alerts: part.alerts.filter((name) => !names.includes(name)) };
    const waiting = workOn(own);
    this.#works = [
      ...this.#works,
      { ...waiting, tries: work.tries, notBefore: this.#environment.clock.elapsedMs() + LAST_RETRY_MS },
    ];
  }

  /** How far it is. Slots that are run again, since that was not stored, find what they had made. */
  async #save(): Promise<void> {
    for (const work of this.#works.filter(({ isDirty }) => isDirty)) {
      const part = { ...work.part, doneTo: work.part.status === "done" ? work.part.to : work.doneTo.toISOString() };
      try {
        work.part = await updateBackfill(this.#environment.store, part);
        work.isDirty = false;
      } catch (error) {
        // Somebody else has changed it: it is read again.
        if (!(error instanceof StoreError) || error.code !== "STORE_CONFLICT") throw error;
      }
    }
    this.#works = this.#works.filter(({ part, isDirty }) => part.status === "open" || isDirty);
  }
}

/** Parts of which slots may run together. */
const wayOf = ({ part: { reason, notify } }: BackfillWork): string => `${reason} ${notify}`;
