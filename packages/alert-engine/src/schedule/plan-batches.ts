import { type ScheduledAlert, scheduleOf, wakeAt } from "./scheduled-alert.ts";
import type { CatchUp } from "../engine-settings.ts";
import type { Gap } from "../ledger/run-record.ts";
import { slotsBetween } from "@mozdef/alert/runtime";
import { dueSlots } from "./due-slots.ts";

/** Alerts that run together: they are due at the same slot. */
export interface Batch {
  readonly slot: Date;
  readonly states: readonly ScheduledAlert[];
}

export interface Plan {
  /** Oldest slot first. */
  readonly batches: readonly Batch[];
  readonly gaps: readonly { readonly state: ScheduledAlert; readonly gap: Gap }[];
  /** Missed slots that are run beside those of the present. */
  readonly backlogs: readonly { readonly state: ScheduledAlert; readonly slots: Gap }[];
}

/** The alerts that may start now: enabled, due, not running and not waiting for the store. */
export const dueStates = (states: Iterable<ScheduledAlert>, now: Date): ScheduledAlert[] =>
  [...states].filter((state) => {
    const wake = state.busy ? null : wakeAt(state);
    return wake !== null && wake <= now;
  });

/**
 * Groups of alerts that do not wait for one another. Those that were slow run by themselves; all others share their
 * searches, which is what makes many alerts cheap.
 */
export const lanesOf = (states: readonly ScheduledAlert[]): ScheduledAlert[][] => {
  const together = states.filter(({ slow }) => !slow);
  const alone = states.filter(({ slow }) => slow).map((state) => [state]);
  return together.length === 0 ? alone : [together, ...alone];
};

/** What a group of alerts has to do, slot by slot. */
export const planBatches = (states: readonly ScheduledAlert[], now: Date, bounds: CatchUp): Plan => {
  const bySlot = new Map<number, ScheduledAlert[]>();
  const gaps: { state: ScheduledAlert; gap: Gap }[] = [];
  const backlogs: { state: ScheduledAlert; slots: Gap }[] = [];
  for (const state of states) {
    const { slots, backlog, gap } = dueSlots(scheduleOf(state), dueAfter(state, now), now, bounds);
    if (gap !== null) gaps.push({ state, gap });
    if (backlog !== null) backlogs.push({ state, slots: backlog });
    if (gap !== null || backlog !== null || slots.length > 1) state.jump = { from: state.lastSlot, to: now };
    for (const slot of slots) {
      const due = bySlot.get(slot.getTime());
      if (due === undefined) bySlot.set(slot.getTime(), [state]);
      else due.push(state);
    }
  }
  const batches = [...bySlot]
    .sort(([a], [b]) => a - b)
    .map(([slot, due]): Batch => ({ slot: new Date(slot), states: due }));
  return { batches, gaps, backlogs };
};

/** Where a clock that was set back has been before is not caught up again: of that time only the present slot is run. */
const dueAfter = (state: ScheduledAlert, now: Date): Date => {
  const { lastSlot, ranUntil } = state;
  if (ranUntil === null || ranUntil <= lastSlot) return lastSlot;
  if (ranUntil < now) return ranUntil;
  const present = slotsBetween(scheduleOf(state), lastSlot, now, 1).slots.at(-1);
  return present === undefined ? lastSlot : new Date(present.getTime() - 1);
};
