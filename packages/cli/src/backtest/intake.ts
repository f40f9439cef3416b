import { type AlertStore, ensureIndices, eventIndex, reasonOf, withDefaults } from "@mozdef/alert-store";
import { ARRIVAL_FIELDS, receivedMs, type StoredEvent } from "../events/read-events.ts";
import { addressOf, type Checkpoint } from "./checkpoint.ts";

/** Events that no alert can see. */
export interface RefusedEvents {
  readonly count: number;
  /** Of the first of them; null when there is none. */
  readonly reason: string | null;
}

/** Brings events into a store as time goes by. */
export interface Intake {
  /** Saves the events that have been received by then. */
  readonly until: (time: Date) => Promise<void>;
  readonly refused: () => RefusedEvents;
}

interface QueuedEvent extends StoredEvent {
  readonly ms: number;
}

/** @param marks - What the alerts of an earlier part of the backtest have left on events. */
export const intakeOf = (store: AlertStore, events: readonly StoredEvent[], marks: Checkpoint["marks"]): Intake => {
  const queue = queueOf(events);
  const savedAs = operationsWith(store, marks);
  let refused = undated(events.length - queue.length);
  let next = 0;
  return {
    until: async (time) => {
      for (let end = endOf(queue, next, time); end > next; end = endOf(queue, next, time)) {
        const batch = queue.slice(next, end);
        next = end;
        await ensureIndices(store, daysOf(batch));
        refused = together(refused, await save(store, batch.flatMap(savedAs)));
      }
    },
    refused: () => refused,
  };
};

/** In the order in which they were received; without those that do not say. */
const queueOf = (events: readonly StoredEvent[]): readonly QueuedEvent[] =>
  events
    .map(({ id, source }) => ({ id, source, ms: receivedMs({ id, source }) }))
    .filter(({ ms }) => !Number.isNaN(ms))
    .sort((a, b) => a.ms - b.ms);

const undated = (count: number): RefusedEvents => ({
  count,
  reason: count === 0 ? null : `neither ${ARRIVAL_FIELDS.join(" nor ")} is a time`,
});

const together = (some: RefusedEvents, more: RefusedEvents): RefusedEvents => ({
  count: some.count + more.count,
  reason: some.reason ?? more.reason,
});

/** Events in one request. */
const BATCH = 5_000;

const endOf = (queue: readonly QueuedEvent[], start: number, time: Date): number => {
  const last = Math.min(queue.length, start + BATCH);
  let end = start;
  while (end < last && (queue[end]?.ms ?? Number.POSITIVE_INFINITY) <= time.getTime()) end++;
  return end;
};

const DAY_MS = 86_400_000;

/** The indices of the days on which events were received: made before them, so that alerts may mark them. */
const daysOf = (batch: readonly QueuedEvent[]): readonly string[] =>
  [...new Set(batch.map(({ ms }) => Math.floor(ms / DAY_MS)))].map((day) => eventIndex(new Date(day * DAY_MS)));

/** What earlier alerts have left on an event is taken off: history is run again. */
const operationsWith = (
  { hostname }: AlertStore,
  marks: Checkpoint["marks"],
): ((event: QueuedEvent) => readonly object[]) => {
  // Made once a day: to write out a date for every event takes longer than the rest of this.
  const names = new Map<number, string>();
  return ({ id, source, ms }) => {
    const now = new Date(ms);
    const day = Math.floor(ms / DAY_MS);
    const index = names.get(day) ?? eventIndex(now);
    names.set(day, index);
    // What is undefined does not reach the store.
    const { alerts, alert_names } = marks[addressOf(index, id)] ?? {};
    return [{ index: { _index: index, _id: id } }, { ...withDefaults(source, { now, hostname }), alerts, alert_names }];
  };
};

const save = async ({ client }: AlertStore, operations: readonly object[]): Promise<RefusedEvents> => {
  const { errors, items } = await client.bulk({ refresh: true, operations: [...operations] });
  const wrong = errors ? items.flatMap(({ index }) => index?.error ?? []) : [];
  return { count: wrong.length, reason: wrong.length === 0 ? null : reasonOf(wrong[0]) };
};
