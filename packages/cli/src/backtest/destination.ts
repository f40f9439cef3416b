import type { Source } from "@mozdef/alert";
import { type AlertStore, ensureIndices, eventIndex, withDefaults } from "@mozdef/alert-store";
import { sourceMappings } from "@mozdef/alert-testing";
import { hasMozdefEvents } from "../events/near-sources.ts";
import type { StoredEvent } from "../events/read-events.ts";
import { addressOf, type Checkpoint } from "./checkpoint.ts";
import { type Feed, indexOfPlace } from "./feed.ts";
import { mozdefSchema } from "@mozdef/query/mozdef";

/** An event and when it was received, in milliseconds since 1970. */
export interface QueuedEvent extends StoredEvent {
  readonly ms: number;
}

/** Where the events of a feed are saved, and how. */
export interface Destination {
  /** Makes the indices for some events. */
  readonly prepare: (batch: readonly QueuedEvent[]) => Promise<void>;
  /** What a bulk request says to save an event. */
  readonly operations: (event: QueuedEvent) => readonly object[];
}

/** @param marks - What the alerts of an earlier part of the backtest have left on the service's own events. */
export const destinationOf = (store: AlertStore, { place, source }: Feed, marks: Checkpoint["marks"]): Destination =>
  source === null
    ? { prepare: (batch) => ensureIndices(store, daysOf(batch)), operations: ownOperations(store, marks) }
    : sourceDestination(store, source, indexOfPlace(place, source));

const DAY_MS = 86_400_000;

/** The indices of the days on which events were received: made before them, so that alerts may mark them. */
const daysOf = (batch: readonly QueuedEvent[]): readonly string[] =>
  [...new Set(batch.map(({ ms }) => Math.floor(ms / DAY_MS)))].map((day) => eventIndex(new Date(day * DAY_MS)));

/** What earlier alerts have left on an event is taken off: history is run again. */
const ownOperations = ({ hostname }: AlertStore, marks: Checkpoint["marks"]): Destination["operations"] => {
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

/** Events of a source stay as they are, except that one in MozDef's shape that nobody has received yet gets its times. */
const sourceDestination = ({ client, hostname }: AlertStore, source: Source, index: string): Destination => {
  let isMade = false;
  const isMozdef = hasMozdefEvents(source);
  return {
    prepare: async () => {
      if (!isMade) await client.indices.create({ index, mappings: sourceMappings(source.schema) });
      isMade = true;
    },
    operations: ({ id, source: event, ms }) => {
      const isNew = isMozdef && !Object.hasOwn(event, mozdefSchema.received);
      const saved = isNew ? withDefaults(event, { now: new Date(ms), hostname }) : event;
      return [{ index: { _index: index, _id: id } }, saved];
    },
  };
};
