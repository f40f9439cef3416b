import type { TransportRequestOptions } from "@elastic/elasticsearch";

/**
 * Who waits for requests together. `urgent`: what must not wait behind any work, such as the lease and the question how the store is.
 * `alerts`: what alerts ask for themselves. `intake`: events that are saved. `work`: everything else.
 */
export const LANES = ["urgent", "work", "intake", "alerts"] as const;
export type Lane = (typeof LANES)[number];

/** Options of a request of this lane. Without them a request counts as `work`. */
export const inLane = (lane: Lane): Pick<TransportRequestOptions, "context"> => ({ context: { lane } });

/** The lane of a request. */
export const laneOf = ({ context }: TransportRequestOptions): Lane => {
  const { lane } = (context ?? {}) as { readonly lane?: Lane };
  return lane !== undefined && LANES.includes(lane) ? lane : "work";
};
