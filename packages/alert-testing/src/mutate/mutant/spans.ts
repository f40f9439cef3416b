export const SECOND = 1_000;

/** Just past the youngest event that is too old. */
export const widened = (spanMs: number, ages: readonly number[]): number => {
  const older = ages.filter((age) => age > spanMs);
  return older.length === 0 ? 2 * spanMs : Math.min(...older) + SECOND;
};

/** Just before the oldest event that counts; null for a span too short to be cut. */
export const narrowed = (spanMs: number, ages: readonly number[]): number | null => {
  if (spanMs <= SECOND) return null;
  const inside = ages.filter((age) => age > 0 && age <= spanMs);
  const nearest = inside.length === 0 ? spanMs / 2 : Math.max(...inside) - SECOND;
  return Math.max(1, Math.min(Math.ceil(nearest), spanMs - 1));
};
