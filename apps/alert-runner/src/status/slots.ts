import { type Clock, isEnabled, lateAlerts, type Scheduler } from "@mozdef/alert-engine";
import type { StatusRoutesOptions } from "./status-routes.ts";

export type Slots = Pick<StatusRoutesOptions, "standstill" | "slotCounts">;

export interface SlotsOptions {
  readonly scheduler: Pick<Scheduler, "own" | "backfills">;
  readonly clock: Pick<Clock, "now">;
  /** Whether the store has been made ready. */
  readonly isPrepared: () => boolean;
  /** For how long the store has answered nothing although it was asked, in milliseconds. Default: it answers. */
  readonly silentMs?: (() => number) | undefined;
}

/** What the slots of the alerts that this instance runs say of the service. */
export const slotsOf = ({ scheduler, clock, isPrepared, silentMs = () => 0 }: SlotsOptions): Slots => ({
  standstill: () => {
    if (!isPrepared()) return "The service waits for its store; GET /status says why.";
    // Also when the next slot of all alerts is still to come.
    const silent = silentMs();
    if (silent > 0)
      return `The store has not answered for ${Math.floor(silent / 1_000)} s: no alert runs. GET /status says more.`;
    const enabled = scheduler.own.filter(isEnabled);
    const standing = lateAlerts(enabled, clock.now()).filter((late) => late.isStanding);
    const [first] = standing;
    if (first === undefined || standing.length < enabled.length) return null;
    return `No alert runs: the slot of ${first.name} at ${first.slot.toISOString()} has waited longest; GET /status says why.`;
  },
  slotCounts: () => {
    const late = isPrepared() ? lateAlerts(scheduler.own, clock.now()) : [];
    const missed = scheduler.backfills.filter(({ reason }) => reason === "missed");
    return {
      lagMs: late[0]?.lateMs ?? 0,
      late: late.length,
      behind: new Set(missed.flatMap(({ alerts }) => alerts)).size,
    };
  },
});
