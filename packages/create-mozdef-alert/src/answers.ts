import type { SampleEvent } from "./event/sample-event.ts";
import type { AlertName } from "./names/alert-name.ts";
import type { EventField } from "./names/event-field.ts";

/** What kind of alert: one for each event, one for many events, one for a value that is new, one for no event. */
export type AlertKind = "each-event" | "aggregation" | "new-term" | "no-event";

/** Everything that decides what the alert looks like. */
export interface Answers {
  readonly name: AlertName;
  readonly kind: AlertKind;
  /** Category of the events to look for; null for a sample event without one. */
  readonly category: string | null;
  /** Whose values make groups; null for kinds without. */
  readonly field: EventField | null;
  /** An event that the alert has to find; clauses and tests are taken from it. */
  readonly sample: SampleEvent | null;
}

/** The words that name the kinds on the command line. */
export const KIND_WORDS: ReadonlyMap<string, AlertKind> = new Map([
  ["1:1", "each-event"],
  ["m:1", "aggregation"],
  ["new", "new-term"],
  ["deadman", "no-event"],
]);

/** The kinds whose events are grouped by a field. */
export const GROUPED_KINDS: ReadonlySet<AlertKind> = new Set<AlertKind>(["aggregation", "new-term"]);

export const DEFAULT_KIND: AlertKind = "aggregation";
export const DEFAULT_CATEGORY = "helloworld";
export const DEFAULT_FIELD = "details.sourceipaddress";
