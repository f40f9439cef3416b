import type { SampleEvent } from "./event/sample-event.ts";
import type { AlertName } from "./names/alert-name.ts";
import type { EventField } from "./names/event-field.ts";

/** What kind of alert: one for each event, one for many events, one for no event. */
export type AlertKind = "each-event" | "aggregation" | "no-event";

/** Everything that decides what the alert looks like. */
export interface Answers {
  readonly name: AlertName;
  readonly kind: AlertKind;
  /** Category of the events to look for; null for a sample event without one. */
  readonly category: string | null;
  /** Groups of an aggregation; null for the other kinds. */
  readonly field: EventField | null;
  /** An event that the alert has to find; clauses and tests are taken from it. */
  readonly sample: SampleEvent | null;
}

/** The words that name the kinds on the command line. */
export const KIND_WORDS: ReadonlyMap<string, AlertKind> = new Map([
  ["1:1", "each-event"],
  ["m:1", "aggregation"],
  ["deadman", "no-event"],
]);

export const DEFAULT_KIND: AlertKind = "aggregation";
export const DEFAULT_CATEGORY = "helloworld";
export const DEFAULT_FIELD = "details.sourceipaddress";
