import { type AlertStore, changedLately, getAlert } from "@mozdef/alert-store";
import { type AlertNotice, noticeOf } from "./alert-notice.ts";

/** How long ago somebody may have changed an alert whose targets were not told: others know of a runner that died within seconds. */
const LATELY_MS = 600_000;

/** Alerts that are looked at. */
const MOST = 100;

/** What was to be told when a service died: it had stored that an alert was acknowledged or closed, and told nobody. */
export interface LateNotices {
  /** Tells of a change at once. What cannot be told now is told when the store is back. @throws what telling throws. */
  readonly onAlertChanged: (notice: AlertNotice) => Promise<void>;
  /** Somebody may have died. */
  expect(): void;
  /** Tells of it, when that is due: what was told is not told again. @throws {StoreError} */
  tell(now: Date): Promise<void>;
}

/** @param tell - Queues a notice; of one that is queued already it does nothing. */
export const lateNotices = (store: AlertStore, tell: (notice: AlertNotice) => Promise<void>): LateNotices => {
  let isDue = true;
  return {
    onAlertChanged: async (notice) => {
      try {
        await tell(notice);
      } catch (error) {
        isDue = true;
        throw error;
      }
    },
    expect: () => {
      isDue = true;
    },
    tell: async (now) => {
      if (!isDue) return;
      isDue = false;
      try {
        for (const id of await changedLately(store, new Date(now.getTime() - LATELY_MS), MOST)) {
          const alert = await getAlert(store, id);
          // That one is over which the service has closed is told by whoever carries out its slot.
          const notice = alert === null || alert._source.closereason === "resolved" ? null : noticeOf(alert);
          if (notice !== null) await tell(notice);
        }
      } catch (error) {
        isDue = true;
        throw error;
      }
    },
  };
};
