import type { AlertStore } from "@mozdef/alert-store";
import { receivedMs } from "../events/read-events.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { type Destination, destinationOf, type QueuedEvent } from "./destination.ts";
import { type Feed, schemaOf, timesOf } from "./feed.ts";
import type { RefusedEvents } from "./refused-events.ts";
import { save } from "./save-batch.ts";

/** Brings events into a store as time goes by. */
export interface Intake {
  /** Saves the events that have been received by then. */
  readonly until: (time: Date) => Promise<void>;
  readonly refused: () => RefusedEvents;
}

/** @param marks - What the alerts of an earlier part of the backtest have left on events. */
export const intakeOf = (store: AlertStore, feeds: readonly Feed[], marks: Checkpoint["marks"]): Intake => {
  const parts = feeds.map((feed) => feedIntake(store, feed, destinationOf(store, feed, marks)));
  return {
    until: async (time) => {
      for (const part of parts) await part.until(time);
    },
    refused: () => parts.map((part) => part.refused()).reduce(together, NONE),
  };
};

const feedIntake = (store: AlertStore, feed: Feed, { prepare, operations }: Destination): Intake => {
  const queue = queueOf(feed);
  let refused = undated(feed, feed.events.length - queue.length);
  let next = 0;
  return {
    until: async (time) => {
      await prepare([]);
      for (let end = endOf(queue, next, time); end > next; end = endOf(queue, next, time)) {
        const batch = queue.slice(next, end);
        next = end;
        await prepare(batch);
        refused = together(refused, await save(store, batch.flatMap(operations)));
      }
    },
    refused: () => refused,
  };
};

/** In the order in which they were received; without those that do not say. */
const queueOf = (feed: Feed): readonly QueuedEvent[] =>
  feed.events
    .map(({ id, source }) => ({ id, source, ms: receivedMs({ id, source }, schemaOf(feed)) }))
    .filter(({ ms }) => !Number.isNaN(ms))
    .sort((a, b) => a.ms - b.ms);

const NONE: RefusedEvents = { count: 0, reason: null };

const undated = (feed: Feed, count: number): RefusedEvents =>
  count === 0 ? NONE : { count, reason: `${noneOf(timesOf(feed))} is a time${inPlace(feed)}` };

const noneOf = (fields: readonly string[]): string =>
  fields.length === 1 ? `no ${fields.join("")}` : `neither ${fields.join(" nor ")}`;

const inPlace = ({ place: { name } }: Feed): string => (name === null ? "" : `, for the source ${name}`);

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
