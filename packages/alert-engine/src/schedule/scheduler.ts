import { type Precondition, refreshEvents, sayApplied, StoreError } from "@mozdef/alert-store";
import type { Backfill, BackfillPart, BackfillRequest } from "../backfill/backfill.ts";
import { BackfillWorker } from "./backfill-worker.ts";
import { checkBackfill } from "../backfill/check-backfill.ts";
import { storeBackfill } from "../backfill/stored-backfills.ts";
import { EngineError } from "../engine-error.ts";
import type { ClockSetBack } from "../engine-observer.ts";
import { type AlertRun, recordOf, runOf } from "../ledger/run-record.ts";
import type { RegisteredAlert } from "../registry/registered-alert.ts";
import { answerAsked, askedRuns, runElsewhere } from "../runners/asked-runs.ts";
import { AlertStates } from "./alert-states.ts";
import { Finisher } from "./finisher.ts";
import { dueStates, lanesOf, planBatches } from "./plan-batches.ts";
import { recordMissed } from "./record-missed.ts";
import { runBatch, type RunEnvironment, runRegistered } from "./run-batch.ts";
import type { ScheduleChange, ScheduleChanged } from "./schedule-settings.ts";
import { isEnabled, postpone, type ScheduledAlert, wakeAt } from "./scheduled-alert.ts";

export interface SchedulerOptions extends RunEnvironment {
  readonly alerts: readonly RegisteredAlert[];
  /** Called when an alert has become free or its schedule has changed, so that the time to wake may be another. */
  readonly onChange?: () => void;
}

/** For the other instance to look, and to store what came of it. */
const ANSWER_MS = 30_000;

/** Runs alerts at their slots. Keeps no time itself: whoever owns it calls {@link Scheduler.tick} and asks when to come again. */
export class Scheduler {
  readonly #options: SchedulerOptions;
  readonly #alerts: AlertStates;
  readonly #lanes = new Set<Promise<void>>();
  readonly #backfills: BackfillWorker;
  /** Slots of the past being run. */
  #working: Promise<void> | null = null;
  /** Runs that were asked for by way of other instances and are under way. */
  readonly #answering = new Set<string>();
  #stopping = false;
  readonly #finisher: Finisher;

  constructor(options: SchedulerOptions) {
    this.#options = options;
    this.#alerts = new AlertStates(options.alerts, options);
    this.#finisher = new Finisher(options);
    this.#backfills = new BackfillWorker(options, this.#alerts);
  }

  /**
   * Reads from the store how far each alert has come and what was changed about its schedule. An alert that is new
   * begins when it is seen first.
   *
   * @throws {StoreError} when the store does not answer.
   */
  async load(): Promise<void> {
    await this.#alerts.load();
    await this.#backfills.look();
    this.#finisher.expect();
  }

  /**
   * Runs the alerts of these shards from now on, and leaves the others to other instances; before, all are run. Also finishes what instances that
   * are gone have left in them.
   *
   * @throws {StoreError} when the store does not answer.
   */
  async take(shards: ReadonlySet<number>): Promise<void> {
    await this.#alerts.take(shards);
    await this.#backfills.look();
    this.#finisher.expect();
  }

  /**
   * Runs other alerts from now on: one that is new begins now, one that has changed goes on where it was, one that is gone is
   * not run again.
   *
   * @param alerts - In order of their names.
   */
  replaceAlerts(alerts: readonly RegisteredAlert[]): void {
    this.#alerts.replace(alerts);
  }

  /** Every alert, in order of their names, also those that other instances run. */
  get states(): readonly Readonly<ScheduledAlert>[] {
    return this.#alerts.all;
  }

  /** One alert. @throws {EngineError} `SCHEDULE_NOT_FOUND`. */
  state(name: string): Readonly<ScheduledAlert> {
    return this.#alerts.of(name);
  }

  /** The alerts that this instance runs. */
  get own(): readonly Readonly<ScheduledAlert>[] {
    return this.#alerts.own;
  }

  /** The last time that the clock was found behind slots that have been run; null when it never was. */
  get clockSetBack(): ClockSetBack | null {
    return this.#alerts.clockSetBack;
  }

  /** When to call {@link tick} again; null when nothing is planned. */
  nextWake(): Date | null {
    const times = this.own.flatMap((state) => (state.busy ? [] : (wakeAt(state)?.getTime() ?? [])));
    return times.length === 0 ? null : new Date(times.reduce((first, time) => Math.min(first, time)));
  }

  /**
   * Starts what is due. Resolves once it is started; `done` once it is finished. Failures of batches go to the observer.
   *
   * @throws {StoreError} when the store does not answer.
   */
  async tick(): Promise<{ readonly done: Promise<void> }> {
    const now = this.#options.clock.now();
    this.#alerts.followClock(now);
    await this.#alerts.begin(now);
    const due = this.#stopping ? [] : dueStates(this.#alerts.own, now);
    if (!this.#stopping) await this.#finisher.finish(this.#alerts.shards);
    if (due.length > 0) await this.#prepare();
    const lanes = lanesOf(due).map((lane) => this.#track(lane, () => this.#runLane(lane, now)));
    return { done: Promise.all(lanes).then(() => this.#workOff()) };
  }

  /**
   * Runs an alert now, whatever its schedule, and whether or not it is enabled. Waits for a run under way. An alert of another instance is
   * run by that one.
   *
   * @throws {EngineError} `SCHEDULE_NOT_FOUND`, `SHUTTING_DOWN`, `RUN_UNANSWERED`.
   */
  async run(name: string): Promise<AlertRun> {
    const state = this.#alerts.of(name);
    if (!this.#alerts.isOwn(state)) return this.#runElsewhere(state);
    while (state.busy) await Promise.race([...this.#lanes, ...(this.#working === null ? [] : [this.#working])]);
    if (this.#stopping)
      throw new EngineError("SHUTTING_DOWN", "The service is shutting down and runs no further alerts.");
    const outcome: { run?: AlertRun } = {};
    await this.#track([state], async () => {
      await this.#finisher.finish(this.#alerts.shards);
      await this.#prepare();
      outcome.run = await this.#runOnce(state);
    });
    if (outcome.run === undefined)
      throw new StoreError("STORE_UNAVAILABLE", `${name} could not be run: the store does not answer.`);
    return outcome.run;
  }

  /** The other instance looks within seconds, and then runs the alert, behind a run under way. */
  #runElsewhere({ alert, shard }: ScheduledAlert): Promise<AlertRun> {
    const { store, clock, limits, signal } = this.#options;
    return runElsewhere(
      { store, clock, timeoutMs: 2 * limits.runMs + ANSWER_MS, signal },
      { alert: alert.name, shard },
    );
  }

  /**
   * Runs what was asked for by way of other instances. Resolves once it is known what that is.
   *
   * @throws {StoreError} when the store does not answer.
   */
  async runAsked(): Promise<void> {
    const { store, clock, observer } = this.#options;
    const { shards } = this.#alerts;
    if (shards === null) return;
    for (const asked of await askedRuns(store, shards, clock.now())) {
      if (this.#answering.has(asked.name) || this.#stopping) continue;
      this.#answering.add(asked.name);
      void answerAsked(store, asked, (name) => this.run(name))
        .catch((error: unknown) => observer?.onRunFailure?.(error))
        .finally(() => this.#answering.delete(asked.name));
    }
  }

  /**
   * Changes the schedule of an alert, for good. Enabling begins now: nothing is caught up of the time it was off.
   *
   * @param change - `schedule: null` returns to the schedule of configuration and pack.
   * @param precondition - Which version of the setting (`settingVersion`) may be changed. Default: any.
   * @throws {EngineError} `SCHEDULE_NOT_FOUND`. @throws {StoreError} when the store does not take it.
   */
  change(name: string, change: ScheduleChange, precondition?: Precondition): Promise<Readonly<ScheduledAlert>> {
    return this.#alerts.change(name, change, precondition);
  }

  /** What was changed about an alert, newest first. @throws {EngineError} `SCHEDULE_NOT_FOUND`. @throws {StoreError} */
  async changes(name: string): Promise<readonly ScheduleChanged[]> {
    return this.#alerts.changes(name);
  }

  /**
   * Takes over what was changed by way of other instances, and how far the alerts have come that those run.
   *
   * @throws {StoreError} when the store does not answer.
   */
  async follow(): Promise<void> {
    await this.#alerts.follow();
    await this.#backfills.look();
  }

  /** Why decisions could not be carried out when it was tried last; they are tried again. */
  get unfinished(): readonly string[] {
    return this.#finisher.unfinished;
  }

  /** Why parts of decisions that others had left are never carried out, since the start, newest first, the last hundred. */
  get refused(): readonly string[] {
    return this.#finisher.refused;
  }

  /** Slots of the past that are still to be run, of the shards that this instance has. */
  get backfills(): readonly BackfillPart[] {
    return this.#backfills.open;
  }

  /**
   * Has alerts look at slots of the past once more, beside those of the present. What they have covered stays covered.
   *
   * @throws {EngineError} `BACKFILL_INVALID`, `SCHEDULE_NOT_FOUND`. @throws {StoreError}
   */
  async backfill(request: BackfillRequest): Promise<Backfill> {
    const { store, clock, onChange } = this.#options;
    checkBackfill(request, clock.now());
    for (const name of request.alerts) this.#alerts.of(name);
    const backfill = await storeBackfill(store, request, clock.now());
    await this.#backfills.look();
    onChange?.();
    return backfill;
  }

  /** Starts nothing more, waits for what is running, and says that it is carried out, so that the next start need not look. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.all([...this.#lanes, this.#working]);
    // What cannot be said is done again, which changes nothing.
    await sayApplied(this.#options.store).catch(() => undefined);
  }

  /** Keeps alerts marked as running while the work lasts; its failure is reported, not thrown. */
  #track(states: readonly ScheduledAlert[], work: () => Promise<void>): Promise<void> {
    for (const state of states) state.busy = true;
    const lane = work()
      .catch((error: unknown) => {
        for (const state of states) postpone(state, this.#options.clock.now());
        this.#options.observer?.onRunFailure?.(error);
      })
      .finally(() => {
        for (const state of states) state.busy = false;
        this.#lanes.delete(lane);
        this.#options.onChange?.();
      });
    this.#lanes.add(lane);
    return lane;
  }

  /** Slots of the past, when those of the present are done. */
  #workOff(): Promise<void> {
    this.#working ??= this.#work().finally(() => {
      this.#working = null;
    });
    return this.#working;
  }

  async #work(): Promise<void> {
    const { clock, observer, onChange } = this.#options;
    const isInterrupted = (): boolean => this.#stopping || dueStates(this.#alerts.own, clock.now()).length > 0;
    if (this.#stopping || this.#backfills.open.length === 0) return;
    try {
      await this.#prepare();
      const results = await this.#backfills.work(isInterrupted);
      this.#finisher.expectAfter(results);
      // Whatever is left goes on with the next look at the clock.
      if (results.length > 0) onChange?.();
    } catch (error) {
      observer?.onRunFailure?.(error);
    }
  }

  /** Searches see everything received so far. */
  async #prepare(): Promise<void> {
    const { store, clock, settle } = this.#options;
    await settle?.(clock.now());
    await refreshEvents(store);
  }

  async #runLane(lane: readonly ScheduledAlert[], now: Date): Promise<void> {
    for (const state of lane) state.retryAt = null;
    const plan = planBatches(lane, now, this.#options.limits);
    await recordMissed(this.#options.store, plan, now);
    if (plan.backlogs.length > 0) await this.#backfills.look();
    for (const { slot, states } of plan.batches) {
      if (this.#stopping) return;
      // An alert on which the store failed has to pass that slot before it runs a later one.
      const ready = states.filter((state) => isEnabled(state) && state.retryAt === null && this.#alerts.isOwn(state));
      if (ready.length > 0) this.#finisher.expectAfter(await runBatch(this.#options, { slot, states: ready }));
    }
  }

  async #runOnce(state: ScheduledAlert): Promise<AlertRun> {
    const { clock, observer } = this.#options;
    const now = clock.now();
    const results = await runRegistered(this.#options, [state.alert], {
      now,
      record: (done) => recordOf(done, true),
    });
    this.#finisher.expectAfter(results);
    for (const result of results) {
      observer?.onRun?.(result);
      state.lastRun = runOf(result, true);
      state.runs += 1;
    }
    if (state.lastRun === null) throw new Error(`${state.alert.name} was run and has no result.`);
    return state.lastRun;
  }
}
