import type { Hit } from "../document/event.ts";

/** Events with something in common: what `onAggregation` is called with. */
export interface AggregatedEvents {
  /** The value of the field, as text. Of several fields: their values, joined by `|`. Empty when all events are one group. */
  readonly value: string;
  /** The value of each field, by its name. */
  readonly values: Readonly<Record<string, string>>;
  /** Of all events of the group, not just the samples. Exact, however many there are. */
  readonly count: number;
  /** What the search measures of the group; of a search without `measure` the number of its events. */
  readonly measured: number;
  /** Of a spike: the events that were to be expected in the window; of a percentage: the events that are 100 %. Else 0. */
  readonly baseline: number;
  /** Of a sequence: the events of each step, in order. Else empty. */
  readonly steps: readonly (readonly Hit[])[];
  /** The first `samplesLimit` of {@link allEvents}. */
  readonly events: readonly Hit[];
  /**
   * Every event of the group, by `utctimestamp`, then id; of more than 10,000 the oldest. Beyond the samples, texts above 8,191
   * characters may be cut.
   */
  readonly allEvents: readonly Hit[];
}
