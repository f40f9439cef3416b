import type { Clock } from "../clock.ts";
import type { EngineObserver } from "../engine-observer.ts";
import type { Share } from "../runners/share.ts";
import type { Scheduler } from "../schedule/scheduler.ts";

export interface RunLoopOptions {
  readonly scheduler: Scheduler;
  readonly share: Share;
  /** Keeps what the alerts need in order, and takes over what was changed elsewhere. Called before each look at the clock. */
  readonly maintain: (now: Date) => Promise<void>;
  readonly clock: Clock;
  /** Default: nobody is told. */
  readonly observer?: EngineObserver;
}

export interface RunLoop {
  /** Whether this instance runs alerts at present, of whatever shards. */
  readonly isRunning: boolean;
  /** Looks again now: something has changed. */
  wake(): void;
  /** Ends the loop; what was started goes on, see `Scheduler.stop`. */
  stop(): Promise<void>;
}

/**
 * The longest sleep, so that a machine that was suspended, or whose clock was set, notices soon, a runner says in time that it is there, and
 * others see soon when it does not.
 */
const LONGEST_SLEEP_MS = 2_000;

/** The pause after the store did not answer. */
const RETRY_MS = 2_000;

/** Keeps the scheduler ticking: at each slot, after each failure, and whenever it is woken. */
export const startRunLoop = (options: RunLoopOptions): RunLoop => {
  const { clock, share, observer } = options;
  const stopped = new AbortController();
  let sleeper = new AbortController();
  let hasFailed = true;
  let taken: number | null = null;

  const loop = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      sleeper = new AbortController(); // before the step, so that what happens during it cuts the sleep short
      try {
        taken = await step(options, taken);
        hasFailed = false;
      } catch (error) {
        hasFailed = true;
        observer?.onTickFailure?.(error);
      }
      const signals = hasFailed ? [stopped.signal] : [stopped.signal, sleeper.signal];
      await clock.sleep(hasFailed ? RETRY_MS : sleepMs(options), AbortSignal.any(signals));
    }
  };
  const ended = loop();
  return {
    get isRunning() {
      return taken !== null && share.shards.size > 0;
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

/**
 * One look at the clock.
 *
 * @param taken - The dealing of shards that the scheduler has; null for none.
 * @returns the one that it has now.
 */
const step = async (
  { scheduler, share, maintain, clock }: RunLoopOptions,
  taken: number | null,
): Promise<number | null> => {
  await share.renew();
  const { generation, shards } = share;
  if (generation !== taken) await scheduler.take(shards);
  await maintain(clock.now());
  await scheduler.tick();
  return generation;
};

const sleepMs = ({ scheduler, clock }: RunLoopOptions): number => {
  const wake = scheduler.nextWake();
  const ms = wake === null ? LONGEST_SLEEP_MS : wake.getTime() - clock.now().getTime();
  return Math.min(LONGEST_SLEEP_MS, Math.max(0, ms));
};
