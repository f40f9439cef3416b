import type { StoredDispatch } from "@mozdef/alert-store";
import type { RouteOptions } from "../routing/route.ts";

/** What is sent to a target as one message. */
export interface Parcel {
  /** Oldest alerts first; at least one. */
  readonly dispatches: readonly [StoredDispatch, ...StoredDispatch[]];
  /** The same for each attempt to send it. */
  readonly key: string;
  readonly options: RouteOptions;
}

/** A dispatch that is sent by itself. */
export const single = (dispatch: StoredDispatch, options: RouteOptions): Parcel => ({
  dispatches: [dispatch],
  key: keyOf(dispatch),
  options,
});

/** What a target gets once more is another message. */
export const keyOf = ({ id, times = 0 }: StoredDispatch): string => (times === 0 ? id : `${id}~${times}`);
