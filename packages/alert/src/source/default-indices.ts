/** Where searches look unless they say otherwise: the events of today and of yesterday. */
export const DEFAULT_INDICES: readonly string[] = Object.freeze(["events", "events-previous"]);
