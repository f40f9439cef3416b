/** A number without its sign: 0.d₁d₂d₃... times ten to the power of `point`. Without zeros at the end; zero has no digits. */
export interface Digits {
  readonly digits: string;
  readonly point: number;
}

/** The digits that Java finds for a double: mostly the shortest that are this one and no other. */
export const digitsOfDouble = (size: number): Digits => {
  if (isWholeLong(size)) return digitsOfLong(size);
  const shortest = size.toExponential();
  // Java has two digits at least, those nearest to the number.
  const [mantissa = "0", exponent = "0"] = (shortest.includes(".") ? shortest : size.toExponential(1)).split("e");
  return trimmed(mantissa.replace(".", ""), Number(exponent) + 1);
};

export const digitsOfWhole = (size: bigint): Digits => {
  const text = String(size);
  return trimmed(text, text.length);
};

/** Of whole doubles that a long holds Java takes the digits of the long, less those that its lowest bits do not decide. */
const digitsOfLong = (size: number): Digits => {
  const undecided = Math.max(0, Math.floor(Math.log2(size)) - 54);
  const unit = 10n ** BigInt(Math.floor(undecided * Math.log10(2)));
  return digitsOfWhole(((BigInt(size) + unit / 2n) / unit) * unit);
};

const trimmed = (digits: string, point: number): Digits => {
  let end = digits.length;
  while (end > 0 && digits.charCodeAt(end - 1) === 0x30) end--;
  return end === 0 ? { digits: "", point: 0 } : { digits: digits.slice(0, end), point };
};

/**
 * Keeps the first digits and rounds to the nearest, of two to the even one.
 *
 * @param size - The double itself, when its digits are only the shortest that stand for it: it decides what looks like a tie.
 */
export const rounded = (number: Digits, kept: number, size: number | undefined): Digits => {
  const { digits, point } = number;
  if (kept >= digits.length) return number;
  if (kept < 0) return { digits: "", point: 0 };
  if (!isRoundedUp(number, kept, size)) return trimmed(digits.slice(0, kept), point);
  const up = kept === 0 ? "1" : String(BigInt(digits.slice(0, kept)) + 1n);
  return trimmed(up, point + up.length - kept);
};

const isRoundedUp = (number: Digits, kept: number, size: number | undefined): boolean => {
  const { digits } = number;
  const next = digits.charAt(kept);
  if (next !== "5" || kept < digits.length - 1) return next >= "5";
  // Java does not know that the digits of a whole double are exact, and takes them for less than the number.
  const beyond = size === undefined ? 0 : isWholeLong(size) ? 1 : compareExactly(size, number);
  return beyond === 0 ? kept > 0 && Number(digits.charAt(kept - 1)) % 2 === 1 : beyond > 0;
};

const isWholeLong = (size: number): boolean => size < 2 ** 63 && Number.isInteger(size);

/** Is a double, all of whose bits count, less than a decimal (negative), equal to it (0), or greater? */
const compareExactly = (size: number, { digits, point }: Digits): number => {
  const { mantissa, exponent } = binaryOf(size);
  const decimalExponent = point - digits.length;
  let [left, right] = [mantissa, BigInt(digits)];
  if (exponent >= 0) left <<= BigInt(exponent);
  else right <<= BigInt(-exponent);
  if (decimalExponent >= 0) right *= 10n ** BigInt(decimalExponent);
  else left *= 10n ** BigInt(-decimalExponent);
  return left < right ? -1 : left > right ? 1 : 0;
};

const binaryOf = (size: number): { mantissa: bigint; exponent: number } => {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, size);
  const bits = view.getBigUint64(0);
  const fraction = bits & ((1n << 52n) - 1n);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  return exponent === 0
    ? { mantissa: fraction, exponent: -1074 }
    : { mantissa: fraction | (1n << 52n), exponent: exponent - 1075 };
};
