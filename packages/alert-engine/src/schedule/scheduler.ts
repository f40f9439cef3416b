import type { Schedule } from "@mozdef/alert";
import { finishCommits, refreshEvents, sayApplied, slotsDone, StoreError, writeDocuments } from "@mozdef/alert-store";
import { EngineError } from "../engine-error.ts";
import type { ClockSetBack } from "../engine-observer.ts";
import { type AlertRun, beginDocument, gapDocument, recordOf, runOf } from "../ledger/run-record.ts";
import type { RegisteredAlert } from "../registry/registered-alert.ts";
import type { RunResult } from "../run/run-result.ts";
import { dueStates, lanesOf, type Plan, planBatches } from "./plan-batches.ts";
import { runBatch, type RunEnvironment, runRegistered } from "./run-batch.ts";
import {
  changeSetting,
  isSameSetting,
  loadSettings,
  type ScheduleChange,
  type ScheduleChanged,
  type ScheduleSetting,
  settingChanges,
} from "./schedule-settings.ts";
import { goesOnAt, seldomDocuments } from "./standing.ts";
import {
  advance,
  followClock,
  isEnabled,
  postpone,
  replaceAlert,
  scheduleAlert,
  scheduleOf,
  type ScheduledAlert,
  wakeAt,
} from "./scheduled-alert.ts";

export interface SchedulerOptions extends RunEnvironment {
  readonly alerts: readonly RegisteredAlert[];
  /** Called when an alert has become free or its schedule has changed, so that the time to wake may be another. */
  readonly onChange?: () => void;
}

/** Runs alerts at their slots. Keeps no time itself: whoever owns it calls {@link Scheduler.tick} and asks when to come again. */
export class Scheduler {
  readonly #options: SchedulerOptions;
  readonly #states = new Map<string, ScheduledAlert>();
  readonly #lanes = new Set<Promise<void>>();
  #alerts: readonly RegisteredAlert[];
  #settings = new Map<string, ScheduleSetting>();
  #stopping = false;
  #clockSetBack: ClockSetBack | null = null;
  #unfinished = true;
  /** Why something could not be finished when it was tried last. */
  #told: readonly string[] = [];
  /** New ones, of which the ledger has nothing yet. */
  #unbegun: readonly string[] = [];
  /** The last day on which it was recorded where alerts stand that run seldom. */
  #begunOn: string | null = null;

  constructor(options: SchedulerOptions) {
    this.#options = options;
    this.#alerts = options.alerts;
  }

  /**
   * Reads from the store how far each alert has come and what was changed about its schedule. An alert that is new
   * begins when it is seen first.
   *
   * @throws {StoreError} when the store does not answer.
   */
  async load(): Promise<void> {
    const { store, clock } = this.#options;
    const names = this.#alerts.map(({ name }) => name);
    const [settings, done] = await Promise.all([loadSettings(store, this.#onWrong), slotsDone(store, names)]);
    const now = clock.now();
    this.#unfinished = true;
    this.#settings = settings;
    for (const alert of this.#alerts) {
      const setting = settings.get(alert.name) ?? {};
      const slot = done.get(alert.name) ?? this.#states.get(alert.name)?.lastSlot ?? now;
      this.#states.set(alert.name, scheduleAlert(alert, setting, goesOnAt(slot, setting.since)));
    }
    this.#unbegun = names.filter((name) => !done.has(name));
    await this.#begin(now);
    this.#followClock(now);
  }

  /**
   * Runs other alerts from now on: one that is new begins now, one that has changed goes on where it was, one that is gone is
   * not run again.
   *
   * @param alerts - In order of their names.
   */
  replaceAlerts(alerts: readonly RegisteredAlert[]): void {
    this.#alerts = alerts;
    const before = new Map(this.#states);
    this.#unbegun = [...this.#unbegun, ...alerts.flatMap(({ name }) => (before.has(name) ? [] : [name]))];
    this.#states.clear();
    for (const alert of alerts) {
      const known = before.get(alert.name);
      if (known !== undefined && known.alert !== alert) replaceAlert(known, alert);
      const setting = this.#settings.get(alert.name) ?? {};
      this.#states.set(alert.name, known ?? scheduleAlert(alert, setting, this.#options.clock.now()));
    }
    this.#options.onChange?.();
  }

  /** Every alert, in order of their names. */
  get states(): readonly Readonly<ScheduledAlert>[] {
    return [...this.#states.values()];
  }

  /** The last time that the clock was found behind slots that have been run; null when it never was. */
  get clockSetBack(): ClockSetBack | null {
    return this.#clockSetBack;
  }

  /** When to call {@link tick} again; null when nothing is planned. */
  nextWake(): Date | null {
    const times = this.states.flatMap((state) => (state.busy ? [] : (wakeAt(state)?.getTime() ?? [])));
    return times.length === 0 ? null : new Date(Math.min(...times));
  }

  /**
   * Starts what is due. Resolves once it is started; `done` once it is finished. Failures of batches go to the observer.
   *
   * @throws {StoreError} when the store does not answer.
   */
  async tick(): Promise<{ readonly done: Promise<void> }> {
    const now = this.#options.clock.now();
    this.#followClock(now);
    await this.#begin(now);
    const due = this.#stopping ? [] : dueStates(this.#states.values(), now);
    if (!this.#stopping) await this.#finish();
    if (due.length > 0) await this.#prepare();
    const lanes = lanesOf(due).map((lane) => this.#track(lane, () => this.#runLane(lane, now)));
    return { done: Promise.all(lanes).then(() => undefined) };
  }

  /**
   * Runs an alert now, whatever its schedule, and whether or not it is enabled. Waits for a run under way.
   *
   * @throws {EngineError} `SCHEDULE_NOT_FOUND`, `SHUTTING_DOWN`.
   */
  async run(name: string): Promise<AlertRun> {
    const state = this.#stateOf(name);
    while (state.busy) await Promise.race(this.#lanes);
    if (this.#stopping)
      throw new EngineError("SHUTTING_DOWN", "The service is shutting down and runs no further alerts.");
    const outcome: { run?: AlertRun } = {};
    await this.#track([state], async () => {
      await this.#finish();
      await this.#prepare();
      outcome.run = await this.#runOnce(state);
    });
    if (outcome.run === undefined)
      throw new StoreError("STORE_UNAVAILABLE", `${name} could not be run: the store does not answer.`);
    return outcome.run;
  }

  /**
   * Changes the schedule of an alert, for good. Enabling begins now: nothing is caught up of the time it was off.
   *
   * @param change - `schedule: null` returns to the schedule of configuration and pack.
   * @throws {EngineError} `SCHEDULE_NOT_FOUND`. @throws {StoreError} when the store does not take it.
   */
  async change(name: string, change: ScheduleChange): Promise<Readonly<ScheduledAlert>> {
    const state = this.#stateOf(name);
    const { store, clock } = this.#options;
    const wanted = { enabled: change.enabled ?? isEnabled(state), schedule: wantedSchedule(state, change) };
    const isOther = JSON.stringify(wanted.schedule) !== JSON.stringify(scheduleOf(state));
    const begins = (wanted.enabled && !isEnabled(state)) || isOther;
    this.#apply(state, await changeSetting(store, name, { ...change, begins }, clock.now()));
    return state;
  }

  /** What was changed about an alert, newest first. @throws {EngineError} `SCHEDULE_NOT_FOUND`. @throws {StoreError} */
  async changes(name: string): Promise<readonly ScheduleChanged[]> {
    return settingChanges(this.#options.store, this.#stateOf(name).alert.name);
  }

  /**
   * Takes over what was changed by way of other instances.
   *
   * @throws {StoreError} when the store does not answer.
   */
  async followSettings(): Promise<void> {
    const settings = await loadSettings(this.#options.store, this.#onWrong);
    for (const [name, setting] of settings) {
      const state = this.#states.get(name);
      if (state === undefined) this.#settings.set(name, setting);
      else if (!isSameSetting(state.setting, setting)) this.#apply(state, setting);
    }
  }

  /** Whether the alert begins anew is part of the setting: whoever has changed it knew how it was before. */
  #apply(state: ScheduledAlert, setting: ScheduleSetting): void {
    const { setting: before, alert } = state;
    state.setting = setting;
    this.#settings.set(alert.name, setting);
    if (setting.releases !== before.releases) this.#options.host.release?.(alert.name);
    const begins = setting.since !== undefined && setting.since !== before.since;
    advance(state, begins ? new Date(setting.since) : state.lastSlot);
    this.#options.onChange?.();
  }

  readonly #onWrong = (message: string): void => {
    this.#options.services.log.warn(message);
  };

  /** Starts nothing more, waits for what is running, and says that it is carried out, so that the next start need not look. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.all(this.#lanes);
    // What cannot be said is done again, which changes nothing.
    await sayApplied(this.#options.store).catch(() => undefined);
  }

  #stateOf(name: string): ScheduledAlert {
    const state = this.#states.get(name);
    if (state !== undefined) return state;
    throw new EngineError(
      "SCHEDULE_NOT_FOUND",
      `There is no alert ${JSON.stringify(name.slice(0, 200))}. The list of schedules has the names of all.`,
    );
  }

  /**
   * Where alerts stand of which the ledger has nothing, so that slots from now on are run or told to be missed; and once a day, where those
   * stand that run so seldom that the day of their last slot is about to be deleted.
   */
  async #begin(now: Date): Promise<void> {
    const day = now.toISOString().slice(0, 10);
    const documents = [
      ...(this.#unbegun.length > 0 ? [beginDocument(this.#unbegun, now, now)] : []),
      ...(day === this.#begunOn ? [] : seldomDocuments(this.states, now)),
    ];
    await writeDocuments(this.#options.store, "Cannot record where alerts begin", documents);
    this.#unbegun = [];
    this.#begunOn = day;
  }

  /** Alerts that have come further than the clock, since it was wrong, follow it. */
  #followClock(now: Date): void {
    const behind = this.states.map((state) => (state.busy ? 0 : followClock(state, now)));
    const byMs = behind.reduce((most, ms) => Math.max(most, ms), 0);
    if (byMs === 0) return;
    this.#clockSetBack = { at: now, byMs };
    this.#options.observer?.onClockSetBack?.(this.#clockSetBack);
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

  /** What a dead process or an absent store left half done comes first: it is not known how far what is due may look otherwise. */
  async #finish(): Promise<void> {
    const { store, services, observer } = this.#options;
    if (!this.#unfinished) return;
    const { unmarked, unfinished, refused } = await finishCommits(store);
    if (unmarked.length > 0) observer?.onUnmarked?.(unmarked);
    const messages = [...unfinished, ...refused].map(({ message }) => message);
    // It is looked at every few seconds, and said once.
    for (const message of messages) if (!this.#told.includes(message)) services.log.error(message);
    this.#told = messages;
    this.#unfinished = unfinished.length > 0;
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
    await this.#recordGaps(plan.gaps, now);
    for (const { slot, states } of plan.batches) {
      if (this.#stopping) return;
      // An alert on which the store failed has to pass that slot before it runs a later one.
      const ready = states.filter((state) => isEnabled(state) && state.retryAt === null);
      if (ready.length > 0) this.#noteFailures(await runBatch(this.#options, { slot, states: ready }));
    }
  }

  async #recordGaps(gaps: Plan["gaps"], now: Date): Promise<void> {
    if (gaps.length === 0) return;
    const documents = gaps.map(({ state: { alert }, gap }) => gapDocument(alert.name, gap, now));
    await writeDocuments(this.#options.store, "Cannot record slots that were missed", documents);
    for (const { state: skipped, gap } of gaps) advance(skipped, gap.to);
  }

  async #runOnce(state: ScheduledAlert): Promise<AlertRun> {
    const { clock, observer } = this.#options;
    const now = clock.now();
    const results = await runRegistered(this.#options, [state.alert], {
      now,
      record: (done) => recordOf(done, true),
    });
    this.#noteFailures(results);
    for (const result of results) {
      observer?.onRun?.(result);
      state.lastRun = runOf(result, true);
      state.runs += 1;
    }
    if (state.lastRun === null) throw new Error(`${state.alert.name} was run and has no result.`);
    return state.lastRun;
  }

  /** A commit that failed is finished before the next run. */
  #noteFailures(results: readonly RunResult[]): void {
    this.#unfinished ||= results.some(({ errors }) => errors.some((error) => error instanceof StoreError));
  }
}

const wantedSchedule = (state: ScheduledAlert, { schedule }: ScheduleChange): Schedule =>
  schedule === undefined ? scheduleOf(state) : (schedule ?? state.alert.schedule);
