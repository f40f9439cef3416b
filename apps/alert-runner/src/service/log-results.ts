import type { RunResult } from "@mozdef/alert-store";
import type { FastifyBaseLogger } from "fastify";

/** Alerts and failures are worth a line each; quiet runs are for whoever debugs. */
export const logResults = (log: FastifyBaseLogger, results: readonly RunResult[]): void => {
  for (const { alert, slot, alerts, errors, hits, durationMs } of results) {
    const run = { alert, slot: slot.toISOString(), hits, ms: Math.round(durationMs) };
    // What an alert says comes from whoever wrote the events: as a field it is escaped on its way to a terminal.
    for (const { _id, _source } of alerts)
      log.info({ alert, id: _id, severity: _source.severity, summary: _source.summary }, "alert");
    for (const error of errors) log.error({ ...run, code: error.code, err: error }, "an alert failed");
    if (alerts.length === 0 && errors.length === 0) log.debug(run, "quiet");
  }
};
