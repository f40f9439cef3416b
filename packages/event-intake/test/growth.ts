const [LESS, MORE] = [5_000, 20_000];

/** What is linear takes four times as long for four times as much, what is quadratic sixteen times. */
export const MOST_GROWTH = 10;

/**
 * How much longer work takes for four times as much. The fastest of several tries counts: other work on the machine makes some slower,
 * and none faster.
 *
 * @param work - Is given a number of repetitions.
 */
export const growthOf = (work: (times: number) => unknown): number => {
  let growth = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < 5 && growth > MOST_GROWTH; tries++) growth = fastest(work, MORE) / fastest(work, LESS);
  return growth;
};

/** Less than this, in milliseconds, cannot be told from nothing. */
const LEAST_MS = 1;

const fastest = (work: (times: number) => unknown, times: number): number => {
  let least = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < 3; tries++) {
    const start = performance.now();
    work(times);
    least = Math.min(least, performance.now() - start);
  }
  return Math.max(LEAST_MS, least);
};
