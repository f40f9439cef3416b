import type { EngineObserver } from "../engine-observer.ts";
import type { AlertRegistry } from "./alert-registry.ts";
import type { RegisteredAlert } from "./registered-alert.ts";

/** How old the rules that are run may be. */
const RELOAD_MS = 60_000;

export interface ReloadOptions {
  readonly registry: AlertRegistry;
  /** What runs the alerts, a `Scheduler`. */
  readonly scheduler: { replaceAlerts(alerts: readonly RegisteredAlert[]): void };
  /** Default: nobody is told. */
  readonly observer?: EngineObserver;
}

/** Reads rules again once a minute and hands what has changed to the scheduler. Cheap to call in between. */
export const reloadRules = ({ registry, scheduler, observer = {} }: ReloadOptions): ((now: Date) => Promise<void>) => {
  let next = Number.NEGATIVE_INFINITY;
  return async (now) => {
    // Also when the clock was set back.
    if (!registry.hasRules || (now.getTime() < next && now.getTime() > next - RELOAD_MS)) return;
    const isFirst = next === Number.NEGATIVE_INFINITY;
    next = now.getTime() + RELOAD_MS;
    // They were read when the registry was made.
    if (isFirst) return;
    const before = registry.alerts;
    if (!(await registry.reload())) return;
    scheduler.replaceAlerts(registry.alerts);
    observer.onRulesChanged?.({ before, after: registry.alerts, failures: registry.failures });
  };
};
