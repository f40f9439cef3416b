/** A time zone: a fixed offset or the rules of a region. */
export interface Zone {
  /** As Java names it: `Z`, `+01:00`, `Europe/Berlin`. */
  readonly id: string;
  /** Milliseconds to add to UTC to get local time at that instant. */
  offsetAt(utcMs: number): number;
}

export const utc: Zone = Object.freeze({ id: "Z", offsetAt: () => 0 });

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
  if (text === "Z" || text === "z") return utc;
  if (text === "UTC" || text === "GMT" || text === "UT") return { id: text, offsetAt: () => 0 };
  const match = /^([+-])(\d{1,2})(?::?(\d{2}))?(?::?(\d{2}))?$/.exec(text);
  if (!match) return undefined;
  const [hours, minutes, seconds] = [Number(match[2]), Number(match[3] ?? 0), Number(match[4] ?? 0)];
  if (minutes > 59 || seconds > 59) return undefined;
  return fixedZone(((hours * 60 + minutes) * 60 + seconds) * (match[1] === "-" ? -1 : 1));
};

/** @returns undefined for more than Java allows. */
export const fixedZone = (offsetSeconds: number): Zone | undefined => {
  if (Math.abs(offsetSeconds) > 18 * 3600) return undefined;
  const offsetMs = offsetSeconds * 1000;
  return offsetMs === 0 ? utc : { id: offsetText(offsetMs), offsetAt: () => offsetMs };
};

const two = (value: number): string => String(value).padStart(2, "0");

/** `+01:00`, with seconds when there are any. */
export const offsetText = (offsetMs: number): string => {
  const seconds = Math.abs(offsetMs) / 1000;
  const text = `${offsetMs < 0 ? "-" : "+"}${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}`;
  return seconds % 60 === 0 ? text : `${text}:${two(seconds % 60)}`;
};

/** Abbreviations that JavaScript knows as regions and Java does not. */
const ABBREVIATIONS = new Set(
  "ACT AET AGT ART AST BET BST CAT CNT CST CTT EAT ECT EST HST IET IST JST MIT MST NET NST PLT PNT PRT PST SST VST".split(
    " ",
  ),
);

const regionOf = (text: string): Zone | undefined => {
  const [, prefix, offset] = /^(UTC|GMT|UT)([+-].+)$/.exec(text) ?? [];
  if (offset !== undefined) {
    const zone = parseOffset(offset);
    return zone && { ...zone, id: (prefix ?? "") + (zone === utc ? "" : zone.id) };
  }
  if (ABBREVIATIONS.has(text)) return undefined;
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]*$/.test(text)) return undefined;
  try {
    const format = new Intl.DateTimeFormat("en-US", { timeZone: text, timeZoneName: "longOffset" });
    if (isOtherCase(text, format.resolvedOptions().timeZone)) return undefined;
    return region(text, (utcMs) => longOffset(format, utcMs));
  } catch {
    return undefined; // RangeError: no such region
  }
};

/** Names of regions have capitals to Java; `Intl` takes any. */
const isOtherCase = (text: string, known: string): boolean =>
  /(?:^|\/)[a-z]/.test(text) || (text !== known && text.toLowerCase() === known.toLowerCase());

/** The last instant that `Intl` knows; rules do not change after it. */
const GREATEST_MS = 8.64e15;

const longOffset = (format: Intl.DateTimeFormat, utcMs: number): number => {
  const within = Math.max(-GREATEST_MS, Math.min(GREATEST_MS, utcMs));
  const name = format.formatToParts(within).find((part) => part.type === "timeZoneName")?.value ?? "GMT";
  return parseOffset(name.replace(/^GMT/, "") || "Z")?.offsetAt(0) ?? 0;
};

/** Clocks are never changed twice within so many milliseconds (about six days). */
const CHUNK_MS = 2 ** 29;
/** Some 60 years. Asking `Intl` takes a hundred times as long as looking a chunk up. */
const MOST_CHUNKS = 4096;

interface Chunk {
  /** When clocks are changed; the end of the chunk when they are not. */
  readonly changeMs: number;
  readonly before: number;
  readonly after: number;
}

const region = (id: string, offsetAt: (utcMs: number) => number): Zone => {
  const chunks = new Map<number, Chunk>();
  const chunkOf = (index: number): Chunk => {
    const known = chunks.get(index);
    if (known) return known;
    const [start, end] = [index * CHUNK_MS, (index + 1) * CHUNK_MS];
    const [before, after] = [offsetAt(start), offsetAt(end)];
    const chunk = { before, after, changeMs: before === after ? end : firstWith(after, start, end, offsetAt) };
    if (chunks.size >= MOST_CHUNKS) chunks.clear();
    chunks.set(index, chunk);
    return chunk;
  };
  return {
    id,
    offsetAt: (utcMs) => {
      const { changeMs, before, after } = chunkOf(Math.floor(utcMs / CHUNK_MS));
      return utcMs < changeMs ? before : after;
    },
  };
};

/** The first instant after `from` with the offset that there is at `to`. */
const firstWith = (offset: number, from: number, to: number, offsetAt: (utcMs: number) => number): number => {
  let [low, high] = [from, to];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle) === offset) high = middle;
    else low = middle;
  }
  return high;
};

/** A moment at which the clocks of a zone are changed. */
export interface Transition {
  readonly utcMs: number;
  readonly before: number;
  readonly after: number;
}

/** The change of clocks between two instants, if there is one; it is later than `from` and not later than `to`. */
export const transitionBetween = (zone: Zone, from: number, to: number): Transition | undefined => {
  const [before, after] = [zone.offsetAt(from), zone.offsetAt(to)];
  if (before === after) return undefined;
  return { before, after, utcMs: firstWith(after, from, to, (ms) => zone.offsetAt(ms)) };
};

/** What a local time may mean. */
export interface LocalInstants {
  /** None in a gap, two where an hour happens twice. In order of time. */
  readonly instants: readonly number[];
  /** The change of clocks that makes it so. */
  readonly transition: Transition | undefined;
}

/** More than clocks are ever away from UTC. */
const REACH_MS = 26 * 3_600_000;

/** All instants at which the clocks of a zone show a time. */
export const instantsOf = (zone: Zone, localMs: number): LocalInstants => {
  const transition = transitionBetween(zone, localMs - REACH_MS, localMs + REACH_MS);
  if (!transition) return { instants: [localMs - zone.offsetAt(localMs)], transition };
  const { utcMs, before, after } = transition;
  const instants: number[] = [];
  if (localMs - before < utcMs) instants.push(localMs - before);
  if (localMs - after >= utcMs) instants.push(localMs - after);
  return { instants, transition };
};

/**
 * The instant at which a local clock shows that time. In a gap, as long after it as the time is into the gap; where the time
 * happens twice, the one with the preferred offset, or else the earlier one. Java prefers no offset at all for dates without a zone.
 */
export const localToUtc = (zone: Zone, localMs: number, preferredOffset?: number): number => {
  if (zone === utc) return localMs;
  const { instants, transition } = instantsOf(zone, localMs);
  const [first] = instants;
  if (first === undefined) return localMs - (transition?.before ?? 0);
  return instants.find((instant) => localMs - instant === preferredOffset) ?? first;
};
