/** Events that are looked at more closely: fewer cannot become much larger than what they came from. */
const FEW = 20;

/** How many times as large as what arrived its events may be, beside an allowance for small ones. */
const RATIO = 16;
const ALLOWANCE = 1_048_576;

/**
 * Whether a record would become much larger by being read apart: each of its events has the part that they share, so some hundred
 * kilobytes could become hundreds of megabytes.
 *
 * @param size - Characters of what arrived. Asked for only when there are many events.
 */
export const isAmplified = (events: readonly { readonly event: unknown }[], size: () => number): boolean => {
  if (events.length <= FEW) return false;
  let left = RATIO * size() + ALLOWANCE;
  for (const { event } of events) {
    left -= JSON.stringify(event).length;
    if (left < 0) return true;
  }
  return false;
};
