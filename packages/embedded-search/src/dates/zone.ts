/** A time zone: a fixed offset or the rules of a region. */
export interface Zone {
  /** Milliseconds to add to UTC to get local time at that instant. */
  offsetAt(utcMs: number): number;
}

export const utc: Zone = Object.freeze({ offsetAt: () => 0 });

const zones = new Map<string, Zone>();

/**
 * Reads `Z`, `UTC`, `+01:00`, `+0100`, `+01`, `-5`, or a region such as `Europe/Berlin`.
 *
 * @returns undefined when there is no such zone.
 */
export const parseZone = (text: string): Zone | undefined => {
  const known = zones.get(text);
  if (known) return known;
  const zone = parseOffset(text) ?? regionOf(text);
  if (zone && zones.size < 1000) zones.set(text, zone);
  return zone;
};

/** A zone within a date: as {@link parseZone}, but an offset has its hours and minutes in two digits each. */
export const parseZoneOfDate = (text: string): Zone | undefined => {
  const isOffset = /^[+-]/.test(text);
  if (isOffset && !/^[+-]\d{2}(?::?\d{2}(?::\d{2})?)?$/.test(text)) return undefined;
  return text === "z" ? undefined : parseZone(text);
};

const parseOffset = (text: string): Zone | undefined => {
  if (text === "Z" || text === "z" || text === "UTC" || text === "GMT") return utc;
  const match = /^([+-])(\d{1,2})(?::?(\d{2}))?(?::?(\d{2}))?$/.exec(text);
  if (!match) return undefined;
  const [hours, minutes, seconds] = [Number(match[2]), Number(match[3] ?? 0), Number(match[4] ?? 0)];
  const offsetSeconds = (hours * 60 + minutes) * 60 + seconds;
  if (offsetSeconds > 18 * 3600 || minutes > 59 || seconds > 59) return undefined;
  const offsetMs = offsetSeconds * 1000 * (match[1] === "-" ? -1 : 1);
  return { offsetAt: () => offsetMs };
};

/** Abbreviations that JavaScript knows as regions and Java does not. */
const ABBREVIATIONS = new Set(
  "ACT AET AGT ART AST BET BST CAT CNT CST CTT EAT ECT EST HST IET IST JST MIT MST NET NST PLT PNT PRT PST SST VST".split(
    " ",
  ),
);

const regionOf = (text: string): Zone | undefined => {
  const [, offset] = /^(?:UTC|GMT|UT)([+-].+)$/.exec(text) ?? [];
  if (offset !== undefined) return parseOffset(offset);
  if (ABBREVIATIONS.has(text)) return undefined;
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]*$/.test(text)) return undefined;
  try {
    const format = new Intl.DateTimeFormat("en-US", { timeZone: text, timeZoneName: "longOffset" });
    return { offsetAt: (utcMs) => longOffset(format, utcMs) };
  } catch {
    return undefined; // RangeError: no such region
  }
};

const longOffset = (format: Intl.DateTimeFormat, utcMs: number): number => {
  const name = format.formatToParts(utcMs).find((part) => part.type === "timeZoneName")?.value ?? "GMT";
  return parseOffset(name.replace(/^GMT/, "") || "Z")?.offsetAt(0) ?? 0;
};

/** The instant at which a local clock shows that time. In a gap, the time after it; in an overlap, the earlier one. */
export const localToUtc = (zone: Zone, localMs: number): number => {
  const before = zone.offsetAt(localMs - 86_400_000);
  const candidate = localMs - before;
  if (zone.offsetAt(candidate) === before) return candidate;
  const after = zone.offsetAt(localMs + 86_400_000);
  const other = localMs - after;
  return zone.offsetAt(other) === after ? other : candidate;
};
