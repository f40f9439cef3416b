interface Identified {
  readonly _id: string;
}

/**
 * The ids that came on top of a list since it was seen before, newest first. Rows that moved up from a later page lie
 * below known ones and do not count; nor does a list that shares no row with the one before, since it shows another part.
 */
export const freshIds = (previous: readonly Identified[], next: readonly Identified[]): string[] => {
  const known = new Set(previous.map(({ _id }) => _id));
  const firstKnown = next.findIndex(({ _id }) => known.has(_id));
  if (firstKnown === -1 && previous.length > 0) return [];
  return next.slice(0, firstKnown === -1 ? next.length : firstKnown).map(({ _id }) => _id);
};
