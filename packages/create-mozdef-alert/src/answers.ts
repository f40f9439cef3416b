import type { Contrast } from "./event/contrast.ts";
import type { SampleEvent } from "./event/sample-event.ts";
import type { AlertName } from "./names/alert-name.ts";
import type { EventField } from "./names/event-field.ts";

/**
 * What kind of alert: one for each event, one for many events, one for a value that is new, one for many more events than before, one
 * for two steps in their order, one for too large a part of all, one for no event.
 */
export type AlertKind = "each-event" | "aggregation" | "new-term" | "spike" | "sequence" | "percentage" | "no-event";

/** Everything that decides what the alert looks like. */
export interface Answers {
  readonly name: AlertName;
  readonly kind: AlertKind;
  /** Category of the events to look for; null for a sample event without one. */
  readonly category: string | null;
  /** Whose values make groups; null for kinds without. */
  readonly field: EventField | null;
  /** What tells the two steps apart, or what is meant from what is not; null for kinds without. */
  readonly contrast: Contrast | null;
  /** An event that the alert has to find; clauses and tests are taken from it. */
  readonly sample: SampleEvent | null;
}

/** The words that name the kinds on the command line. */
export const KIND_WORDS: ReadonlyMap<string, AlertKind> = new Map([
  ["1:1", "each-event"],
  ["m:1", "aggregation"],
  ["new", "new-term"],
  ["spike", "spike"],
  ["sequence", "sequence"],
  ["percentage", "percentage"],
  ["deadman", "no-event"],
]);

/** The kinds whose events are grouped by a field. */
export const GROUPED_KINDS: ReadonlySet<AlertKind> = new Set<AlertKind>([
  "aggregation",
  "new-term",
  "spike",
  "sequence",
  "percentage",
]);

/** The kinds that tell their events apart by two values of a field. */
export const CONTRASTING_KINDS: ReadonlySet<AlertKind> = new Set<AlertKind>(["sequence", "percentage"]);

export const DEFAULT_KIND: AlertKind = "aggregation";
export const DEFAULT_CATEGORY = "helloworld";
export const DEFAULT_FIELD = "details.sourceipaddress";
export const DEFAULT_CONTRAST: Contrast = { field: "details.status", first: "failure", second: "success" };
