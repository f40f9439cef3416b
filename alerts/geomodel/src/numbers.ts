/**
 * Two decimals, ties to the even digit: 0.125 -> 0.12, 0.375 -> 0.38. `toFixed` looks at the exact value of the number too, but
 * takes the larger digit at a tie, and a tie of two decimals is always an odd number of eighths.
 *
 * @param value - Not negative.
 */
export const twoDecimals = (value: number): string => {
  const isTie = Number.isInteger(value * 8) && (value * 8) % 2 === 1;
  const rounded = value.toFixed(2);
  return isTie && Number(rounded.at(-1)) % 2 === 1 ? `${rounded.slice(0, -1)}${Number(rounded.at(-1)) - 1}` : rounded;
};

/** A number as Python prints a float: `43.0`, `-79.3849`, `1e-05`. */
export const floatText = (value: number): string => {
  if (Object.is(value, -0)) return "-0.0";
  if (Number.isInteger(value)) return value.toFixed(1);
  if (Math.abs(value) >= 1e-4) return String(value);
  return value.toExponential().replace(/e-(\d)$/, "e-0$1");
};
