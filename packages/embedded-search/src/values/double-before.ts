const double = new Float64Array(1);
const bits = new BigInt64Array(double.buffer);

/** The greatest double below another one; there is none below −∞ and NaN, which stay as they are. */
export const doubleBefore = (value: number): number => {
  if (value === Number.NEGATIVE_INFINITY || value !== value) return value;
  if (value === 0) return -Number.MIN_VALUE;
  double[0] = value;
  bits[0] = (bits[0] ?? 0n) + (value > 0 ? -1n : 1n);
  return double[0];
};
