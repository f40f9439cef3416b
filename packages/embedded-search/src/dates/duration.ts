const FIXED_UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of `90m`, `12h`, `500ms`; negative with a sign before it. @returns undefined when it is not a duration. */
export const parseDuration = (text: string): number | undefined => {
  const match = /^([+-]?)(\d{1,15})(ms|s|m|h|d)$/.exec(text);
  const unit = match && FIXED_UNITS[match[3] ?? ""];
  return unit == null ? undefined : Number(match?.[2]) * unit * (match?.[1] === "-" ? -1 : 1);
};
