import { type DateElement, setField } from "./date-element.ts";
import type { DateField } from "./date-fields.ts";
import { printField } from "./print-field.ts";

/** A number has more digits than its format can print. */
export class UnprintableError extends RangeError {
  readonly code: string = "DATE_UNPRINTABLE";
}

/** Which signs a number may have. */
export type SignStyle = "normal" | "never" | "exceedsPad";

/** A number of at least and at most so many digits. */
export interface NumberElement extends DateElement {
  readonly isNumber: true;
  readonly isFixed: boolean;
  readonly most: number;
  /** Leaves so many digits to the numbers that follow without anything between. */
  leaving(digits: number): NumberElement;
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

const digitsFrom = (text: string, at: number, most: number): number => {
  let end = at;
  while (end < text.length && end - at < most && isDigit(text.charCodeAt(end))) end++;
  return end - at;
};

/** The length of the number at a place, sign and all; undefined when it is none. */
const lengthOf = (text: string, at: number, least: number, most: number, left: number): number | undefined => {
  const found = digitsFrom(text, at, most + left);
  const length = left > 0 ? Math.min(found, Math.max(least, found - left)) : found;
  return length < least ? undefined : length;
};

/** A number in a date. */
export const numberOf = (
  field: DateField,
  least = 1,
  most = 19,
  sign: SignStyle = "normal",
  left = 0,
): NumberElement => ({
  fields: [field],
  isNumber: true,
  isFixed: least === most && sign === "never",
  most,
  leaving: (digits) => numberOf(field, least, most, sign, left + digits),
  print: (moment) => printNumber(printField[field](moment), least, most, sign),
  parse: (reading, at) => {
    const [first] = reading.text.slice(at, at + 1);
    const signed = (first === "-" && sign !== "never") || (first === "+" && sign === "exceedsPad");
    const start = signed ? at + 1 : at;
    const length = lengthOf(reading.text, start, least, most, left);
    if (length === undefined || length > 18) return -1;
    const value = Number(reading.text.slice(start, start + length));
    if (first === "-" && signed) return value === 0 ? -1 : setField(reading, field, -value, start + length);
    // A plus is given for more digits than usual, and only then.
    if (sign === "exceedsPad" && signed !== length > least) return -1;
    return setField(reading, field, value, start + length);
  },
});

const printNumber = (value: number, least: number, most: number, sign: SignStyle): string => {
  const digits = String(Math.abs(value));
  if (digits.length > most) throw new UnprintableError();
  const prefix = value < 0 ? "-" : sign === "exceedsPad" && digits.length > least && least < 19 ? "+" : "";
  return prefix + digits.padStart(least, "0");
};

/** Two digits of a year from 2000 to 2099. */
export const twoDigitYear = (field: DateField): NumberElement => ({
  fields: [field],
  isNumber: true,
  isFixed: true,
  most: 2,
  leaving: () => twoDigitYear(field),
  print: (moment) => String(Math.abs(printField[field](moment)) % 100).padStart(2, "0"),
  parse: (reading, at) =>
    digitsFrom(reading.text, at, 2) < 2
      ? -1
      : setField(reading, field, 2000 + Number(reading.text.slice(at, at + 2)), at + 2),
});

/** Decimals of a second, with the point before them where one is asked for. */
export const fraction = (least: number, most: number, point: "." | "," | ""): DateElement => ({
  print: (moment) => printFraction(printField.nano(moment), least, most, point),
  parse: (reading, at) => {
    if (!reading.text.startsWith(point, at)) return least === 0 ? at : -1;
    const start = at + point.length;
    const length = digitsFrom(reading.text, start, most);
    if (length < Math.max(least, point === "" ? 0 : 1)) return -1;
    const nano = Number(reading.text.slice(start, start + length).padEnd(9, "0"));
    return setField(reading, "nano", nano, start + length);
  },
});

const printFraction = (nano: number, least: number, most: number, point: string): string => {
  const digits = String(nano).padStart(9, "0").slice(0, most).replace(/0+$/, "").padEnd(least, "0");
  return digits === "" ? "" : point + digits;
};

/** A fraction of fixed length takes part in numbers without anything between them. */
export const fixedFraction = (length: number): NumberElement => ({
  ...fraction(length, length, ""),
  isNumber: true,
  isFixed: true,
  most: length,
  leaving: () => fixedFraction(length),
});

/** Joins parts; a number leaves the digits that those directly after it need. */
export const joined = (elements: readonly DateElement[]): DateElement[] => {
  const result: DateElement[] = [];
  let open = -1;
  for (const element of elements) {
    const number = isNumberElement(element) ? element : undefined;
    const opener = open === -1 ? undefined : result[open];
    if (number?.isFixed === true && opener && isNumberElement(opener)) result[open] = opener.leaving(number.most);
    else open = number ? result.length : -1;
    result.push(element);
  }
  return result;
};

const isNumberElement = (element: DateElement): element is NumberElement => "isNumber" in element;
