/** Where searches look unless they say otherwise: the events of today and of yesterday. */
export const DEFAULT_INDICES: readonly string[] = Object.freeze(["events", "events-previous"]);

const EVERY_DAY: readonly string[] = Object.freeze(["events-*"]);

const DAY_MS = 86_400_000;

/** Where a search looks that goes as far back as `ms`: where it says, else the two days, or all of them. */
export const indicesFor = (indices: readonly string[], ms: number): readonly string[] =>
  indices === DEFAULT_INDICES && ms > DAY_MS ? EVERY_DAY : indices;

/** Whether a search has not said where to look. */
export const isDefaultIndices = (indices: readonly string[]): boolean =>
  indices === DEFAULT_INDICES || indices === EVERY_DAY;
