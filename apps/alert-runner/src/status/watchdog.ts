import { messageOf } from "@mozdef/alert";
import type { Clock } from "@mozdef/alert-engine";
import type { Log } from "@mozdef/alert/runtime";

export interface WatchdogOptions {
  /** Told as long as all is well: it raises the alarm when nothing comes any more. */
  readonly url: string;
  readonly everyMs: number;
  /** Whether alerts run at their slots, here. */
  readonly isWell: () => boolean;
  readonly clock: Pick<Clock, "sleep">;
  readonly fetch: typeof fetch;
  readonly log: Pick<Log, "warn">;
}

export interface Watchdog {
  /** Why the last call was not taken; null when it was, or when none was due. */
  readonly failure: string | null;
  stop(): Promise<void>;
}

/** Longest time for a call, in milliseconds. */
const CALL_MS = 10_000;

/** Calls an address again and again, as long as alerts run: a dead man's switch elsewhere tells when it does not. */
export const startWatchdog = (options: WatchdogOptions): Watchdog => {
  const { everyMs, isWell, clock, log } = options;
  const stopped = new AbortController();
  const isEnded = (): boolean => stopped.signal.aborted;
  let failure: string | null = null;
  const loop = async (): Promise<void> => {
    while (!isEnded()) {
      await clock.sleep(everyMs, stopped.signal);
      if (isEnded() || !isWell()) continue;
      const before = failure;
      failure = await call(options, stopped.signal);
      if (failure !== null && failure !== before) log.warn(`the watchdog's address does not take a call: ${failure}`);
    }
  };
  const ended = loop();
  return {
    get failure() {
      return failure;
    },
    stop: async () => {
      stopped.abort();
      await ended;
    },
  };
};

/** @returns why it was not taken; null when it was. */
const call = async ({ url, fetch }: WatchdogOptions, signal: AbortSignal): Promise<string | null> => {
  try {
    const within = AbortSignal.any([signal, AbortSignal.timeout(CALL_MS)]);
    const { ok, status, body } = await fetch(url, { method: "POST", signal: within });
    await body?.cancel();
    return ok ? null : `it answered ${status}`;
  } catch (error) {
    return messageOf(error);
  }
};
