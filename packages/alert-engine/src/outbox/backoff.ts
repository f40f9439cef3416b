import type { DispatchChange, StoredDispatch } from "@mozdef/alert-store";
import { sendingTime } from "../routing/destinations.ts";
import type { Outcome } from "./attempt.ts";
import type { Parcel } from "./parcel.ts";

const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 300_000;

/** How long a target is tried before it is given up on, in milliseconds. */
const GIVE_UP_MS = 24 * 3_600_000;

/** A target may ask to be left alone, but not for ever. */
const LONGEST_ASKED_MS = 3_600_000;

/** How long to wait after so many failures in a row: it doubles from 5 s to 5 min. @param askedMs - By the target. */
export const waitMs = (failures: number, askedMs: number): number =>
  Math.max(
    Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failures - 1, 20)),
    Math.min(LONGEST_ASKED_MS, askedMs),
  );

/** What an outcome changes about its dispatch. What a route repeats waits for the next time. */
export const changeBy = (
  dispatch: StoredDispatch,
  outcome: Outcome,
  { key: message, options }: Pick<Parcel, "key" | "options">,
  now: Date,
): DispatchChange => {
  const attempts = dispatch.attempts + 1;
  const at = now.toISOString();
  const firstat = dispatch.firstat ?? at;
  if (outcome.kind === "sent") {
    const sent = {
      sentat: at,
      message,
      times: (dispatch.times ?? 0) + 1,
      error: null,
      batch: null,
      reason: null,
      isReplayed: false,
    };
    const { repeatMs } = options;
    const isOver = repeatMs === null || dispatch.notice !== undefined || dispatch.isEscalation === true;
    if (isOver) return { ...sent, status: "done", attempts, firstat, nextat: at };
    const nextat = sendingTime(options, new Date(now.getTime() + repeatMs)).toISOString();
    return { ...sent, attempts: 0, firstat: null, nextat };
  }
  const { error } = outcome;
  const isOver = outcome.kind === "refused" || now.getTime() - Date.parse(firstat) >= GIVE_UP_MS;
  if (isOver) return { status: "dead", attempts, firstat, nextat: at, error };
  const nextat = new Date(now.getTime() + waitMs(attempts, outcome.afterMs)).toISOString();
  return { attempts, firstat, nextat, error };
};
