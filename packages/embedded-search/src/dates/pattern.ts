import { utcOf } from "./calendar.ts";
import { localToUtc, parseZone, type Zone } from "./zone.ts";

type Part = "year" | "month" | "day" | "hour" | "minute" | "second" | "fraction" | "zone";

interface Token {
  readonly part?: Part;
  readonly regexp: string;
  print(local: Date, offsetMs: number): string;
}

/** A date format written as a Java pattern, e.g. `yyyy-MM-dd HH:mm:ss`. */
export interface DatePattern {
  parse(text: string, roundUp: boolean, zone: Zone): number | undefined;
  print(utcMs: number, zone: Zone): string;
}

const pad = (value: number, length: number): string => String(value).padStart(length, "0");

const numbers = new Map<string, readonly [Part, (date: Date) => number]>([
  ["y", ["year", (date) => date.getUTCFullYear()]],
  ["u", ["year", (date) => date.getUTCFullYear()]],
  ["M", ["month", (date) => date.getUTCMonth() + 1]],
  ["d", ["day", (date) => date.getUTCDate()]],
  ["H", ["hour", (date) => date.getUTCHours()]],
  ["m", ["minute", (date) => date.getUTCMinutes()]],
  ["s", ["second", (date) => date.getUTCSeconds()]],
]);

/**
 * Reads a Java date pattern of the letters y u M d H m s S X x Z, quoted literals and optional `[parts]`.
 *
 * @returns undefined when it has another letter.
 */
export const compilePattern = (pattern: string): DatePattern | undefined => {
  if (!hasPairedBrackets(pattern)) return undefined;
  const tokens: Token[] = [];
  for (const [text, quoted, letters] of pattern.matchAll(/'([^']*)'|(([A-Za-z])\3*)|[^A-Za-z']/g)) {
    const token = letters === undefined ? literal(quoted ?? text) : letterToken(letters);
    if (!token) return undefined;
    tokens.push(token);
  }
  const regexp = new RegExp(`^${tokens.map((token) => token.regexp).join("")}$`);
  const parts = tokens.flatMap((token) => token.part ?? []);
  return {
    parse: (text, roundUp, zone) => fromMatch(regexp.exec(text), parts, roundUp, zone),
    print: (utcMs, zone) => printTokens(tokens, utcMs, zone),
  };
};

const hasPairedBrackets = (pattern: string): boolean => {
  let depth = 0;
  for (const [bracket] of pattern.replace(/'[^']*'/g, "").matchAll(/[[\]]/g)) {
    depth += bracket === "[" ? 1 : -1;
    if (depth < 0) return false;
  }
  return depth === 0;
};

const printTokens = (tokens: readonly Token[], utcMs: number, zone: Zone): string => {
  const offsetMs = zone.offsetAt(utcMs);
  const local = new Date(utcMs + offsetMs);
  return tokens.map((token) => token.print(local, offsetMs)).join("");
};

const literal = (text: string): Token => {
  if (text === "[") return { regexp: "(?:", print: () => "" };
  if (text === "]") return { regexp: ")?", print: () => "" };
  return { regexp: text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"), print: () => text };
};

const letterToken = (letters: string): Token | undefined => {
  const [letter = ""] = letters;
  const { length } = letters;
  if (letter === "S") return fractionToken(length);
  if (letter === "X" || letter === "x" || letter === "Z") return zoneToken(letters);
  const number = numbers.get(letter);
  if (!number || (length > 2 && number[0] !== "year") || length > 4) return undefined;
  const regexp = length === 1 ? "(\\d{1,2})" : `(\\d{${length}})`;
  return { part: number[0], regexp, print: (date) => pad(number[1](date), length) };
};

const fractionToken = (length: number): Token => ({
  part: "fraction",
  regexp: `(\\d{${length}})`,
  print: (date) => pad(date.getUTCMilliseconds(), 3).padEnd(length, "0").slice(0, length),
});

const zoneToken = (letters: string): Token => ({
  part: "zone",
  regexp: "(Z|[+-]\\d{2}(?::?\\d{2})?)",
  print: (_date, offsetMs) => printOffset(offsetMs, letters),
});

const printOffset = (offsetMs: number, letters: string): string => {
  if (offsetMs === 0 && letters.startsWith("X")) return "Z";
  const minutes = Math.abs(offsetMs) / 60_000;
  const colon = letters.length === 3 && !letters.startsWith("Z") ? ":" : "";
  const rest =
    letters.length === 1 && !letters.startsWith("Z") && minutes % 60 === 0 ? "" : colon + pad(minutes % 60, 2);
  return `${offsetMs < 0 ? "-" : "+"}${pad(Math.floor(minutes / 60), 2)}${rest}`;
};

const fromMatch = (match: RegExpExecArray | null, parts: readonly Part[], roundUp: boolean, zone: Zone) => {
  if (!match) return undefined;
  const values = new Map(parts.map((part, i) => [part, match[i + 1]] as const));
  const number = (part: Part): number | undefined => {
    const text = values.get(part);
    return text === undefined ? undefined : Number(text);
  };
  const fraction = values.get("fraction");
  const zoneText = values.get("zone");
  const own = zoneText === undefined ? zone : parseZone(zoneText);
  const year = number("year") ?? 1970;
  const millisecond = fraction === undefined ? undefined : Number(fraction.padEnd(3, "0").slice(0, 3));
  const [month, day, hour] = [number("month"), number("day"), number("hour")];
  const [minute, second] = [number("minute"), number("second")];
  const local = utcOf({ year, month, day, hour, minute, second, millisecond }, roundUp);
  return local === undefined || own === undefined ? undefined : localToUtc(own, local);
};
