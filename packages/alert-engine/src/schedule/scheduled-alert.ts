import type { Schedule } from "@mozdef/alert";
import { nextSlot } from "@mozdef/alert/runtime";
import { shardOf } from "@mozdef/alert-store";
import type { AlertRun } from "../ledger/run-record.ts";
import type { RegisteredAlert } from "../registry/registered-alert.ts";
import type { ScheduleSetting } from "./schedule-settings.ts";

/** What the scheduler knows of one alert while the service runs. */
export interface ScheduledAlert {
  alert: RegisteredAlert;
  /** The shard it belongs to, see `shardOf`. */
  readonly shard: number;
  setting: ScheduleSetting;
  /** The slot that was run last, or when the alert was first seen: what comes after it is due. */
  lastSlot: Date;
  /** Up to when slots were run by a clock that was ahead and has been corrected: null when it never was. */
  ranUntil: Date | null;
  /** Slots up to there have been decided by a clock that was wrong, and are decided anew: null when there are none. */
  repeatUntil: Date | null;
  /** The last time that several slots were due at once: since when, and until when. A clock that was set ahead looks the same. */
  jump: { readonly from: Date; readonly to: Date } | null;
  /** Null when no slot ever comes. */
  nextDue: Date | null;
  /** Failures of the store in a row; the slot is tried again. */
  failures: number;
  retryAt: Date | null;
  /** Whether the alert is being run. */
  busy: boolean;
  /** Whether the last run took so long that other alerts should not have to wait for it. */
  slow: boolean;
  lastRun: AlertRun | null;
  runs: number;
}

export const scheduleAlert = (alert: RegisteredAlert, setting: ScheduleSetting, lastSlot: Date): ScheduledAlert => {
  const state: ScheduledAlert = {
    alert,
    shard: shardOf(alert.name),
    setting,
    lastSlot,
    ranUntil: null,
    repeatUntil: null,
    jump: null,
    nextDue: null,
    failures: 0,
    retryAt: null,
    busy: false,
    slow: false,
    lastRun: null,
    runs: 0,
  };
  state.nextDue = nextSlot(scheduleOf(state), lastSlot);
  return state;
};

export const scheduleOf = ({ alert, setting }: ScheduledAlert): Schedule => setting.schedule ?? alert.schedule;

export const isEnabled = ({ alert, setting }: ScheduledAlert): boolean => setting.enabled ?? alert.enabled;

/** A rule that has changed goes on where it was. */
export const replaceAlert = (state: ScheduledAlert, alert: RegisteredAlert): void => {
  state.alert = alert;
  state.nextDue = nextSlot(scheduleOf(state), state.lastSlot);
};

/** When the alert wants to run: at its next slot, or later when the store failed on it. Null: never. */
export const wakeAt = (state: ScheduledAlert): Date | null =>
  isEnabled(state) && state.nextDue !== null
    ? new Date(Math.max(state.nextDue.getTime(), state.retryAt?.getTime() ?? 0))
    : null;

/** Whether the slot was decided before by a clock that was wrong, when its events were not there yet. */
export const isRepeated = ({ repeatUntil }: ScheduledAlert, slot: Date): boolean =>
  repeatUntil !== null && slot <= repeatUntil;

const FIRST_RETRY_MS = 2_000;
const LAST_RETRY_MS = 60_000;

/** The store failed: the same slot again, after a wait that doubles up to a minute. */
export const postpone = (state: ScheduledAlert, now: Date): void => {
  const waitMs = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(state.failures, 10));
  state.failures += 1;
  state.retryAt = new Date(now.getTime() + waitMs);
};

/** Everything up to the slot is done. */
export const advance = (state: ScheduledAlert, slot: Date): void => {
  state.failures = 0;
  state.retryAt = null;
  state.lastSlot = slot;
  state.nextDue = nextSlot(scheduleOf(state), slot);
};

/** The longest difference that is taken for a clock being adjusted: the time that is shown again has been run and is waited for. */
const ADJUSTMENT_MS = 5_000;

/**
 * What is ahead of the clock was planned by a clock that was wrong: the alert goes on at the present. Where it is known at which
 * slot the wrong time began, it goes on from there.
 *
 * @returns how far the clock was set back, in milliseconds; 0 when it was not.
 */
export const followClock = (state: ScheduledAlert, now: Date): number => {
  if (state.retryAt !== null && state.retryAt.getTime() > now.getTime() + LAST_RETRY_MS) state.retryAt = null;
  const { lastSlot, jump } = state;
  const aheadMs = lastSlot.getTime() - now.getTime();
  if (aheadMs <= ADJUSTMENT_MS) return 0;
  const isBeforeJump = jump !== null && jump.from <= now && now < jump.to;
  advance(state, isBeforeJump ? jump.from : now);
  state.ranUntil = isBeforeJump ? null : lastSlot;
  state.repeatUntil = lastSlot;
  state.jump = null;
  return aheadMs;
};
