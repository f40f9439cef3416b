/** Work that is done in steps of some milliseconds: between two of them others may have a turn. */
export type Steps<T> = Generator<undefined, T>;

/** Does all of it, now. */
export const allAtOnce = <T>(steps: Steps<T>): T => {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
};

/** Where each step of a loop over so many things starts and ends. */
export function* ranges(count: number, most: number): Generator<readonly [from: number, to: number]> {
  for (let from = 0; from < count; from += most) yield [from, Math.min(count, from + most)];
}
