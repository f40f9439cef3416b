/** Deeper data, or data of more values, counts as changed. */
const MOST_DEPTH = 64;
const MOST_VALUES = 10_000;

/**
 * Whether data is what a copy of it holds that was made before. True only when that is certain: of dates, maps, instances of classes
 * and whatever else is not a plain object, a list or a single value, it says that they differ.
 *
 * @throws {Error} what a getter in it throws.
 */
export const isSameData = (copy: unknown, data: unknown): boolean => isSame(copy, data, { left: MOST_VALUES }, 0);

type Fields = Readonly<Record<string, unknown>>;

interface Values {
  left: number;
}

const isSame = (copy: unknown, data: unknown, values: Values, depth: number): boolean => {
  if (copy === data) return copy !== 0 || Object.is(copy, data);
  if (typeof copy !== "object" || copy === null) return Object.is(copy, data);
  if (typeof data !== "object" || data === null || depth > MOST_DEPTH || --values.left < 0) return false;
  if (Array.isArray(copy)) return Array.isArray(data) && isSameList(copy, data, values, depth + 1);
  return isPlain(copy) && isPlain(data) && isSameObject(copy as Fields, data as Fields, values, depth + 1);
};

const isPlain = (value: object): boolean => Object.getPrototypeOf(value) === Object.prototype;

/** A list may have fields, too, as what `String.prototype.match` returns: then it is no plain one. */
const isSameList = (copy: readonly unknown[], data: readonly unknown[], values: Values, depth: number): boolean => {
  const { length } = copy;
  if (length !== data.length || length > values.left || Object.keys(data).length !== length) return false;
  for (let index = 0; index < length; index++) if (!isSame(copy[index], data[index], values, depth)) return false;
  return true;
};

const isSameObject = (copy: Fields, data: Fields, values: Values, depth: number): boolean => {
  const names = Object.keys(copy);
  if (names.length !== Object.keys(data).length || names.length > values.left) return false;
  for (const name of names)
    if (!Object.hasOwn(data, name) || !isSame(copy[name], data[name], values, depth)) return false;
  return true;
};
