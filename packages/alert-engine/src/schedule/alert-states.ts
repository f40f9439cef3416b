import { type AlertStore, type Precondition, slotsDone, writeDocuments } from "@mozdef/alert-store";
import type { Schedule } from "@mozdef/alert";
import type { Clock } from "../clock.ts";
import { EngineError } from "../engine-error.ts";
import type { ClockSetBack, EngineObserver } from "../engine-observer.ts";
import type { AlertServices } from "../host/alert-context.ts";
import type { AlertHost } from "../host/alert-host.ts";
import { newestRuns } from "../ledger/newest-runs.ts";
import { beginDocument } from "../ledger/run-record.ts";
import type { RegisteredAlert } from "../registry/registered-alert.ts";
import {
  changeSetting,
  isSameSetting,
  loadSettings,
  type ScheduleChange,
  type ScheduleChanged,
  type ScheduleSetting,
  settingChanges,
} from "./schedule-settings.ts";
import {
  advance,
  followClock,
  isEnabled,
  replaceAlert,
  scheduleAlert,
  type ScheduledAlert,
  scheduleOf,
} from "./scheduled-alert.ts";
import { goesOnAt, seldomDocuments } from "./standing.ts";

export interface AlertStatesOptions {
  readonly store: AlertStore;
  readonly clock: Clock;
  readonly host: Pick<AlertHost, "release">;
  readonly services: Pick<AlertServices, "log">;
  /** Default: nobody is told. */
  readonly observer?: EngineObserver | undefined;
  /** Called when the schedule of an alert has changed, or there are others, so that the time to wake may be another. */
  readonly onChange?: (() => void) | undefined;
}

/** How far each alert has come, what was changed about its schedule, and which of them this instance runs. */
export class AlertStates {
  readonly #options: AlertStatesOptions;
  readonly #states = new Map<string, ScheduledAlert>();
  #alerts: readonly RegisteredAlert[];
  #settings = new Map<string, ScheduleSetting>();
  #shards: ReadonlySet<number> | null = null;
  #clockSetBack: ClockSetBack | null = null;
  /** New ones, of which the ledger has nothing yet. */
  #unbegun: readonly string[] = [];
  /** The last day on which it was recorded where alerts stand that run seldom. */
  #begunOn: string | null = null;
  /** Up to which slot the runs of others are known. */
  #followedTo: Date;

  constructor(alerts: readonly RegisteredAlert[], options: AlertStatesOptions) {
    this.#options = options;
    this.#alerts = alerts;
    this.#followedTo = options.clock.now();
  }

  /** Every alert, in order of their names. */
  get all(): readonly ScheduledAlert[] {
    return [...this.#states.values()];
  }

  /** Those that this instance runs. */
  get own(): readonly ScheduledAlert[] {
    return this.all.filter((state) => this.isOwn(state));
  }

  /** The shards that this instance runs; null: all. */
  get shards(): ReadonlySet<number> | null {
    return this.#shards;
  }

  isOwn({ shard }: Pick<ScheduledAlert, "shard">): boolean {
    return this.#shards?.has(shard) ?? true;
  }

  /** @throws {EngineError} `SCHEDULE_NOT_FOUND`. */
  of(name: string): ScheduledAlert {
    const state = this.find(name);
    if (state !== undefined) return state;
    throw new EngineError(
      "SCHEDULE_NOT_FOUND",
      `There is no alert ${JSON.stringify(name.slice(0, 200))}. The list of schedules has the names of all.`,
    );
  }

  /** Undefined when there is no such alert. */
  find(name: string): ScheduledAlert | undefined {
    return this.#states.get(name);
  }

  /** The last time that the clock was found behind slots that have been run; null when it never was. */
  get clockSetBack(): ClockSetBack | null {
    return this.#clockSetBack;
  }

  /** See `Scheduler.load`. @throws {StoreError} */
  async load(): Promise<void> {
    const { store, clock } = this.#options;
    const names = this.#alerts.map(({ name }) => name);
    const [settings, done] = await Promise.all([loadSettings(store, this.#onWrong), slotsDone(store, names)]);
    const now = clock.now();
    this.#settings = settings;
    for (const alert of this.#alerts)
      this.#standAt(alert, done.get(alert.name) ?? this.#states.get(alert.name)?.lastSlot ?? now);
    this.#unbegun = names.filter((name) => !done.has(name));
    await this.begin(now);
    this.followClock(now);
  }

  /**
   * Runs the alerts of these shards from now on: others have run those that are new until now.
   *
   * @throws {StoreError}
   */
  async take(shards: ReadonlySet<number>): Promise<void> {
    const gained = this.all.filter((state) => shards.has(state.shard) && !this.isOwn(state) && !state.busy);
    const names = gained.map(({ alert }) => alert.name);
    const done = names.length === 0 ? new Map<string, Date>() : await slotsDone(this.#options.store, names);
    for (const { alert, lastSlot } of gained) this.#standAt(alert, done.get(alert.name) ?? lastSlot);
    this.#shards = shards;
    this.followClock(this.#options.clock.now());
  }

  /** As it is when others have run it. */
  #standAt(alert: RegisteredAlert, slot: Date): void {
    const { lastRun = null, runs = 0 } = this.#states.get(alert.name) ?? {};
    const setting = this.#settings.get(alert.name) ?? {};
    const state = scheduleAlert(alert, setting, goesOnAt(slot, setting.since));
    this.#states.set(alert.name, Object.assign(state, { lastRun, runs }));
  }

  /** See `Scheduler.replaceAlerts`. */
  replace(alerts: readonly RegisteredAlert[]): void {
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

  /**
   * Records where alerts stand of which the ledger has nothing, so that slots from now on are run or told to be missed; and once a day,
   * where those stand that run so seldom that the day of their last slot is about to be deleted.
   *
   * @throws {StoreError}
   */
  async begin(now: Date): Promise<void> {
    const day = now.toISOString().slice(0, 10);
    const documents = [
      ...(this.#unbegun.length > 0 ? [beginDocument(this.#unbegun, now, now)] : []),
      ...(day === this.#begunOn ? [] : seldomDocuments(this.own, now)),
    ];
    await writeDocuments(this.#options.store, "Cannot record where alerts begin", documents);
    this.#unbegun = [];
    this.#begunOn = day;
  }

  /** Alerts that have come further than the clock, since it was wrong, follow it. */
  followClock(now: Date): void {
    const behind = this.own.map((state) => (state.busy ? 0 : followClock(state, now)));
    const byMs = behind.reduce((most, ms) => Math.max(most, ms), 0);
    if (byMs === 0) return;
    this.#clockSetBack = { at: now, byMs };
    this.#options.observer?.onClockSetBack?.(this.#clockSetBack);
  }

  /** See `Scheduler.change`. */
  async change(name: string, change: ScheduleChange, precondition?: Precondition): Promise<Readonly<ScheduledAlert>> {
    const state = this.of(name);
    const { store, clock } = this.#options;
    const wanted = { enabled: change.enabled ?? isEnabled(state), schedule: wantedSchedule(state, change) };
    const isOther = JSON.stringify(wanted.schedule) !== JSON.stringify(scheduleOf(state));
    const begins = (wanted.enabled && !isEnabled(state)) || isOther;
    this.#apply(state, await changeSetting(store, name, { ...change, begins }, clock.now(), precondition));
    return state;
  }

  /** What was changed about an alert, newest first. @throws {EngineError} `SCHEDULE_NOT_FOUND`. @throws {StoreError} */
  async changes(name: string): Promise<readonly ScheduleChanged[]> {
    return settingChanges(this.#options.store, this.of(name).alert.name);
  }

  /** See `Scheduler.follow`. @throws {StoreError} */
  async follow(): Promise<void> {
    const settings = await loadSettings(this.#options.store, this.#onWrong);
    for (const [name, setting] of settings) {
      const state = this.#states.get(name);
      if (state === undefined) this.#settings.set(name, setting);
      else if (!isSameSetting(state.setting, setting)) this.#apply(state, setting);
    }
    if (this.all.some((state) => !this.isOwn(state))) await this.#followRuns();
  }

  /** How far alerts have come that others run, for whoever asks this instance. */
  async #followRuns(): Promise<void> {
    const now = this.#options.clock.now();
    for (const run of await newestRuns(this.#options.store, this.#followedTo)) {
      const state = this.#states.get(run.alert);
      const slot = new Date(run.slot);
      if (slot > this.#followedTo && slot <= now) this.#followedTo = slot;
      if (state === undefined || this.isOwn(state) || slot <= state.lastSlot) continue;
      advance(state, slot);
      state.lastRun = run;
      state.runs += 1;
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
}

const wantedSchedule = (state: ScheduledAlert, { schedule }: ScheduleChange): Schedule =>
  schedule === undefined ? scheduleOf(state) : (schedule ?? state.alert.schedule);
