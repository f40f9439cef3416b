import type { EventSchema } from "@mozdef/query";

/** Where events live, and what they look like. The service's own events need none: they are where it looks by default. */
export interface Source {
  /** Indices, aliases, data streams or patterns of them. They are only read. */
  readonly indices: readonly string[];
  readonly schema: EventSchema;
  /** Events are looked at this much later, in milliseconds, since some come late. */
  readonly delayMs: number;
  /** How to reach the cluster that has them, as the store of the service is configured; null when it is that store. */
  readonly store: Readonly<Record<string, unknown>> | null;
}

/** Sources by the names that a configuration gives them. */
export type Sources = Readonly<Record<string, Source>>;

/** Whether a value is what `defineSource` and its like return: by its shape, since it may come from another copy of this package. */
export const isSource = (value: unknown): value is Source =>
  typeof value === "object" && value !== null && "indices" in value && "schema" in value && "delayMs" in value;
