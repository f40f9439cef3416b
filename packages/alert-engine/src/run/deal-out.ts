/** Lists of these lengths, taken from one list in order: undoes the `flatMap` with which many were asked about at once. */
export const dealOut = <T>(all: readonly T[], lengths: readonly number[]): readonly (readonly T[])[] => {
  let next = 0;
  return lengths.map((length) => all.slice(next, (next += length)));
};
