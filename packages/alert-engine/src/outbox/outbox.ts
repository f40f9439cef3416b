import type { AlertStore } from "@mozdef/alert-store";
import type { Clock } from "../clock.ts";
import type { EngineObserver } from "../engine-observer.ts";
import type { AlertServices } from "../host/alert-context.ts";
import { TargetLane, type TargetState } from "./target-lane.ts";
import type { Actions } from "./targets.ts";

export interface OutboxOptions {
  readonly store: AlertStore;
  readonly clock: Clock;
  readonly actions: Actions;
  readonly services: Pick<AlertServices, "log" | "fetch">;
  /** Default: nobody is told. */
  readonly observer?: EngineObserver | undefined;
  /** Whether this instance sends to a target: of several on one cluster, one does. Default: it does. */
  readonly isMine?: (target: string) => boolean;
}

/** Brings alerts to their targets: each target by itself, each alert until the target has it, refuses it, or a day is over. */
export interface Outbox {
  /** How each target is, in the order of the configuration. */
  readonly targets: readonly TargetState[];
  /** Looks again now: alerts were stored. */
  wake(): void;
  /** Sends what is due now and returns. @throws {StoreError} */
  drain(): Promise<void>;
  /** Begins to look by itself. */
  start(): void;
  /** Starts no further attempt and ends those under way: what is not recorded as sent is sent again by the next start. */
  stop(): Promise<void>;
}

/** Others may have queued something: how long that may take to be seen, in milliseconds. */
const LONGEST_SLEEP_MS = 5_000;

export const createOutbox = (options: OutboxOptions): Outbox => {
  const { clock, isMine = () => true } = options;
  const stopped = new AbortController();
  const { signal } = stopped;
  const lanes = Object.entries(options.actions).map(
    ([target, action]) => new TargetLane({ ...options, target, action, signal, isMine: () => isMine(target) }),
  );
  let sleeper = new AbortController();
  let loops: readonly Promise<void>[] = [];

  const step = async (lane: TargetLane): Promise<number> => {
    if (!isMine(lane.state.target)) return LONGEST_SLEEP_MS;
    try {
      const next = await lane.work();
      return next === null ? LONGEST_SLEEP_MS : Math.max(0, next.getTime() - clock.now().getTime());
    } catch (error) {
      options.observer?.onOutboxFailure?.(error);
      return LONGEST_SLEEP_MS;
    }
  };
  const loop = async (lane: TargetLane): Promise<void> => {
    while (!signal.aborted) {
      const woken = sleeper.signal; // before the step, so that what comes during it cuts the sleep short
      const ms = await step(lane);
      await clock.sleep(Math.min(LONGEST_SLEEP_MS, ms), AbortSignal.any([signal, woken]));
    }
  };
  return {
    get targets() {
      return lanes.map(({ state }) => state);
    },
    wake: () => {
      const before = sleeper;
      sleeper = new AbortController();
      before.abort();
    },
    drain: async () => {
      await Promise.all(lanes.map((lane) => lane.work()));
    },
    start: () => {
      loops = lanes.map(loop);
    },
    stop: async () => {
      stopped.abort(new Error("The service is shutting down."));
      await Promise.all(loops);
    },
  };
};
