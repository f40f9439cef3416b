import { type Clock, isEnabled, lateAlerts, type Scheduler } from "@mozdef/alert-engine";
import type { StatusRoutesOptions } from "./status-routes.ts";

export type Slots = Pick<StatusRoutesOptions, "standstill" | "lagMs">;

export interface SlotsOptions {
  readonly scheduler: Pick<Scheduler, "states">;
  readonly clock: Pick<Clock, "now">;
  /** Whether the store has been made ready. */
  readonly isPrepared: () => boolean;
  /** Whether this instance runs the alerts: the slots of others say nothing of it. */
  readonly isLeading: () => boolean;
}

/** What the slots of the alerts say of the service. */
export const slotsOf = ({ scheduler, clock, isPrepared, isLeading }: SlotsOptions): Slots => ({
  standstill: () => {
    if (!isPrepared()) return "The service waits for its store; GET /status says why.";
    if (!isLeading()) return null;
    const enabled = scheduler.states.filter(isEnabled);
    const standing = lateAlerts(enabled, clock.now()).filter((late) => late.isStanding);
    const [first] = standing;
    if (first === undefined || standing.length < enabled.length) return null;
    return `No alert runs: the slot of ${first.name} at ${first.slot.toISOString()} has waited longest; GET /status says why.`;
  },
  lagMs: () => (isPrepared() && isLeading() ? (lateAlerts(scheduler.states, clock.now())[0]?.lateMs ?? 0) : 0),
});
