import { illegalArgument } from "../errors/api-error.ts";

/** What a pattern of Java's `DecimalFormat` says. */
export interface DecimalPattern {
  readonly positive: Affixes;
  readonly negative: Affixes;
  /** 1, or what a percent or per mille sign multiplies by. */
  readonly multiplier: number;
  readonly minInteger: number;
  readonly maxInteger: number;
  readonly minFraction: number;
  readonly maxFraction: number;
  /** Digits between two separators; 0 = none. */
  readonly grouping: number;
  readonly showsPoint: boolean;
  /** Least digits of an exponent; 0 = no exponent. */
  readonly exponentDigits: number;
}

/** What is written around a number. */
interface Affixes {
  readonly prefix: string;
  readonly suffix: string;
}

/** As many digits as Java ever writes of a double. */
const ALL = 400;
const MULTIPLIERS: ReadonlyMap<string, number> = new Map([
  ["%", 100],
  ["‰", 1000],
]);

/** @throws {ApiError} 400 in the words of Java. */
export const parseDecimalPattern = (text: string): DecimalPattern => {
  if (text === "") return EMPTY;
  const first = new HalfReader(text, 0, true);
  first.read();
  const positive = { prefix: first.prefix, suffix: first.suffix };
  return { positive, negative: negativeOf(text, first, positive), multiplier: first.multiplier, ...first.digits() };
};

const negativeOf = (text: string, first: HalfReader, positive: Affixes): Affixes => {
  const plain = { prefix: `-${positive.prefix}`, suffix: positive.suffix };
  if (first.end === undefined || first.end >= text.length) return plain;
  const second = new HalfReader(text, first.end, false);
  second.read();
  const isSame = second.prefix === positive.prefix && second.suffix === positive.suffix;
  return isSame ? plain : { prefix: second.prefix, suffix: second.suffix };
};

const EMPTY: DecimalPattern = {
  positive: { prefix: "", suffix: "" },
  negative: { prefix: "-", suffix: "" },
  multiplier: 1,
  minInteger: 0,
  maxInteger: ALL,
  minFraction: 0,
  maxFraction: ALL,
  grouping: 3,
  showsPoint: false,
  exponentDigits: 0,
};

const isDigitSign = (sign: string): boolean => sign === "#" || sign === "0" || sign === "," || sign === ".";

/** Reads a pattern, or the part of it for negative numbers, of which only what is around the digits counts. */
class HalfReader {
  readonly #text: string;
  readonly #isFirst: boolean;
  #position: number;
  #isQuoted = false;
  #affix: "prefix" | "suffix" = "prefix";
  #optionalLeft = 0;
  #needed = 0;
  #optionalRight = 0;
  #grouping = -1;
  #point = -1;
  #exponentDigits = 0;
  prefix = "";
  suffix = "";
  multiplier = 1;
  /** Where the part for negative numbers begins. */
  end: number | undefined;

  constructor(text: string, position: number, isFirst: boolean) {
    this.#text = text;
    this.#position = position;
    this.#isFirst = isFirst;
  }

  read(): void {
    while (this.end === undefined && this.#position < this.#text.length) {
      const sign = this.#text.charAt(this.#position);
      if (this.#isQuoted) this.#readQuoted(sign);
      else if (isDigitSign(sign)) this.#readDigits();
      else this.#readAround(sign);
    }
    if (this.#isQuoted) throw this.#malformed();
  }

  #readQuoted(sign: string): void {
    this.#position++;
    if (sign !== "'") this[this.#affix] += sign;
    else if (this.#text.charAt(this.#position) === "'") this.#append("'");
    else this.#isQuoted = false;
  }

  #append(text: string, length = 1): void {
    this[this.#affix] += text;
    this.#position += length;
  }

  #readAround(sign: string): void {
    const next = this.#text.charAt(this.#position + 1);
    if (sign === "'")
      if (next === "'") this.#append("'", 2);
      else {
        this.#isQuoted = true;
        this.#position++;
      }
    else if (sign === "¤") this.#append(next === "¤" ? "XXX" : "¤", next === "¤" ? 2 : 1);
    else if (sign === ";") {
      if (this.#affix === "prefix" || !this.#isFirst) throw this.#error(`Unquoted special character ';' in pattern`);
      this.end = this.#position + 1;
    } else {
      const multiplier = MULTIPLIERS.get(sign);
      if (multiplier !== undefined) this.#multiply(multiplier);
      this.#append(sign);
    }
  }

  #multiply(by: number): void {
    if (this.multiplier !== 1) throw this.#error("Too many percent/per mille characters in pattern");
    this.multiplier = by;
  }

  /** Digits, and the exponent that may follow them. */
  #readDigits(): void {
    for (; this.#position < this.#text.length; this.#position++) {
      const sign = this.#text.charAt(this.#position);
      if (!isDigitSign(sign)) break;
      if (this.#isFirst) this.#count(sign);
    }
    this.#affix = "suffix";
    if (this.#text.charAt(this.#position) === "E") this.#readExponent();
  }

  #count(sign: string): void {
    if (sign === ",") this.#grouping = 0;
    else if (sign === ".") {
      if (this.#point >= 0) throw this.#error("Multiple decimal separators in pattern");
      this.#point = this.#optionalLeft + this.#needed + this.#optionalRight;
    } else {
      if (sign === "0" && this.#optionalRight > 0) throw this.#error("Unexpected '0' in pattern");
      if (sign === "0") this.#needed++;
      else if (this.#needed > 0) this.#optionalRight++;
      else this.#optionalLeft++;
      if (this.#grouping >= 0 && this.#point < 0) this.#grouping++;
    }
  }

  #readExponent(): void {
    this.#position++;
    const zeros = /^0*/.exec(this.#text.slice(this.#position))?.[0].length ?? 0;
    if (!this.#isFirst) return;
    if (this.#exponentDigits > 0) throw this.#error("Multiple exponential symbols in pattern");
    this.#position += zeros;
    this.#exponentDigits = zeros;
    if (this.#optionalLeft + this.#needed < 1 || zeros < 1) throw this.#error("Malformed exponential pattern");
  }

  /** Without a single 0, one digit is needed all the same where there is a point. */
  #settle(): { left: number; needed: number; right: number } {
    const [left, needed, right, point] = [this.#optionalLeft, this.#needed, this.#optionalRight, this.#point];
    if (needed > 0 || left === 0 || point < 0) return { left, needed, right };
    const whole = Math.max(point, 1);
    return { left: whole - 1, needed: 1, right: left - whole };
  }

  digits(): Omit<DecimalPattern, "positive" | "negative" | "multiplier"> {
    const { left, needed, right } = this.#settle();
    const point = this.#point;
    const hasPoint = point >= 0;
    const isMalformed = hasPoint ? point < left || point > left + needed : right > 0;
    if (isMalformed || this.#grouping === 0) throw this.#malformed();
    const total = left + needed + right;
    const minInteger = (hasPoint ? point : total) - left;
    return {
      minInteger,
      maxInteger: this.#exponentDigits > 0 ? left + minInteger : ALL,
      minFraction: hasPoint ? left + needed - point : 0,
      maxFraction: hasPoint ? total - point : 0,
      grouping: Math.max(this.#grouping, 0),
      showsPoint: point === 0 || point === total,
      exponentDigits: this.#exponentDigits,
    };
  }

  #malformed(): Error {
    return this.#error("Malformed pattern");
  }

  #error(reason: string): Error {
    return illegalArgument(`${reason} "${this.#text}"`);
  }
}
