/**
 * Slots of the past that are run beside those of the present: since they were missed, or since somebody asked for them. A part of one
 * shard, as it is stored.
 */
export interface BackfillPart {
  readonly type: "backfill";
  /** The document. */
  readonly name: string;
  /** What belongs together has one. */
  readonly id: string;
  /** `missed`: the slots are decided as if they had been run in time. `asked`: they are looked at once more. */
  readonly reason: "missed" | "asked";
  readonly shard: number;
  readonly alerts: readonly string[];
  /** Exclusive; ISO 8601. */
  readonly from: string;
  /** Inclusive; ISO 8601. */
  readonly to: string;
  /** The slots up to there are done; ISO 8601. */
  readonly doneTo: string;
  /** Whether alerts go to their targets. */
  readonly notify: boolean;
  readonly status: BackfillStatus;
  /** Runs of alerts so far, alerts that were made, and runs that failed. */
  readonly runs: number;
  readonly made: number;
  readonly failed: number;
  /** What failed last; null when nothing did. */
  readonly error: string | null;
  /** Who asked for it; null when slots were missed. */
  readonly by: string | null;
  /** When it was recorded, and when it ended; ISO 8601. */
  readonly at: string;
  readonly endedAt: string | null;
}

export const BACKFILL_STATUSES = ["open", "done", "cancelled"] as const;
export type BackfillStatus = (typeof BACKFILL_STATUSES)[number];

/** All parts of a backfill together. */
export type Backfill = Omit<BackfillPart, "type" | "name" | "shard">;

/** What is asked for. */
export interface BackfillRequest {
  /** Names of alerts. */
  readonly alerts: readonly string[];
  /** Slots after that time, up to and with `to`. */
  readonly from: Date;
  readonly to: Date;
  /** Whether alerts go to their targets. */
  readonly notify: boolean;
  /** Who asks. */
  readonly by: string;
}

/** Backfills out of their parts, newest first. */
export const backfillsOf = (parts: readonly BackfillPart[]): readonly Backfill[] => {
  const byId = new Map<string, Backfill>();
  for (const part of parts) {
    const known = byId.get(part.id);
    byId.set(part.id, known === undefined ? part : together(known, part));
  }
  return [...byId.values()].sort((a, b) => (a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at < b.at ? 1 : -1));
};

const together = (a: Backfill, b: Backfill): Backfill => ({
  ...a,
  alerts: [...a.alerts, ...b.alerts].sort(),
  doneTo: a.doneTo < b.doneTo ? a.doneTo : b.doneTo,
  status: a.status === "open" || b.status === "open" ? "open" : a.status === "cancelled" ? a.status : b.status,
  runs: a.runs + b.runs,
  made: a.made + b.made,
  failed: a.failed + b.failed,
  error: a.error ?? b.error,
  endedAt: a.endedAt === null || b.endedAt === null ? null : a.endedAt > b.endedAt ? a.endedAt : b.endedAt,
});
