/** What became of one event, in the order given. */
export type SavedEvent =
  | {
      readonly ok: true;
      readonly _index: string;
      readonly _id: string;
      /** Whether a part of it did not fit into the index and was moved to `unmapped`, where it is kept and not indexed. */
      readonly isInPart: boolean;
    }
  /** `status` as of HTTP: 400 when the event is wrong, 429 when the store cannot take it now. */
  | { readonly ok: false; readonly status: number; readonly reason: string };

export interface SaveEventsOptions {
  /** When the events were received; also the day of the index. */
  readonly now: Date;
  /** Another index or alias than the day's. */
  readonly index?: string;
  /** Whether searches see the events at once. Default: after the refresh interval of the index. */
  readonly refresh?: boolean;
  /**
   * Whether `alerts` and `alert_names` of the events are believed: for tests and copies of stored events. Default false; senders
   * have no say in it, see `renameMarks`.
   */
  readonly keepMarks?: boolean;
  /**
   * Ids that senders gave, in the order of the events. An event whose id the index has already counts as saved: it was sent
   * again. Default: made from `event.id` where an event has one, else new.
   */
  readonly ids?: readonly (string | undefined)[];
  /** Gives an id to each event that has none. Default: one after the other, in the order of arrival. */
  readonly nextId?: () => string;
}
