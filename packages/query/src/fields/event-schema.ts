import type { FieldKinds } from "./field-kind.ts";

/** The shape of events of one source: their fields, and which of them say when an event happened. */
export interface EventSchema {
  readonly fields: FieldKinds;
  /** A window looks at any of these. The first one orders events. */
  readonly time: readonly [string, ...string[]];
  /** The time at which the event came in. */
  readonly received: string;
}
