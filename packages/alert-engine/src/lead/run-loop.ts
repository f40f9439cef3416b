import type { Clock } from "../clock.ts";
import type { EngineObserver } from "../engine-observer.ts";
import type { Scheduler } from "../schedule/scheduler.ts";
import type { Leadership } from "./leadership.ts";

export interface RunLoopOptions {
  readonly scheduler: Scheduler;
  readonly leadership: Leadership;
  readonly maintain: (now: Date) => Promise<void>;
  /** Takes over what was changed elsewhere, whether or not this instance runs the alerts. Default: nothing is. */
  readonly follow?: (now: Date) => Promise<void>;
  readonly clock: Clock;
  /** Default: nobody is told. */
  readonly observer?: EngineObserver;
}

export interface RunLoop {
  /** Whether this instance runs the alerts at present. */
  readonly leading: boolean;
  /** Looks again now: something has changed. */
  wake(): void;
  /** Ends the loop; what was started goes on, see `Scheduler.stop`. */
  stop(): Promise<void>;
}

/**
 * The longest sleep, so that a machine that was suspended, or whose clock was set, notices soon, a leader renews its lease in time, and
 * another one sees soon that it did not.
 */
const LONGEST_SLEEP_MS = 2_000;

/** The pause after the store did not answer. */
const RETRY_MS = 2_000;

/** Keeps the scheduler ticking: at each slot, after each failure, and whenever it is woken. */
export const startRunLoop = (options: RunLoopOptions): RunLoop => {
  const { clock } = options;
  const stopped = new AbortController();
  let sleeper = new AbortController();
  let leading = false;

  const loop = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      sleeper = new AbortController(); // before the step, so that what happens during it cuts the sleep short
      const outcome = await step(options, leading);
      leading = outcome === "leading" || (outcome === "failed" && leading);
      const signals = outcome === "failed" ? [stopped.signal] : [stopped.signal, sleeper.signal];
      await clock.sleep(sleepMs(options, outcome), AbortSignal.any(signals));
    }
  };
  const ended = loop();
  return {
    get leading() {
      return leading;
    },
    wake: () => {
      sleeper.abort();
    },
    stop: async () => {
      stopped.abort();
      await ended;
    },
  };
};

type Outcome = "leading" | "standby" | "failed";

/** One look at the clock. */
const step = async (
  { scheduler, leadership, maintain, follow, clock, observer }: RunLoopOptions,
  wasLeading: boolean,
): Promise<Outcome> => {
  try {
    const isLeading = await leadership.hold();
    if (isLeading && !wasLeading) await scheduler.load();
    else await follow?.(clock.now());
    if (!isLeading) return "standby";
    await maintain(clock.now());
    await scheduler.tick();
    return "leading";
  } catch (error) {
    observer?.onTickFailure?.(error);
    return "failed";
  }
};

const sleepMs = ({ scheduler, clock }: RunLoopOptions, outcome: Outcome): number => {
  if (outcome === "failed") return RETRY_MS;
  const wake = outcome === "leading" ? scheduler.nextWake() : null;
  const ms = wake === null ? LONGEST_SLEEP_MS : wake.getTime() - clock.now().getTime();
  return Math.min(LONGEST_SLEEP_MS, Math.max(0, ms));
};
