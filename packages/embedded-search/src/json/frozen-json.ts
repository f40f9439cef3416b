/** Objects that can never change again, in any depth. */
const known = new WeakSet<object>();

/**
 * Whether an object can never change again: what is made of it may be kept for the next time it comes. Objects that can change are told
 * apart at once.
 */
export const isFrozenJson = (value: object): boolean => {
  if (!Object.isFrozen(value)) return false;
  if (known.has(value)) return true;
  // A getter may answer differently each time.
  const isFixed = Object.values(Object.getOwnPropertyDescriptors(value)).every(
    (property) => "value" in property && (!isObject(property.value) || isFrozenJson(property.value)),
  );
  if (isFixed) known.add(value);
  return isFixed;
};

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

/**
 * A reader that keeps what it has read of objects that can never change, such as the parts of searches that are asked again and again. What it
 * throws is thrown anew each time.
 */
export const keepingFrozen = <Input, Result>(read: (json: Input) => Result): ((json: Input) => Result) => {
  const kept = new WeakMap<object, { readonly result: Result }>();
  return (json) => {
    if (!isObject(json) || !Object.isFrozen(json)) return read(json);
    const before = kept.get(json);
    if (before !== undefined) return before.result;
    const result = read(json);
    if (isFrozenJson(json)) kept.set(json, { result });
    return result;
  };
};
