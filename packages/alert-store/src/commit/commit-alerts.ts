import type { AlertMessage, NewAlert } from "@mozdef/alert/runtime";
import type { AlertStore } from "../alert-store.ts";
import { DELIVERIES } from "../names.ts";
import { type StoreError, storeError } from "../store-error.ts";
import { type Addition, addToAlerts } from "./add-to-alerts.ts";
import { bulk, checkItem, type Operation } from "../requests/bulk.ts";
import { queueDispatches } from "../dispatch/queue-dispatches.ts";
import { coverEvents, type CoverOutcome } from "./cover-events.ts";
import { type Delivery, deliveryOf, indexOfDelivery, type PendingAlert, type WholeDelivery } from "./delivery.ts";
import { type KnownMarks, NO_MARKS } from "./known-marks.ts";
import type { RefusedMark } from "./mark-events.ts";
import { prepareDeliveries, type Prepared } from "./prepare.ts";
import { withParts } from "./read-parts.ts";
import type { StateDocument } from "./state-document.ts";
import { type UnmarkedEvents, unmarkedEvents } from "./unmarked-events.ts";

/** What a run wants stored. */
export interface Commit {
  readonly alerts: readonly PendingAlert[];
  /** Alerts that a plugin dropped: not stored, but their events count as alerted. */
  readonly dropped?: readonly NewAlert[];
  /** What is added to alerts that are there. */
  readonly added?: readonly Addition[];
  /** What alerts keep between runs. */
  readonly state?: readonly StateDocument[];
  /** What is known of the events, see `Found`. Default: they are read. */
  readonly known?: KnownMarks;
}

/** In the order of `alerts`: the alert as stored, or why it was refused. */
export type Committed = readonly (AlertMessage | StoreError)[];

/** What became of a commit. */
export interface CommitOutcome {
  readonly alerts: Committed;
  /** In the order of `state`: why it was refused; null when it is stored. */
  readonly state: readonly (StoreError | null)[];
  /** In the order of `added`: why it was refused; null when it is stored. */
  readonly added: readonly (StoreError | null)[];
  readonly unmarked: readonly UnmarkedEvents[];
}

/**
 * Stores alerts, notes what they cover and queues them for their targets: three bulk requests, one more with targets, one refresh.
 *
 * Bulk requests are not transactions, so each step leaves what the next one needs: what a dying process leaves half done is
 * finished by {@link finishCommits}, or by the run that is done again. Ids follow from the events, so nothing is stored twice. What fails about one alert is that
 * alert's error.
 *
 * @param closing - Documents to store once all else is: the record of the run.
 * @throws {StoreError} when a step fails as a whole.
 */
export const commitAlerts = async (
  store: AlertStore,
  { alerts, dropped = [], added = [], state = [], known = NO_MARKS }: Commit,
  closing: (outcome: CommitOutcome) => readonly StateDocument[] = () => [],
): Promise<CommitOutcome> => {
  const prepared = await prepareDeliveries(store, alerts.map(deliveryOf));
  // What was not added is found again by the next run.
  const failures = await addToAlerts(store, added);
  const absorbed = added.flatMap((addition, position) => (failures[position] === null ? absorbedBy(addition) : []));
  const covered = await coverEvents(store, {
    stored: [...storedOf(prepared), ...absorbed],
    dropped: dropped.map(deliveryOf),
    state,
    known,
  });
  const unqueued = await queueDispatches(store, queueable(prepared, covered));
  const outcome = {
    alerts: prepared.map(
      ({ delivery: { alert }, refused }) =>
        refused ?? covered.uncovered.get(alert._id) ?? unqueued.get(alert._id) ?? alert,
    ),
    state: covered.state,
    added: failures,
    unmarked: unmarkedEvents(covered.unmarked),
  };
  await close(store, closable(prepared, covered, unqueued), closing(outcome));
  return outcome;
};

/** Its events are part of the alert that they were added to. */
const absorbedBy = ({ to, covering }: Addition): readonly WholeDelivery[] =>
  covering.map((made) => deliveryOf({ ...made, alert: { ...made.alert, _index: to.index, _id: to.id } }));

const storedOf = (prepared: readonly Prepared[]): readonly WholeDelivery[] =>
  prepared.flatMap(({ delivery, refused }) => (refused === null ? [delivery] : []));

/** Third step: what is stored, with all that it covers, goes to its targets. */
const queueable = (prepared: readonly Prepared[], covered: CoverOutcome): readonly WholeDelivery[] =>
  closable(prepared, covered).flatMap(({ delivery, refused }) => (refused === null ? [delivery] : []));

/** What is not done whole stays as it is, to be finished later. */
const closable = (
  prepared: readonly Prepared[],
  { uncovered }: CoverOutcome,
  unqueued: ReadonlyMap<string, StoreError> = new Map(),
): readonly Prepared[] =>
  prepared.filter(
    ({ delivery: { alert }, refused, isFinished }) =>
      !isFinished && refused?.retryable !== true && !uncovered.has(alert._id) && !unqueued.has(alert._id),
  );

/** Last step: deliveries are committed, the run is recorded. */
const close = async (
  store: AlertStore,
  prepared: readonly Prepared[],
  documents: readonly StateDocument[],
): Promise<void> => {
  const { physical } = store.names;
  const operations: readonly Operation[] = [
    ...prepared.map(({ delivery, refused }): Operation => [
      { update: { _index: physical(indexOfDelivery(delivery)), _id: delivery.alert._id } },
      { doc: { status: refused === null ? "committed" : "refused" } },
    ]),
    ...documents.map(({ index, id, source }): Operation => [{ index: { _index: physical(index), _id: id } }, source]),
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
  /** What could not be finished now, and is tried again with the next call. */
  readonly unfinished: readonly StoreError[];
}

/**
 * Finishes commits that a dead process, or a store that went away, left half done. Due before the first run and after a
 * commit that failed. One that cannot be finished holds up no other.
 *
 * @throws {StoreError} when the store does not answer.
 */
export const finishCommits = async (store: AlertStore): Promise<FinishedCommits> => {
  let finished = 0;
  const unmarked: RefusedMark[] = [];
  for (;;) {
    const deliveries = await deliveriesOf(store, "prepared", CHUNK);
    const prepared = await prepareDeliveries(store, await withParts(store, deliveries));
    const stored = storedOf(prepared);
    const state = latest(stored.flatMap(({ keeps = [] }) => keeps));
    const covered = await coverEvents(store, { stored, dropped: [], state });
    const unqueued = await queueDispatches(store, queueable(prepared, covered));
    const done = closable(prepared, covered, unqueued);
    await close(store, done, []);
    finished += done.length;
    unmarked.push(...covered.unmarked);
    const unfinished = [...problemsOf(prepared, covered), ...unqueued.values()];
    // Whatever could not be finished would be found again at once.
    if (deliveries.length < CHUNK || unfinished.length > 0)
      return { finished, unmarked: unmarkedEvents(unmarked), unfinished };
  }
};

const problemsOf = (prepared: readonly Prepared[], { uncovered, state }: CoverOutcome): readonly StoreError[] => [
  ...prepared.flatMap(({ refused }) => (refused?.retryable === true ? [refused] : [])),
  ...uncovered.values(),
  ...state.flatMap((error) => error ?? []),
];

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
