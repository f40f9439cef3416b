const DAY_MS = 86_400_000;
/** Another day, month, year, hour and minute than today's. */
const SHIFT_MS = 437 * DAY_MS + 5 * 3_600_000 + 1_234_567;

const original = { Date: globalThis.Date, random: Math.random };
let depth = 0;

/**
 * Does work with the machine's clock and random numbers changed: `Date` is 437 days ahead and `Math.random` gives other numbers. What
 * differs from before depended on them.
 */
export const onAnotherDay = async <T>(work: () => T | Promise<T>): Promise<T> => {
  if (depth++ === 0) turn();
  try {
    return await work();
  } finally {
    if (--depth === 0) turnBack();
  }
};

const turn = (): void => {
  original.Date = globalThis.Date;
  original.random = Math.random;
  const later = (): number => original.Date.now() + SHIFT_MS;
  // A proxy, not a subclass: dates made before and after stay of one kind.
  globalThis.Date = new Proxy(original.Date, {
    construct: (target, parts: readonly unknown[]) =>
      parts.length === 0 ? new target(later()) : (Reflect.construct(target, parts) as Date),
    apply: (target) => new target(later()).toString(),
    get: (target, key, receiver) => (key === "now" ? later : (Reflect.get(target, key, receiver) as unknown)),
  });
  Math.random = () => (original.random() + 0.37) % 1;
};

const turnBack = (): void => {
  globalThis.Date = original.Date;
  Math.random = original.random;
};
