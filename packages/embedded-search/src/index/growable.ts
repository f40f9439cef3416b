/** Typed arrays that these columns use. */
type Numbers = Float64Array | Uint32Array | Uint16Array | Uint8Array;

/** Room for at least `length` numbers, doubling; existing values stay, new places hold `fill`. */
export const grown = <T extends Numbers>(array: T, length: number, fill: number): T => {
  if (length <= array.length) return array;
  const size = Math.max(length, array.length * 2, 16);
  const copy = new (array.constructor as new (size: number) => T)(size);
  copy.set(array);
  if (fill !== 0) copy.fill(fill, array.length);
  return copy;
};
