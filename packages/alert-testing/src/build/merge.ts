/** Whether a value is an object written as `{ ... }`: what merging goes into. */
export const isPlainObject = (value: unknown): value is Readonly<Record<string, unknown>> => {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

/**
 * `over` laid over `base`: objects deeply, lists and single values replaced, as the original's tests do.
 * `undefined` in `over` takes the key out, so that a test can say "without this field".
 */
export const merge = (base: unknown, over: unknown): unknown => {
  if (!isPlainObject(over)) return over;
  const merged = new Map(Object.entries(isPlainObject(base) ? base : {}));
  for (const [key, value] of Object.entries(over))
    if (value === undefined) merged.delete(key);
    else merged.set(key, merge(merged.get(key), value));
  return Object.fromEntries(merged);
};

/** {@link merge} for what is known to be an object on both sides. */
export const mergeObjects = (
  base: Readonly<Record<string, unknown>>,
  over: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> => merge(base, over) as Readonly<Record<string, unknown>>;
