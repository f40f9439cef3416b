import { type AlertStore, deleteOldestEvents } from "@mozdef/alert-store";
import type { EngineObserver } from "../engine-observer.ts";

/** What events of a store take, and may take. */
export interface EventRoom {
  readonly bytes: number;
  readonly limitBytes: number;
  /** Why events are refused at present; null when they are taken. */
  readonly refusal: string | null;
}

/** A day of events that had to go. */
export interface DeletedDay {
  readonly index: string;
  readonly at: Date;
}

export interface RoomKeeper {
  /** Looks, and deletes what has to go. @throws {StoreError} */
  keep(now: Date): Promise<void>;
  /** Days that were deleted since the start, newest first, the last ten. */
  readonly deleted: readonly DeletedDay[];
}

/** Room is made from this share on, before senders are refused. */
const NEARLY_FULL = 0.95;

const SHOWN = 10;

/**
 * Deletes the oldest days of events when there is no room for new ones, one by one until there is; never the present day.
 *
 * @param room - Null when the store does not say.
 */
export const roomKeeper = (
  store: AlertStore,
  room: () => EventRoom | null,
  observer: EngineObserver = {},
): RoomKeeper => {
  let deleted: readonly DeletedDay[] = [];
  return {
    get deleted() {
      return deleted;
    },
    keep: async (now) => {
      while (isFull(room())) {
        const index = await deleteOldestEvents(store, now);
        if (index === null) return;
        deleted = [{ index, at: now }, ...deleted].slice(0, SHOWN);
        observer.onRoomMade?.(index);
      }
    },
  };
};

const isFull = (room: EventRoom | null): boolean =>
  room !== null && (room.refusal !== null || room.bytes > room.limitBytes * NEARLY_FULL);
