/** Where clocks show UTC; the default of every schedule. */
export const UTC = "UTC";

/** Longer than any name of a zone. */
const LONGEST_NAME = 64;
const MOST_KNOWN = 1_000;

const formats = new Map<string, Intl.DateTimeFormat>();

/** @throws {Error} whose message says what is wrong. */
export const checkZone = (zone: unknown): string => {
  try {
    if (typeof zone === "string" && zone.length <= LONGEST_NAME) {
      formatOf(zone);
      return zone;
    }
  } catch {
    // Told below, as for everything else that is not a zone.
  }
  throw new Error('it is not a time zone of the IANA database, such as "Europe/Berlin" or "UTC"');
};

const formatOf = (zone: string): Intl.DateTimeFormat => {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
  if (formats.size >= MOST_KNOWN) formats.clear();
  formats.set(zone, format);
  return format;
};

/** How far the clocks of a zone are ahead of UTC at an instant, in milliseconds. */
export const offsetMs = (zone: string, instant: number): number => {
  const name =
    formatOf(zone)
      .formatToParts(instant)
      .find(({ type }) => type === "timeZoneName")?.value ?? "";
  const [, sign, hours, minutes = 0, seconds = 0] = /^GMT([+-])(\d+)(?::(\d+))?(?::(\d+))?$/.exec(name) ?? [];
  const ms = ((Number(hours ?? 0) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000;
  return sign === "-" ? -ms : ms;
};

/** Further than clocks are ever apart from UTC, or set. */
const DAY_MS = 26 * 3_600_000;

/**
 * When the clocks of a zone show a time: at one instant, at two when they were set back, and when they never do, since they were
 * set ahead over it, the instant at which that time was skipped.
 *
 * @param shown - What the clocks show, in milliseconds as if it were UTC.
 * @returns one or two instants, the earlier first.
 */
export const instantsOf = (zone: string, shown: number): readonly number[] => {
  const [before, after] = [offsetMs(zone, shown - DAY_MS), offsetMs(zone, shown + DAY_MS)];
  if (before === after) return [shown - before];
  // The offset before a change gives the earlier of two instants, since clocks are set back by making it smaller.
  const instants = [before, after].map((offset) => shown - offset);
  const right = instants.filter((instant) => instant + offsetMs(zone, instant) === shown);
  return right.length > 0 ? right : [changeBetween(zone, shown - DAY_MS, shown + DAY_MS)];
};

/** The instant at which clocks are set, of which there is one between two. */
const changeBetween = (zone: string, from: number, to: number): number => {
  const before = offsetMs(zone, from);
  let [low, high] = [from, to];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetMs(zone, middle) === before) low = middle;
    else high = middle;
  }
  return high;
};
