import {
  type AlertStore,
  changeDispatches,
  type DispatchChange,
  pendingOf,
  sentMessages,
  type StoredDispatch,
} from "@mozdef/alert-store";
import type { RouteOptions } from "../routing/route.ts";
import { keyOf, type Parcel, single } from "./parcel.ts";
import { isNotice } from "./screen.ts";
import type { SentTimes } from "./sent-times.ts";

export interface PackOptions {
  readonly store: AlertStore;
  readonly target: string;
  readonly now: Date;
  readonly optionsOf: (route: string | undefined) => RouteOptions;
  readonly sent: SentTimes;
}

/** Alerts in one message. Those beyond come in the next one. */
const MOST = 200;

/** Of routes that were at their limit; such a group has no limit of its own. */
const OVERFLOW = "overflow:";

/**
 * Stages: limit, group, wait. What is due becomes messages; what has to wait longer is put off.
 *
 * A message of several alerts is noted with each of them before it is sent, so that it is the same one when it is sent again after a crash.
 *
 * @throws {StoreError}
 */
export const packParcels = async (due: readonly StoredDispatch[], options: PackOptions): Promise<readonly Parcel[]> => {
  const packed = new Set<string>();
  const parcels: Parcel[] = [];
  const limits = new Limits(options);
  for (const dispatch of due) {
    if (packed.has(dispatch.id)) continue;
    const left = due.filter(({ id }) => !packed.has(id));
    const parcel = await parcelOf(dispatch, left, { ...options, limits });
    for (const { id } of parcel.put) packed.add(id);
    if (parcel.parcel !== null) parcels.push(parcel.parcel);
  }
  return parcels;
};

interface Packing extends PackOptions {
  readonly limits: Limits;
}

/** What became of a dispatch and of those that belong to it: a message, or none yet. */
interface Packed {
  readonly parcel: Parcel | null;
  readonly put: readonly StoredDispatch[];
}

const parcelOf = async (
  dispatch: StoredDispatch,
  due: readonly StoredDispatch[],
  packing: Packing,
): Promise<Packed> => {
  const { store, target, optionsOf } = packing;
  const { batch, groupid } = dispatch;
  const options = optionsOf(dispatch.route);
  if (isNotice(dispatch)) return { parcel: single(dispatch, options), put: [dispatch] };
  if (batch !== undefined && batch !== null) {
    const members = await pendingOf(store, { target, batch }, { size: MOST });
    return { parcel: batchOf(members, batch, options), put: [dispatch, ...members] };
  }
  if (await packing.limits.isReached(dispatch, options)) return overflowing(dispatch, due, packing);
  if (groupid === undefined) return { parcel: single(dispatch, options), put: [dispatch] };
  return grouped({ ...dispatch, groupid }, due, packing);
};

const batchOf = (members: readonly StoredDispatch[], batch: string, options: RouteOptions): Parcel | null => {
  const [first, ...others] = members;
  return first === undefined ? null : { dispatches: [first, ...others], key: batch, options };
};

const isNew = ({ times = 0, isEscalation = false }: StoredDispatch): boolean => times === 0 && !isEscalation;

const grouped = async (
  dispatch: StoredDispatch & { readonly groupid: string },
  due: readonly StoredDispatch[],
  packing: Packing,
): Promise<Packed> => {
  const { store, target, now, optionsOf, sent } = packing;
  const { groupid } = dispatch;
  const options = optionsOf(dispatch.route);
  const ofGroup = due.filter((one) => one.groupid === groupid && !isNotice(one));
  const last = isNew(dispatch) ? await sent.last(groupid) : null;
  const notBefore = last === null ? 0 : last.getTime() + options.intervalMs;
  if (notBefore > now.getTime()) {
    const nextat = new Date(notBefore).toISOString();
    await change(store, ofGroup, { nextat });
    return { parcel: null, put: ofGroup };
  }
  // Those that have come while the first one waited go along; what is repeated or escalated comes at its own time.
  const waiting = isNew(dispatch)
    ? (await pendingOf(store, { target, groupid }, { size: MOST })).filter((one) => isNew(one) && !isNotice(one))
    : ofGroup.filter((one) => !isNew(one)).slice(0, MOST);
  const batch = `${keyOf(dispatch)}~batch`;
  const members = await change(
    store,
    waiting.filter((one) => one.batch === undefined || one.batch === null),
    { batch },
  );
  return { parcel: batchOf(members, batch, options), put: [...ofGroup, ...waiting] };
};

/** What is beyond the limit of its route comes as one message, when the time of the limit has passed. */
const overflowing = async (
  dispatch: StoredDispatch,
  due: readonly StoredDispatch[],
  { store, target, now, optionsOf, limits }: Packing,
): Promise<Packed> => {
  const { limit } = optionsOf(dispatch.route);
  const groupid = `${OVERFLOW}${dispatch.route ?? ""}~${target}`;
  const beyond = due.filter(
    (one) => one.route === dispatch.route && !isNotice(one) && !isInBatch(one) && !limits.isExempt(one),
  );
  const nextat = new Date(now.getTime() + (limit?.perMs ?? 0)).toISOString();
  await change(store, beyond, { groupid, nextat });
  return { parcel: null, put: beyond };
};

const isInBatch = ({ batch }: StoredDispatch): boolean => batch !== undefined && batch !== null;

/** Those that somebody else has changed meanwhile are left to them. */
const change = async (
  store: AlertStore,
  dispatches: readonly StoredDispatch[],
  wanted: DispatchChange,
): Promise<readonly StoredDispatch[]> => {
  const changed = await changeDispatches(
    store,
    dispatches.map((dispatch) => [dispatch, wanted] as const),
  );
  return changed.filter((one) => one !== null);
};

/** How many messages a target got by each route lately, with those that are about to be sent. */
class Limits {
  readonly #options: PackOptions;
  readonly #counts = new Map<string, number>();

  constructor(options: PackOptions) {
    this.#options = options;
  }

  isExempt({ groupid = "" }: StoredDispatch): boolean {
    return groupid.startsWith(OVERFLOW);
  }

  async isReached(dispatch: StoredDispatch, { limit }: RouteOptions): Promise<boolean> {
    const { store, target, now } = this.#options;
    const { route } = dispatch;
    if (limit === null || route === undefined || this.isExempt(dispatch)) return false;
    const since = new Date(now.getTime() - limit.perMs);
    const count = this.#counts.get(route) ?? (await sentMessages(store, { target, route }, since)).count;
    this.#counts.set(route, count + 1);
    return count >= limit.count;
  }
}
