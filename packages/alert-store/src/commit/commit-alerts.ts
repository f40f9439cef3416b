import type { AlertMessage, NewAlert } from "@mozdef/alert/runtime";
import type { AlertStore } from "../alert-store.ts";
import { DELIVERIES } from "../names.ts";
import { type StoreError, storeError } from "../store-error.ts";
import { bulk, checkItem } from "./bulk.ts";
import { type Delivery, deliveryOf, indexOfDelivery, type PendingAlert } from "./delivery.ts";
import { marksOf } from "./event-mark.ts";
import { markEvents, type RefusedMark } from "./mark-events.ts";
import { prepareDeliveries, type Prepared } from "./prepare.ts";
import type { StateDocument } from "./state-document.ts";
import { type UnmarkedEvents, unmarkedEvents } from "./unmarked-events.ts";

/** What a run wants stored. */
export interface Commit {
  readonly alerts: readonly PendingAlert[];
  /** Alerts that a plugin dropped: not stored, but their events count as alerted. */
  readonly dropped?: readonly NewAlert[];
  /** What alerts keep between runs. */
  readonly state?: readonly StateDocument[];
}

/** In the order of `alerts`: the alert as stored, or why it was refused. */
export type Committed = readonly (AlertMessage | StoreError)[];

/** What became of a commit. */
export interface CommitOutcome {
  readonly alerts: Committed;
  readonly unmarked: readonly UnmarkedEvents[];
}

/**
 * Stores alerts, marks their events and queues their deliveries: three bulk requests, one read, one refresh.
 *
 * Bulk requests are not transactions, so each step leaves what the next one needs: what a dying process leaves half done is
 * finished by {@link finishCommits}. Ids follow from the events, so nothing is stored twice.
 *
 * @param closing - Documents to store once all else is: the record of the run.
 * @throws {StoreError} when a step fails as a whole.
 */
export const commitAlerts = async (
  store: AlertStore,
  { alerts, dropped = [], state = [] }: Commit,
  closing: (outcome: CommitOutcome) => readonly StateDocument[] = () => [],
): Promise<CommitOutcome> => {
  const prepared = await prepareDeliveries(store, alerts.map(deliveryOf));
  const refusedMarks = await markEvents(store, marksOf(storedOf(prepared), dropped.map(deliveryOf)), state);
  const outcome = {
    alerts: prepared.map(({ delivery, refused }) => refused ?? delivery.alert),
    unmarked: unmarkedEvents(refusedMarks),
  };
  await close(store, prepared, closing(outcome));
  return outcome;
};

const storedOf = (prepared: readonly Prepared[]): readonly Delivery[] =>
  prepared.flatMap(({ delivery, refused }) => (refused === null ? [delivery] : []));

/** Last step: deliveries become due, the run is recorded. */
const close = async (
  store: AlertStore,
  prepared: readonly Prepared[],
  documents: readonly StateDocument[],
): Promise<void> => {
  const { physical } = store.names;
  const open = prepared.filter(({ isFinished }) => !isFinished);
  const operations = [
    ...open.flatMap(({ delivery, refused }) => [
      { update: { _index: physical(indexOfDelivery(delivery)), _id: delivery.alert._id } },
      { doc: { status: refused === null ? "pending" : "refused" } },
    ]),
    ...documents.flatMap(({ index, id, source }) => [{ index: { _index: physical(index), _id: id } }, source]),
  ];
  if (operations.length === 0) return;
  for (const item of await bulk(store, "Cannot close a run", operations)) checkItem("Cannot close a run", item);
};

/** Deliveries finished in one round. */
const CHUNK = 500;

/** What {@link finishCommits} has found and finished. */
export interface FinishedCommits {
  /** How many alerts. */
  readonly finished: number;
  readonly unmarked: readonly UnmarkedEvents[];
}

/**
 * Finishes commits that a dead process, or a store that went away, left half done. Due before the first run and after a
 * commit that failed.
 */
export const finishCommits = async (store: AlertStore): Promise<FinishedCommits> => {
  let finished = 0;
  const refusedMarks: RefusedMark[] = [];
  for (;;) {
    const deliveries = await deliveriesOf(store, "prepared", CHUNK);
    if (deliveries.length === 0) return { finished, unmarked: unmarkedEvents(refusedMarks) };
    const prepared = await prepareDeliveries(store, deliveries);
    const stored = storedOf(prepared);
    refusedMarks.push(...(await markEvents(store, marksOf(stored), latest(stored.flatMap(({ keeps = [] }) => keeps)))));
    await close(store, prepared, []);
    finished += deliveries.length;
  }
};

/** One of each document, the one given last: alerts of one run keep the same. */
const latest = (documents: readonly StateDocument[]): readonly StateDocument[] => [
  ...new Map(documents.map((document) => [JSON.stringify([document.index, document.id]), document])).values(),
];

/** Deliveries of one status, oldest first. */
export const deliveriesOf = async (
  { client, names }: AlertStore,
  status: Delivery["status"],
  size: number,
): Promise<readonly Delivery[]> => {
  const index = names.physical(DELIVERIES);
  try {
    await client.indices.refresh({ index });
    const { hits } = await client.search<Delivery>({
      index,
      query: { term: { status } },
      sort: [{ utctimestamp: { order: "asc", unmapped_type: "date" } }],
      size,
    });
    return hits.hits.flatMap(({ _source }) => _source ?? []);
  } catch (cause) {
    throw storeError(`Cannot read the ${status} deliveries`, cause);
  }
};
