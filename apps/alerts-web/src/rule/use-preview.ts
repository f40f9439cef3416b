import type { ScheduleInput, SchedulePreview } from "@mozdef/alert-api";
import { useEffect, useState } from "react";
import { previewSchedule } from "../api/schedule-api.ts";

const SETTLE_MS = 250;

/** What the service makes of a schedule; of an earlier one while somebody still writes. */
export interface Preview {
  readonly found: SchedulePreview | undefined;
  /** Why there is none. */
  readonly error: Error | undefined;
  /** Whether it is about the schedule as it is written now. */
  readonly current: boolean;
}

/** Has the service look at a schedule whenever writing pauses. */
export const usePreview = (schedule: ScheduleInput): Preview => {
  const key = JSON.stringify(schedule);
  const [state, setState] = useState<Omit<Preview, "current"> & { readonly key: string }>();
  useEffect(() => {
    const aborted = new AbortController();
    const timer = setTimeout(() => {
      previewSchedule(JSON.parse(key) as ScheduleInput, aborted.signal).then(
        (found) => setState({ key, found, error: undefined }),
        (error: unknown) => {
          if (!aborted.signal.aborted) setState({ key, found: undefined, error: error as Error });
        },
      );
    }, SETTLE_MS);
    return () => {
      clearTimeout(timer);
      aborted.abort();
    };
  }, [key]);
  return { found: state?.found, error: state?.error, current: state?.key === key };
};
