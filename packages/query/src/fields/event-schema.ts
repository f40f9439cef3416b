import type { FieldKinds } from "./field-kind.ts";

/** The shape of events of one source: their fields, and which of them say when an event happened. */
export interface EventSchema {
  readonly fields: FieldKinds;
  /** A window looks at any of these. The first one orders events. */
  readonly time: readonly [string, ...string[]];
  /** The time at which the event came in. */
  readonly received: string;
  /** What stands for MozDef's fields in these events. Default: nothing, clauses name the fields of the events themselves. */
  readonly names?: FieldNames;
}

/** What stands for MozDef's fields in events of another shape, by MozDef's name. */
export type FieldNames = Readonly<Record<string, StandIn>>;

/** A field of the same meaning, or the one value that all events of the source have there. */
export type StandIn = string | OtherField | SameValue;

/** A field with the same meaning. */
export interface OtherField {
  /** Asked by clauses and groups. */
  readonly field: string;
  /** Read in this order where an event has no `field`, when the event is shown to an alert. Never asked. Default: none. */
  readonly also?: readonly string[];
  /** The values of `field` that mean a value of MozDef's, by that value. Default: both have the same values. */
  readonly values?: Readonly<Record<string, string | readonly string[]>>;
}

/** Events of the source have this value by definition, such as the category `syslog` of a source that holds nothing else. */
export interface SameValue {
  readonly value: string;
}
