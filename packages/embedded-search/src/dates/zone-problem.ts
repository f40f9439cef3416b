import { parseZone } from "./zone.ts";

/** Why Java has no zone of that name, in its own words. */
export interface ZoneProblem {
  readonly type: "date_time_exception" | "zone_rules_exception";
  readonly reason: string;
  readonly causedBy?: ZoneProblem | undefined;
}

/** Why a request cannot name a zone so; undefined when it can. {@link parseZone} reads what dates may have as well. */
export const zoneProblem = (text: string): ZoneProblem | undefined => {
  if (text.length < 2 || /^[+-]/.test(text)) return offsetProblem(text);
  const [, offset] = /^(?:UTC|GMT|UT)([+-].*)$/s.exec(text) ?? [];
  if (offset !== undefined) return prefixedProblem(text, offsetProblem(offset));
  if (!REGION.test(text)) return noDate(`Invalid ID for region-based ZoneId, invalid format: ${text}`);
  if (parseZone(text)) return undefined;
  return { type: "zone_rules_exception", reason: `Unknown time-zone ID: ${text}` };
};

const prefixedProblem = (text: string, causedBy: ZoneProblem | undefined): ZoneProblem | undefined =>
  causedBy && { ...noDate(`Invalid ID for offset-based ZoneId: ${text}`), causedBy };

const REGION = /^[A-Za-z][A-Za-z0-9/~._+-]+$/;

const noDate = (reason: string): ZoneProblem => ({ type: "date_time_exception", reason });

/** Where hours, minutes and seconds are, by the length of the text. */
const FORMS: Readonly<Record<number, RegExp>> = {
  2: /^(.)(.)$/s,
  3: /^(.)(..)$/s,
  5: /^(.)(..)(..)$/s,
  6: /^(.)(..).(..)$/s,
  7: /^(.)(..)(..)(..)$/s,
  9: /^(.)(..).(..).(..)$/s,
};

const offsetProblem = (text: string): ZoneProblem | undefined => {
  if (text === "Z") return undefined;
  const [, sign, ...parts] = FORMS[text.length]?.exec(text) ?? [];
  if (sign === undefined) return wrongOffset("invalid format", text);
  if (text.length === 2) return offsetProblem(`${sign}0${text.slice(1)}`);
  if (text.length % 3 === 0 && text.length > 3 && !/^...:..(?::..)?$/s.test(text))
    return wrongOffset("colon not found when expected", text);
  if (!parts.every((part) => /^\d\d$/.test(part))) return wrongOffset("non numeric characters found", text);
  return rangeProblem(parts.map((part) => Number(part) * (sign === "-" ? -1 : 1)));
};

const wrongOffset = (fault: string, text: string): ZoneProblem =>
  noDate(`Invalid ID for ZoneOffset, ${fault}: ${text}`);

const UNITS = [
  ["hours", 18],
  ["minutes", 59],
  ["seconds", 59],
] as const;

const rangeProblem = (parts: readonly number[]): ZoneProblem | undefined => {
  for (const [i, [unit, most]] of UNITS.entries()) {
    const value = parts[i] ?? 0;
    if (Math.abs(value) > most)
      return noDate(`Zone offset ${unit} not in valid range: value ${value} is not in the range -${most} to ${most}`);
  }
  const [hours = 0, ...rest] = parts;
  const isBeyond = Math.abs(hours) === 18 && rest.some((part) => part !== 0);
  return isBeyond ? noDate("Zone offset not in valid range: -18:00 to +18:00") : undefined;
};

/** Why there is no zone so many hours from UTC. */
export const hoursProblem = (hours: number): ZoneProblem | undefined => rangeProblem([hours]);
