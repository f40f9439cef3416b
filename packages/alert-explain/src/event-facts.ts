import type { EventSource } from "@mozdef/alert";
import type { FieldKinds } from "./field-kinds.ts";

/** What the reasons are read from. */
export interface EventFacts {
  readonly event: EventSource;
  readonly kinds: FieldKinds;
  /** Words as the store has analysed them, by text. */
  readonly words: ReadonlyMap<string, readonly string[]>;
}
