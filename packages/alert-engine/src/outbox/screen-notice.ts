import {
  type AlertStore,
  currentAlerts,
  type DispatchChange,
  listDispatches,
  sentAlerts,
  type StoredDispatch,
} from "@mozdef/alert-store";

/** The alert itself has not arrived: how long what became of it waits, in milliseconds. */
const WAIT_MS = 5_000;

/** Dispatches of one alert: a few for each target. */
const MOST = 1_000;

/** Alerts of a group that are looked at: more than one message has. */
const MOST_OF_GROUP = 1_000;

/**
 * Stage for what is told about an alert that a target has: it waits until the target has it, is not needed when the target never gets it,
 * and speaks for a whole group only when no other alert of it is open.
 *
 * @returns what is to be recorded instead of sending it; null: it is sent.
 * @throws {StoreError}
 */
export const screenNotice = async (
  store: AlertStore,
  notice: StoredDispatch,
  now: Date,
): Promise<DispatchChange | null> => {
  const { target, alertid, groupid } = notice;
  const queued = await listDispatches(store, { alert: alertid, target, size: MOST });
  const triggers = queued.filter((one) => one.notice === undefined);
  if (!triggers.some(hasArrived)) {
    const underway = triggers.filter(({ status }) => status === "pending").map(({ nextat }) => Date.parse(nextat));
    const soonest = Math.max(now.getTime(), Math.min(...underway)) + WAIT_MS;
    if (underway.length > 0) return { nextat: new Date(soonest).toISOString() };
    return muted("the target has not got the alert", now);
  }
  if (groupid === undefined) return null;
  const others = (await sentAlerts(store, { target, groupid }, { size: MOST_OF_GROUP })).filter(
    (one) => one.alertid !== alertid,
  );
  const done = notice.notice === "resolve" ? ["closed"] : ["closed", "acknowledged"];
  const isOpen = (await currentAlerts(store, others)).some(
    (alert) => alert !== null && !done.includes(alert._source.status),
  );
  return isOpen ? muted("other alerts of its group are open", now) : null;
};

const hasArrived = ({ status, times = 0 }: StoredDispatch): boolean => status === "done" || times > 0;

const muted = (reason: string, now: Date): DispatchChange => ({
  status: "muted",
  nextat: now.toISOString(),
  reason,
});
