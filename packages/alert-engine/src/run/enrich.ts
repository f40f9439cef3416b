import type { AlertContext } from "@mozdef/alert";
import { type AlertError, type AlertPlugin, applyPlugins, type NewAlert, type Sources } from "@mozdef/alert/runtime";
import type { AlertStore } from "@mozdef/alert-store";
import type { AlertServices } from "../host/alert-context.ts";
import type { StageScope } from "../host/alert-host.ts";
import { runStage } from "../host/run-stage.ts";
import { type EvaluatedRun, joined } from "./run-values.ts";

/** What the plugins run with. */
export interface EnrichOptions extends StageScope {
  readonly store: AlertStore;
  readonly services: AlertServices;
  /** Sources of events by their names. Default: none. */
  readonly sources?: Sources | undefined;
  readonly plugins: readonly AlertPlugin[];
}

/** Fourth stage: plugins add to alerts, or drop them. An alert of no event, i.e. of silence, is left as it is. */
export const enrich = async (
  runs: readonly EvaluatedRun[],
  options: EnrichOptions,
): Promise<readonly EvaluatedRun[]> =>
  options.plugins.length === 0 ? runs : Promise.all(runs.map((run) => enrichRun(run, options)));

const enrichRun = async (run: EvaluatedRun, options: EnrichOptions): Promise<EvaluatedRun> => {
  if (run.alerts.length === 0) return run;
  const stage = { ...options, task: run.task, name: "plugins", kept: run.kept };
  const { value, ...outcome } = await runStage(stage, (context) => enrichAll(run.alerts, options.plugins, context));
  const next = { ...outcome, errors: [...outcome.errors, ...(value?.errors ?? [])] };
  return { ...run, ...joined(run, next), alerts: value?.kept ?? [], dropped: value?.dropped ?? [] };
};

interface Enriched {
  readonly kept: readonly NewAlert[];
  readonly dropped: readonly NewAlert[];
  readonly errors: readonly AlertError[];
}

const enrichAll = async (
  alerts: readonly NewAlert[],
  plugins: readonly AlertPlugin[],
  context: AlertContext,
): Promise<Enriched> => {
  const [kept, dropped, errors]: [NewAlert[], NewAlert[], AlertError[]] = [[], [], []];
  for (const made of alerts) {
    if (made.covers.length === 0) {
      kept.push(made);
      continue;
    }
    const { alert: enriched, errors: failures } = await applyPlugins(made.alert._source, plugins, context);
    errors.push(...failures);
    if (enriched === null) dropped.push(made);
    else kept.push({ ...made, alert: { ...made.alert, _source: enriched } });
  }
  return { kept, dropped, errors };
};
