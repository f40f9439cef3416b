import { nextSlot } from "@mozdef/alert/runtime";
import { isEnabled, scheduleOf, type ScheduledAlert } from "./scheduled-alert.ts";

/** An enabled alert whose slot is past and has not been run. */
export interface LateAlert {
  readonly name: string;
  /** The oldest slot that waits. */
  readonly slot: Date;
  readonly lateMs: number;
  /** Whether it has been waiting for more than two of its periods: it does not just take its time. */
  readonly isStanding: boolean;
}

/** On top of two periods: a second is a period, too. */
const GRACE_MS = 10_000;

/** The alerts that are late, the one that waits longest first. Means nothing of alerts that another instance runs. */
export const lateAlerts = (states: readonly Readonly<ScheduledAlert>[], now: Date): readonly LateAlert[] =>
  states
    .flatMap((state) => {
      const { nextDue: slot, alert } = state;
      if (!isEnabled(state) || slot === null || slot >= now) return [];
      const lateMs = now.getTime() - slot.getTime();
      const following = nextSlot(scheduleOf(state), slot);
      const periodMs = following === null ? 0 : following.getTime() - slot.getTime();
      return [{ name: alert.name, slot, lateMs, isStanding: lateMs > 2 * periodMs + GRACE_MS }];
    })
    .sort((a, b) => b.lateMs - a.lateMs);
