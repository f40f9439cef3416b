import type { Clock } from "@mozdef/alert-engine";
import { HttpError } from "../http/http-error.ts";
import { networkOf } from "../addresses/network-of.ts";

/** Keeps guessing slow. */
export interface SignInBrake {
  /** Counts as a failure until it has succeeded, so that many at once are no way round. @throws {HttpError} `SIGN_IN_LIMITED` with the time to wait. */
  readonly attempt: (address: string, name: string) => void;
  readonly succeeded: (address: string, name: string) => void;
}

/** Failures that are free, and the longest wait after one, in milliseconds. */
const OF_NAME = { free: 5, longestMs: 900_000 };
/** Of all names from one address: many people may share it, so they never wait for long. */
const OF_ADDRESS = { free: 20, longestMs: 30_000 };

const FORGOTTEN_MS = 3_600_000;
const MOST = 10_000;

interface Failures {
  readonly count: number;
  readonly at: number;
}

/**
 * After some failures each further one doubles the wait, for that name from that address: whoever fails elsewhere under somebody's name does
 * not lock them out. A network of IPv6 that one subscriber has is one address.
 */
export const signInBrake = (clock: Pick<Clock, "now">): SignInBrake => {
  const failures = new Map<string, Failures>();
  const of = (key: string): Failures | undefined => {
    const found = failures.get(key);
    return found !== undefined && Math.abs(clock.now().getTime() - found.at) < FORGOTTEN_MS ? found : undefined;
  };
  const waitMs = (key: string, { free, longestMs }: typeof OF_NAME): number => {
    const found = of(key);
    if (found === undefined || found.count < free) return 0;
    const pause = Math.min(longestMs, 1_000 * 2 ** Math.min(30, found.count - free));
    return Math.max(0, found.at + pause - clock.now().getTime());
  };
  const count = (key: string, more: 1 | -1): void => {
    const before = of(key)?.count ?? 0;
    // Those that failed last come last.
    failures.delete(key);
    failures.set(key, { count: Math.max(0, before + more), at: clock.now().getTime() });
    const [oldest] = failures.keys();
    if (failures.size > MOST && oldest !== undefined) failures.delete(oldest);
  };
  return {
    attempt: (address, name) => {
      const network = networkOf(address);
      const key = keyOf(network, name);
      const wait = Math.max(waitMs(key, OF_NAME), waitMs(network, OF_ADDRESS));
      if (wait === 0) {
        for (const each of [network, key]) count(each, 1);
        return;
      }
      const seconds = Math.ceil(wait / 1_000);
      throw new HttpError(
        "SIGN_IN_LIMITED",
        `Too many log-ins have failed from here. Try again in ${seconds} seconds.`,
        {
          retrySeconds: seconds,
        },
      );
    },
    succeeded: (address, name) => {
      const network = networkOf(address);
      failures.delete(keyOf(network, name));
      count(network, -1);
    },
  };
};

const keyOf = (network: string, name: string): string => `${network} ${name.toLowerCase().slice(0, 200)}`;
