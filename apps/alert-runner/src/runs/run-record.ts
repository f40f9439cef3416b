import { randomUUID } from "node:crypto";
import { runIndex, type RunResult, type StateDocument } from "@mozdef/alert-store";
import { isoUtc } from "@mozdef/alert";
import type { Gap } from "../schedule/due-slots.ts";

/** One run of one alert, as `GET /api/runs` shows it. */
export interface AlertRun {
  readonly alert: string;
  /** The time the alert looked at, not that of the machine. */
  readonly slot: string;
  readonly health: "ok" | "error";
  /** Events that its searches matched. */
  readonly hits: number;
  /** Ids of the alerts it made. */
  readonly alerts: readonly string[];
  readonly durationMs: number;
  /** What failed, the first hundred; empty when nothing did. */
  readonly errors: readonly { readonly code: string; readonly message: string }[];
  /** Whether somebody asked for the run. */
  readonly manual?: boolean;
}

/** Bounds the record of an alert that fails on each of thousands of events. */
const MOST_ERRORS = 100;
const LONGEST_ERROR = 2_000;

export const runOf = (result: RunResult, manual = false): AlertRun => ({
  alert: result.alert,
  slot: isoUtc(result.slot),
  health: result.health,
  hits: result.hits,
  alerts: result.alerts.map(({ _id }) => _id),
  durationMs: Math.round(result.durationMs * 10) / 10,
  errors: result.errors
    .slice(0, MOST_ERRORS)
    .map(({ code, message }) => ({ code, message: message.slice(0, LONGEST_ERROR) })),
  ...(manual && { manual }),
});

/** One document for all alerts that ran together: at 500 alerts a minute, one each would be the largest index of all. */
export const runDocument = (runs: readonly AlertRun[], slot: Date): StateDocument => ({
  index: runIndex(slot),
  id: randomUUID(),
  source: {
    type: "run",
    utctimestamp: isoUtc(slot),
    status: runs.some(({ health }) => health === "error") ? "error" : "ok",
    names: runs.map(({ alert }) => alert),
    runs,
  },
});

/** Slots that were never run, as `GET /api/runs` shows them. */
export interface GapRecord {
  readonly alert: string;
  /** Exclusive. */
  readonly from: string;
  /** Inclusive. */
  readonly to: string;
}

/** Recorded on the day the gap was noticed. */
export const gapDocument = (alert: string, { from, to }: Gap, noticed: Date): StateDocument => ({
  index: runIndex(noticed),
  id: `gap-${alert}-${from.getTime()}`,
  source: { type: "gap", utctimestamp: isoUtc(noticed), names: [alert], alert, from: isoUtc(from), to: isoUtc(to) },
});
