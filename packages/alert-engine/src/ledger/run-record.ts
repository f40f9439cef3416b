import { randomUUID } from "node:crypto";
import { type EntryRecord, slotIndex, type SlotEntry, type StateDocument } from "@mozdef/alert-store";
import { isoUtc } from "@mozdef/alert";
import { placeInCode } from "../place/place-in-code.ts";
import type { RunResult } from "../run/run-result.ts";

/** What is kept of an error. */
export interface RecordedProblem {
  readonly code: string;
  readonly message: string;
  /** Where in the code of the alert it comes from, as `my-alerts/src/alert-door.ts:25:13`. Left out when no code of an alert threw. */
  readonly place?: string;
}

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
  readonly errors: readonly RecordedProblem[];
  /** What may make the alert blind. Left out when there is nothing. */
  readonly warnings?: readonly RecordedProblem[];
  /** Whether somebody asked for the run. */
  readonly manual?: boolean;
}

/** Bounds the record of an alert that fails on each of thousands of events. */
const MOST_ERRORS = 100;
const LONGEST_ERROR = 2_000;

export const runOf = (result: RunResult, manual = false): AlertRun =>
  recordedBefore(result) ?? {
    alert: result.task,
    slot: isoUtc(result.slot),
    health: result.health,
    hits: result.hits,
    alerts: result.alerts.map(({ _id }) => _id),
    durationMs: Math.round(result.durationMs * 10) / 10,
    errors: recorded(result.errors),
    ...(result.warnings.length > 0 && { warnings: recorded(result.warnings) }),
    ...(manual && { manual }),
  };

/** The run of whoever had decided about the slot before. */
const recordedBefore = ({ before, task }: RunResult): AlertRun | null =>
  before === undefined ? null : (runsOf(before as RunDocument).find(({ alert }) => alert === task) ?? null);

const recorded = (problems: RunResult["errors"]): AlertRun["errors"] =>
  problems.slice(0, MOST_ERRORS).map((problem) => {
    const place = placeInCode(problem);
    const { code, message } = problem;
    return { code, message: message.slice(0, LONGEST_ERROR), ...(place !== null && { place }) };
  });

/**
 * Alerts that ran together, as they are kept in the entry of their slot: few bytes for those that were quiet, which nearly all are. At 500
 * alerts a minute, a document each would be the largest index of all.
 */
export interface RunDocument extends SlotEntry {
  /** In the order of `names`. */
  readonly hits: readonly number[];
  /** In the order of `names`. */
  readonly durationMs: readonly number[];
  /** The runs that made an alert, failed, warned, or were asked for. */
  readonly notable: readonly AlertRun[];
}

/** What an entry keeps of runs, in the order of its names. */
export const runRecord = (runs: readonly AlertRun[]): EntryRecord & Pick<RunDocument, "notable"> => ({
  health: runs.some(({ health }) => health === "error") ? "error" : "ok",
  hits: runs.map(({ hits }) => hits),
  durationMs: runs.map(({ durationMs }) => durationMs),
  notable: runs.filter(isNotable),
});

const isNotable = ({ alerts, health, warnings = [], manual = false }: AlertRun): boolean =>
  alerts.length > 0 || health === "error" || warnings.length > 0 || manual;

/** What is kept of runs that were just made. @param manual - Whether somebody asked for the runs. */
export const recordOf = (results: readonly RunResult[], manual = false): EntryRecord =>
  runRecord(results.map((result) => runOf(result, manual)));

/** The runs of a document as they were before {@link runRecord}. */
export const runsOf = ({
  utctimestamp,
  names,
  hits = [],
  durationMs = [],
  notable = [],
}: Pick<RunDocument, "utctimestamp" | "names"> &
  Partial<Pick<RunDocument, "hits" | "durationMs" | "notable">>): AlertRun[] =>
  names.map(
    (alert, index) =>
      notable.find((run) => run.alert === alert) ?? {
        alert,
        slot: isoUtc(new Date(utctimestamp)),
        health: "ok",
        hits: hits[index] ?? 0,
        alerts: [],
        durationMs: durationMs[index] ?? 0,
        errors: [],
      },
  );

/** Slots that should have run but never will: they are too long ago. */
export interface Gap {
  /** Exclusive. */
  readonly from: Date;
  /** Inclusive. */
  readonly to: Date;
}

/** Slots that were never run, as `GET /api/runs` shows them. */
export interface GapRecord {
  readonly alert: string;
  /** Exclusive. */
  readonly from: string;
  /** Inclusive. */
  readonly to: string;
}

/** Recorded on the day the gap was noticed, as of its last slot: the alert goes on from there. */
export const gapDocument = (alert: string, { from, to }: Gap, noticed: Date): StateDocument => ({
  index: slotIndex(noticed),
  id: `gap-${alert}-${from.getTime()}`,
  source: { type: "gap", utctimestamp: to.toISOString(), names: [alert], alert, from: isoUtc(from), to: isoUtc(to) },
});

/**
 * Where alerts stand of which the ledger has nothing, or nothing that will be there for long: what comes after the slot is due.
 *
 * @param recorded - The day whose index has it.
 */
export const beginDocument = (names: readonly string[], slot: Date, recorded: Date): StateDocument => ({
  index: slotIndex(recorded),
  id: `begin-${randomUUID()}`,
  source: { type: "begin", utctimestamp: slot.toISOString(), names },
});
