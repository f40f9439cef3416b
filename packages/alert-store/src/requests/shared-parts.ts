const MOST_PARTS = 1_000;

/**
 * Parts of searches that many alerts have alike, each as one frozen object: a store in this process reads it once.
 *
 * @returns gives the part of a key, which has to say all that makes the part what it is.
 */
export const sharedParts = <Part extends object>(): ((key: string, make: () => Part) => Part) => {
  const parts = new Map<string, Part>();
  return (key, make) => {
    const known = parts.get(key);
    if (known !== undefined) return known;
    if (parts.size >= MOST_PARTS) parts.clear();
    const part = frozen(make());
    parts.set(key, part);
    return part;
  };
};

const frozen = <T extends object>(value: T): T => {
  for (const inner of Object.values(value) as readonly unknown[])
    if (typeof inner === "object" && inner !== null) frozen(inner);
  return Object.freeze(value);
};
