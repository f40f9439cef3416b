import { isoUtc } from "@mozdef/alert";
import type { Backtest } from "@mozdef/alert-api";
import {
  type AlertHost,
  type Exceptions,
  rehearse,
  type ScheduledAlert,
  scheduleOf,
  taskRefAt,
} from "@mozdef/alert-engine";
import type { AlertStore } from "@mozdef/alert-store";
import { slotsBetween } from "@mozdef/alert/runtime";
import { setImmediate } from "node:timers/promises";
import type { Config } from "../config/config-schema.ts";
import { HttpError } from "../http/http-error.ts";
import { BacktestTally } from "./backtest-tally.ts";

interface BacktestAlert {
  readonly store: AlertStore;
  readonly host: AlertHost;
  /** What people have alerts leave out. */
  readonly exceptions: Pick<Exceptions, "of">;
  readonly limits: Pick<Config["limits"], "runMs" | "runAlerts">;
  readonly state: Readonly<ScheduledAlert>;
  readonly now: Date;
  readonly from?: Date | undefined;
  readonly until?: Date | undefined;
  readonly signal: AbortSignal;
  /** Milliseconds that it may take. Default 20,000. */
  readonly budgetMs?: number;
  /** Of more, the newest are run. Default 3,000: a day of an alert that runs each half minute. */
  readonly mostSlots?: number;
}

const DAY_MS = 86_400_000;
const LONGEST_MS = 7 * DAY_MS;

const MOST_SLOTS = 3_000;
const BUDGET_MS = 20_000;

/**
 * What an alert would have made of slots of the past, by its schedule as it is now.
 *
 * @throws {HttpError} `PARAMETER_INVALID` for times the wrong way round, not past, or too far apart.
 */
export const backtestAlert = async ({
  store,
  host,
  exceptions,
  limits,
  state,
  now,
  signal,
  ...asked
}: BacktestAlert): Promise<Backtest> => {
  const { budgetMs = BUDGET_MS, mostSlots = MOST_SLOTS, until = now } = asked;
  const from = asked.from ?? new Date(until.getTime() - DAY_MS);
  checkSpan(from, until, now);
  const { slots, dropped } = slotsBetween(scheduleOf(state), from, until, mostSlots);
  const [first] = slots;
  const tally = new BacktestTally(dropped > 0 && first !== undefined ? new Date(first.getTime() - 1) : from, until);
  const end = performance.now() + budgetMs;
  const options = { slots, now, timeoutMs: limits.runMs, mostAlerts: limits.runAlerts, signal };
  // Those that have ended since hold at the slots before.
  const task = taskRefAt(state.alert, from, exceptions);
  for await (const run of rehearse(store, host, task, options)) {
    tally.take(run);
    if (signal.aborted || (performance.now() > end && run.slot !== slots.at(-1))) {
      tally.endAt(run.slot);
      break;
    }
    // A store in the process never waits: without a pause no event would come in before the end.
    await setImmediate();
  }
  return { alert: state.alert.name, ...tally.result(), ...(dropped > 0 && !tally.isEnded && { cut: "slots" }) };
};

const checkSpan = (from: Date, until: Date, now: Date): void => {
  const span = until.getTime() - from.getTime();
  if (span > 0 && span <= LONGEST_MS && until <= now) return;
  throw new HttpError(
    "PARAMETER_INVALID",
    `from and until: expected two times of the past, the first before the second, at most seven days apart. Received: ${isoUtc(from)} and ${isoUtc(until)}.`,
  );
};
