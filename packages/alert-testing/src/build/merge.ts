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
  const merged: Record<string, unknown> = isPlainObject(base) ? { ...base } : {};
  for (const key of Object.keys(over))
    if (over[key] === undefined) Reflect.deleteProperty(merged, key);
    else setOwn(merged, key, merge(Object.hasOwn(merged, key) ? merged[key] : undefined, over[key]));
  return merged;
};

/** Assigning to `__proto__` would not make a key of that name. */
const setOwn = (object: Record<string, unknown>, key: string, value: unknown): void => {
  if (key === "__proto__")
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  else object[key] = value;
};

/** {@link merge} for what is known to be an object on both sides. */
export const mergeObjects = (
  base: Readonly<Record<string, unknown>>,
  over: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> => merge(base, over) as Readonly<Record<string, unknown>>;
