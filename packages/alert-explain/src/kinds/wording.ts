/** Why a group stays silent that has all it needs. */
export const COVERED = "an earlier alert has covered it";

/** A number with at most two decimals, rounded down: what is not reached must not look as if it were. */
export const shownNumber = (value: number): string => String(Math.floor(value * 100) / 100);

/** `, by hostname`. */
export const byFields = (fields: readonly string[]): string => (fields.length === 0 ? "" : ` by ${fields.join(", ")}`);

export const shownTime = (ms: number): string => (Number.isNaN(ms) ? "an unknown time" : new Date(ms).toISOString());

/** `at least 3 and at most 5`. */
export const boundsText = (
  { atLeast, atMost }: { readonly atLeast: number | null; readonly atMost: number | null },
  unit = "",
): string =>
  [
    ...(atLeast === null ? [] : [`at least ${atLeast}${unit}`]),
    ...(atMost === null ? [] : [`at most ${atMost}${unit}`]),
  ].join(" and ");

/** How far outside its bounds a number is; 0 inside. */
export const distanceTo = (
  { atLeast, atMost }: { readonly atLeast: number | null; readonly atMost: number | null },
  value: number,
): number => {
  if (Number.isNaN(value)) return Number.POSITIVE_INFINITY;
  return Math.max(0, (atLeast ?? value) - value, value - (atMost ?? value));
};
