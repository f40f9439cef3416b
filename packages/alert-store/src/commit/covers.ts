import type { EventIds } from "@mozdef/alert/runtime";

/** Events that an alert covers. */
export interface Covers {
  /** The own name of the alert. */
  readonly name: string;
  /** The slot of the alert. */
  readonly utctimestamp: string;
  /** The alert they are part of; null when it is not stored, since a plugin has dropped it. */
  readonly alert: { readonly _index: string; readonly _id: string } | null;
  readonly covers: readonly EventIds[];
}
