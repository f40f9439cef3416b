import {
  type ChangedRules,
  type EngineObserver,
  type FinishedDelivery,
  placeInCode,
  type RunResult,
} from "@mozdef/alert-engine";
import { messageOf } from "@mozdef/alert";
import type { FastifyBaseLogger } from "fastify";
import { StoreAbsence } from "./store-absence.ts";

/** Writes what the engine reports to the log. Alerts and failures are worth a line each; quiet runs are for whoever debugs. */
export const logObserver = (log: FastifyBaseLogger): EngineObserver => {
  const failures = new Failures();
  const absence = new StoreAbsence(log);
  const fail = (error: unknown, what: string): void => {
    if (!absence.takes(error, what)) log.error(failures.described(what, error), what);
  };
  return {
    onRun: (result) => logRun(log, failures, absence, result),
    onTick: ({ results }) => absence.lookAt(results),
    onRunFailure: (error) => fail(error, "a run failed as a whole, trying again"),
    onTickFailure: (error) => fail(error, "cannot run alerts, trying again"),
    onMaintenanceFailure: (error) =>
      fail(error, "cannot prepare tomorrow or delete expired days, trying again; alerts run on"),
    onRunners: (runners) => {
      const own = runners.find(({ isSelf }) => isSelf)?.shards ?? [];
      const others = runners.filter(({ isSelf }) => !isSelf).map(({ id, host }) => `${host} ${id}`);
      log.info({ shards: [...own], others }, "instances have come or gone: the alerts are dealt out anew");
    },
    onDelivery: (delivery) => logDelivery(log, delivery),
    onOutboxFailure: (error) => fail(error, "cannot look for alerts to be sent: they stay queued"),
    onRulesChanged: (change) => logRules(log, change),
    onClockSetBack: ({ byMs }) => log.warn({ byMs }, "the clock was set back: alerts follow its new time"),
    onUnmarked: (unmarked) => {
      for (const { name, count, error } of unmarked)
        log.warn({ alert: name, events: count, code: error.code }, error.message);
    },
    onRoomMade: (index) => log.warn({ index }, "no room for new events: deleted their oldest day"),
    onIndicesRestored: (indices) =>
      log.warn(
        { indices },
        "indices had been deleted by somebody else: they are there again, without what was in them",
      ),
    onPruned: (deleted) => log.info({ deleted }, "deleted old indices"),
  };
};

/** What has failed last, and how: what fails at each slot for a day has its stack in the log once. */
class Failures {
  readonly #last = new Map<string, string>();

  /** @param key - What has failed. */
  described(key: string, error: unknown): { readonly err: unknown } | { readonly reason: string } {
    const reason = messageOf(error);
    const isKnown = this.#last.get(key) === reason;
    this.#last.set(key, reason);
    return isKnown ? { reason } : { err: error };
  }

  /** It works again. */
  forget(key: string): void {
    this.#last.delete(key);
  }
}

const DEBUGGING: ReadonlySet<string> = new Set(["debug", "trace"]);

const logRun = (
  log: FastifyBaseLogger,
  failures: Failures,
  absence: StoreAbsence,
  { task: alert, slot, alerts, errors, hits, durationMs }: RunResult,
): void => {
  const isQuiet = alerts.length === 0 && errors.length === 0;
  // Nearly all are, and nobody reads of them.
  if (isQuiet && !DEBUGGING.has(log.level)) {
    failures.forget(alert);
    return;
  }
  const run = { alert, slot: slot.toISOString(), hits, ms: Math.round(durationMs) };
  // What an alert says comes from whoever wrote the events: as a field it is escaped on its way to a terminal.
  for (const { _id, _source } of alerts)
    log.info({ alert, id: _id, severity: _source.severity, summary: _source.summary }, "alert");
  if (errors.length === 0) failures.forget(alert);
  for (const error of errors)
    if (!absence.isSaid(error)) logFailure(log, { ...run, code: error.code }, failures, error);
  if (isQuiet) log.debug(run, "quiet");
};

/** The place goes into each line, since only the first has a stack. */
const logFailure = (
  log: FastifyBaseLogger,
  run: { readonly alert: string; readonly code: string },
  failures: Failures,
  error: RunResult["errors"][number],
): void => {
  const place = placeInCode(error);
  const described = failures.described(run.alert, error);
  log.error({ ...run, ...(place !== null && { place }), ...described }, "an alert failed");
};

const logDelivery = (log: FastifyBaseLogger, { target, dispatch, attempt, outcome }: FinishedDelivery): void => {
  const delivery = { target, alert: dispatch.name, id: dispatch.alertid, attempt };
  if (outcome.kind === "sent") log.debug(delivery, "an alert was sent");
  else if (outcome.kind === "retry")
    log.warn({ ...delivery, reason: outcome.error }, "a target did not take an alert, trying again");
  else log.error({ ...delivery, reason: outcome.error }, "a target refused an alert: it is given up");
};

const logRules = (log: FastifyBaseLogger, { before, after, failures }: ChangedRules): void => {
  const old = new Map(before.map((alert) => [alert.name, alert]));
  const now = new Map(after.map((alert) => [alert.name, alert]));
  const added = [...now.keys()].filter((name) => !old.has(name));
  const removed = [...old.keys()].filter((name) => !now.has(name));
  const changed = [...now].flatMap(([name, alert]) => (old.has(name) && old.get(name) !== alert ? [name] : []));
  log.info({ added, changed, removed }, "rules have changed");
  for (const { message, ...failure } of failures) log.error(failure, `not loaded: ${message}`);
};
