/** An alert and its schedule, as `GET /api/schedules` lists it. */
export interface Schedule {
  readonly name: string;
  /** The pack it came from. */
  readonly pack: string;
  readonly enabled: boolean;
  readonly scheduleType: "crontab" | "interval";
  /** Minute, hour, day of week, day of month, month of year; or a number of seconds. */
  readonly schedule: string;
  readonly nextSlot: string | null;
  readonly running: boolean;
  readonly lastRun: AlertRun | null;
  readonly modifiedat: string | null;
  readonly modifiedby: string | null;
}

/** What came of one run of an alert. */
export interface AlertRun {
  readonly slot: string;
  readonly health: "ok" | "error";
  readonly hits: number;
  readonly alerts: readonly string[];
  readonly durationMs: number;
  readonly errors: readonly { readonly code: string; readonly message: string }[];
}

/** A run in a few words: `3 events, 1 alert, 12 ms`. */
export const describeRun = ({ hits, alerts, durationMs }: AlertRun): string =>
  `${counted(hits, "event")}, ${counted(alerts.length, "alert")}, ${Math.round(durationMs)} ms`;

/** `Enabled by: who at when`, as MozDef's page says it; empty when nobody has changed it. */
export const changedBy = ({ enabled, modifiedat, modifiedby }: Schedule): string =>
  modifiedat === null ? "" : `${enabled ? "Enabled" : "Disabled"} by: ${modifiedby ?? "unknown"} at ${modifiedat}`;

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;
