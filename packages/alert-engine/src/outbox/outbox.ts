import type { AlertStore } from "@mozdef/alert-store";
import type { Clock } from "../clock.ts";
import type { EngineObserver } from "../engine-observer.ts";
import type { AlertServices } from "../host/alert-context.ts";
import { createMutes, type Mutes } from "../routing/mutes.ts";
import { optionsByPath, type Route } from "../routing/route.ts";
import type { LinksOf } from "./attempt.ts";
import { TargetLane, type TargetState } from "./target-lane.ts";
import type { Actions } from "../routing/actions.ts";

export interface OutboxOptions {
  readonly store: AlertStore;
  readonly clock: Clock;
  readonly actions: Actions;
  /** Null: there are none, and alerts go to every action that wants them. Default null. */
  readonly routes?: readonly Route[] | null;
  /** What mutes alerts that have waited. Default: nothing does. */
  readonly mutes?: Mutes;
  readonly services: Pick<AlertServices, "log" | "fetch">;
  /** Where people get to from messages. Default: messages have no links but those of their actions. */
  readonly links?: LinksOf | undefined;
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
  /** Sends what is due now. @returns when the next is due; null when nothing waits. @throws {StoreError} */
  drain(): Promise<Date | null>;
  /** Begins to look by itself. */
  start(): void;
  /** Starts no further attempt and ends those under way: what is not recorded as sent is sent again by the next start. */
  stop(): Promise<void>;
}

/** Others may have queued something: how long that may take to be seen, in milliseconds. */
const LONGEST_SLEEP_MS = 5_000;

export const createOutbox = (options: OutboxOptions): Outbox => {
  const { store, clock, isMine = () => true, routes = null, mutes = createMutes({ store }) } = options;
  const optionsOf = optionsByPath(routes ?? []);
  const stopped = new AbortController();
  const { signal } = stopped;
  const lanes = Object.entries(options.actions).map(
    ([target, action]) =>
      new TargetLane({ ...options, mutes, optionsOf, target, action, signal, isMine: () => isMine(target) }),
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
      const next = await Promise.all(lanes.map((lane) => lane.work()));
      return next.reduce((first, one) => (first === null || (one !== null && one < first) ? one : first), null);
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
