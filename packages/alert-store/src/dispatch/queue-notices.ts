import type { AlertMessage, DeliveryEvent } from "@mozdef/alert/runtime";
import type { AlertStore } from "../alert-store.ts";
import { ensureIndices } from "../own-indices.ts";
import { bulk, itemError, type Operation } from "../requests/bulk.ts";
import { indexOfDispatch, newDispatch, type WholeDispatch } from "./dispatch.ts";
import { listDispatches } from "./list-dispatches.ts";

/** What is told about an alert that targets have got, or are about to get. */
export interface Notice {
  readonly event: Exclude<DeliveryEvent, "trigger">;
  /** Who has acknowledged or closed it; null when the service has. */
  readonly by: string | null;
  readonly now: Date;
}

/** Dispatches of one alert: a few for each target. */
const MOST = 1_000;
const CONFLICT = 409;
const WHAT = "Cannot queue what became of an alert";

/**
 * Queues a notice for every target that the alert was queued for. Doing it again with the same time changes nothing.
 *
 * @param tells - Whether a target is told of such events.
 * @throws {StoreError}
 */
export const queueNotices = async (
  store: AlertStore,
  alert: AlertMessage,
  { event, by, now }: Notice,
  tells: (target: string) => boolean,
): Promise<void> => {
  const queued = await listDispatches(store, { alert: alert._id, size: MOST });
  const triggers = queued.filter((one) => one.notice === undefined && tells(one.target));
  const targets = new Map(triggers.map((one) => [one.target, one]));
  if (targets.size === 0) return;
  const operations = [...targets.values()].map((trigger): Operation => {
    const { target, route, groupid, name, utctimestamp } = trigger;
    const destination = { target, nextat: now.toISOString(), ...(route !== undefined && { route }) };
    const notice: WholeDispatch = {
      ...newDispatch({ name, utctimestamp, alert }, { ...destination, ...(groupid !== undefined && { groupid }) }),
      ...{ notice: event, by },
    };
    const _index = store.names.physical(indexOfDispatch(notice));
    return [{ create: { _index, _id: `${alert._id}~${target}~${event}~${now.getTime()}` } }, notice];
  });
  await ensureIndices(store, [...targets.values()].map(indexOfDispatch));
  for (const item of await bulk(store, WHAT, operations)) {
    const error = item.status === CONFLICT ? null : itemError(WHAT, item);
    if (error !== null) throw error;
  }
};
