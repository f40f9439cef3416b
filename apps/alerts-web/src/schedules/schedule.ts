import type { AlertRun, Schedule } from "@mozdef/alert-api";

/** A run in a few words: `3 events, 1 alert, 12 ms`. */
export const describeRun = ({ hits, alerts, durationMs }: Pick<AlertRun, "hits" | "alerts" | "durationMs">): string =>
  `${counted(hits, "event")}, ${counted(alerts.length, "alert")}, ${Math.round(durationMs)} ms`;

/** `Enabled by: who at when`, as on MozDef's page; empty when nobody has changed it. */
export const changedBy = ({
  enabled,
  modifiedat,
  modifiedby,
}: Pick<Schedule, "enabled" | "modifiedat" | "modifiedby">): string =>
  modifiedat === null ? "" : `${enabled ? "Enabled" : "Disabled"} by: ${modifiedby ?? "unknown"} at ${modifiedat}`;

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;
