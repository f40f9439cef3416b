import { isoUtc } from "@mozdef/alert";
import {
  AlertError,
  type AlertDocument,
  type EventIds,
  type NewAlert,
  notifies,
  SEVERITIES,
} from "@mozdef/alert/runtime";
import { createHash } from "node:crypto";
import { grouped } from "../grouped.ts";
import type { EvaluatedRun } from "./run-values.ts";

/** Events of the alerts it stands for that a storm alert carries. */
const SAMPLES = 10;

export interface BrakeOptions {
  /** The slot. */
  readonly now: Date;
  /** How many alerts one run may make under one name. */
  readonly mostAlerts: number;
}

/**
 * Between the quiet time and the plugins: nobody reads sixty thousand alerts of one minute. Of more than a run may make under one name
 * the first are kept, and one alert stands for all others, with their number and their events.
 */
export const brake = (runs: readonly EvaluatedRun[], options: BrakeOptions): readonly EvaluatedRun[] =>
  runs.map((run) => (run.alerts.length > options.mostAlerts ? brakeRun(run, options) : run));

const brakeRun = (run: EvaluatedRun, options: BrakeOptions): EvaluatedRun => {
  const byName = grouped(run.alerts, ({ alert }) => alert._source.classname);
  const alerts: NewAlert[] = [];
  const warnings: AlertError[] = [];
  for (const [name, made] of byName) {
    const others = made.slice(options.mostAlerts);
    alerts.push(...made.slice(0, options.mostAlerts));
    const [first] = others;
    if (first === undefined) continue;
    alerts.push(stormOf(name, first, others, made.length, options));
    warnings.push(new AlertError("ALERT_STORM", stormText(name, made.length, options)));
  }
  return { ...run, alerts, warnings: [...run.warnings, ...warnings] };
};

const stormText = (name: string, count: number, { mostAlerts }: BrakeOptions): string =>
  `${name} made ${count} alerts at once, ${mostAlerts} are allowed (limits.runAlerts): one stands for the other ${count - mostAlerts}.`;

const stormOf = (
  name: string,
  first: NewAlert,
  others: readonly NewAlert[],
  count: number,
  options: BrakeOptions,
): NewAlert => {
  const further = others.flatMap(({ coversFurther = [] }) => coversFurther);
  const severity = worstOf(others);
  const source: AlertDocument = {
    utctimestamp: isoUtc(options.now),
    severity,
    summary: stormText(name, count, options),
    category: "storm",
    tags: ["storm"],
    events: others.slice(0, SAMPLES).flatMap(({ alert }) => alert._source.events.slice(0, 1)),
    channel: null,
    notify_mozdefbot: notifies({ severity }),
    status: "manual",
    classname: name,
    details: { alerts: count, standsfor: others.length, examples: others.slice(0, SAMPLES).map(summaryOf) },
  };
  return {
    alert: { _index: first.alert._index, _id: idOf(first), _source: source },
    covers: others.flatMap(({ covers }) => covers),
    ...(further.length > 0 && { coversFurther: merged(further) }),
  };
};

const summaryOf = ({ alert }: NewAlert): string => alert._source.summary;

/** The same when the run is done again: the alerts of a run come in one order. */
const idOf = ({ alert: { _id } }: NewAlert): string =>
  createHash("sha256").update(`storm ${_id}`).digest("hex").slice(0, 32);

const worstOf = (alerts: readonly NewAlert[]): string => {
  const ranks = alerts.map(({ alert }) => (SEVERITIES as readonly string[]).indexOf(alert._source.severity));
  return SEVERITIES[ranks.reduce((worst, rank) => Math.max(worst, rank), 0)] ?? "NOTICE";
};

const merged = (parts: readonly EventIds[]): readonly EventIds[] =>
  [...grouped(parts, ({ index }) => index)].map(([index, all]) => ({ index, ids: all.flatMap(({ ids }) => ids) }));
