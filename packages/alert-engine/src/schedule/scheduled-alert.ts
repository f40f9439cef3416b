import type { Schedule } from "@mozdef/alert";
import { nextSlot } from "@mozdef/alert/runtime";
import type { AlertRun } from "../ledger/run-record.ts";
import type { RegisteredAlert } from "../registry/registered-alert.ts";
import type { ScheduleSetting } from "./schedule-settings.ts";

/** What the scheduler knows of one alert while the service runs. */
export interface ScheduledAlert {
  alert: RegisteredAlert;
  setting: ScheduleSetting;
  /** The slot that was run last, or when the alert was first seen: what comes after it is due. */
  lastSlot: Date;
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
    setting,
    lastSlot,
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
