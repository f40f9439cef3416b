import { nextSlot } from "@mozdef/alert/runtime";
import { isEnabled, type ScheduledAlert, scheduleOf } from "./scheduled-alert.ts";
import type { BackfillPart } from "../backfill/backfill.ts";

/** A part of a backfill while this instance works on it. */
export interface BackfillWork {
  part: BackfillPart;
  /** The slots up to there are done. */
  doneTo: Date;
  /** By alert, the next slot; null when none is left. Those of alerts that are not there are left out. */
  readonly upcoming: Map<string, Date | null>;
  /** Whether more is done than is stored. */
  isDirty: boolean;
  /** Failures of the store at the present slot. */
  tries: number;
  /** Not before that time, by `Clock.elapsedMs`. */
  notBefore: number;
}

export const workOn = (part: BackfillPart): BackfillWork => ({
  part,
  doneTo: new Date(part.doneTo),
  upcoming: new Map(),
  isDirty: false,
  tries: 0,
  notBefore: Number.NEGATIVE_INFINITY,
});

/** Alerts that run at a slot of a part. */
export interface WorkStep {
  readonly work: BackfillWork;
  readonly slot: Date;
  readonly states: readonly ScheduledAlert[];
}

/**
 * The next slot of a part and the alerts that run at it. Missed slots of an alert that is switched off, or gone, are nobody's.
 *
 * @returns null when nothing is left until then.
 */
export const nextStep = (
  work: BackfillWork,
  stateOf: (name: string) => ScheduledAlert | undefined,
  now: Date,
): WorkStep | null => {
  const { part, upcoming } = work;
  const until = Math.min(Date.parse(part.to), now.getTime());
  let slot = Number.POSITIVE_INFINITY;
  let states: ScheduledAlert[] = [];
  for (const name of part.alerts) {
    const state = stateOf(name);
    if (state === undefined || (part.reason === "missed" && !isEnabled(state))) continue;
    let next = upcoming.get(name);
    if (next === undefined) upcoming.set(name, (next = nextSlot(scheduleOf(state), work.doneTo)));
    const time = next?.getTime() ?? Number.POSITIVE_INFINITY;
    if (time > until || time > slot) continue;
    if (time < slot) states = [];
    slot = time;
    states.push(state);
  }
  return states.length === 0 ? null : { work, slot: new Date(slot), states };
};

/** The slot is done. */
export const advanceWork = ({ work, slot, states }: WorkStep): void => {
  work.doneTo = slot;
  for (const state of states) work.upcoming.set(state.alert.name, nextSlot(scheduleOf(state), slot));
  work.tries = 0;
  work.notBefore = Number.NEGATIVE_INFINITY;
  work.isDirty = true;
};
