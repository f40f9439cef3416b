import type { Hit } from "../document/event.ts";

/** Events with the same value of the aggregation's field: what `onAggregation` is called with. */
export interface AggregatedEvents {
  /** The value of the field, as text. Of several fields: their values, joined by `|`. */
  readonly value: string;
  /** The value of each field, by its name. */
  readonly values: Readonly<Record<string, string>>;
  /** Of all events of the group, not just the samples. Exact, however many there are. */
  readonly count: number;
  /** The first `samplesLimit` of {@link allEvents}. */
  readonly events: readonly Hit[];
  /**
   * Every event of the group, by `utctimestamp`, then id; of more than 10,000 the oldest. Beyond the samples, texts above 8,191
   * characters may be cut.
   */
  readonly allEvents: readonly Hit[];
}
