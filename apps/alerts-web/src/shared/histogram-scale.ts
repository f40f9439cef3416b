/** Something counted over time. */
export interface Buckets {
  /** How long each is, in milliseconds. */
  readonly intervalMs: number;
  readonly buckets: readonly {
    /** Its begin, in ISO 8601. */
    readonly at: string;
    readonly count: number;
    /** How many of each severity there are. Default: none has one. */
    readonly severities?: Readonly<Record<string, number>>;
  }[];
}

/** A piece of a bar. Sizes are in parts of the whole: 0 to 1. */
export interface Piece {
  readonly tone: string;
  readonly y: number;
  readonly height: number;
}

/** A bar of the histogram. */
export interface Bar {
  readonly x: number;
  readonly width: number;
  readonly pieces: readonly Piece[];
}

/** The most severe at the bottom. */
const ORDER = ["CRITICAL", "ERROR", "WARNING", "NOTICE", "INFO"];

const rankOf = (severity: string): number => {
  const rank = ORDER.indexOf(severity.toUpperCase());
  return rank === -1 ? ORDER.length : rank;
};

/** Bars that fill the whole width and, at their highest, the whole height. */
export const barsOf = ({ buckets }: Buckets, toneOf: (severity: string) => string): readonly Bar[] => {
  const most = Math.max(1, ...buckets.map(({ count }) => count));
  const width = 1 / Math.max(1, buckets.length);
  return buckets.map(({ count: all, severities = { INFO: all } }, index) => {
    let below = 0;
    const pieces = Object.entries(severities)
      .toSorted(([a], [b]) => rankOf(a) - rankOf(b))
      .map(([severity, count]) => {
        const height = count / most;
        below += height;
        return { tone: toneOf(severity), y: 1 - below, height };
      });
    return { x: index * width, width, pieces };
  });
};

/** The time of a part of the histogram, from one place to another in whichever order: whole buckets. Places are 0 to 1. */
export const rangeOf = (
  { buckets, intervalMs }: Buckets,
  from: number,
  to: number,
): { readonly since: string; readonly until: string } | undefined => {
  const at = (place: number) => Math.min(buckets.length - 1, Math.max(0, Math.floor(place * buckets.length)));
  const [first, last] = [buckets[at(Math.min(from, to))], buckets[at(Math.max(from, to))]];
  if (first === undefined || last === undefined) return undefined;
  return {
    since: new Date(first.at).toISOString(),
    // The service takes both ends in.
    until: new Date(new Date(last.at).getTime() + intervalMs - 1).toISOString(),
  };
};
