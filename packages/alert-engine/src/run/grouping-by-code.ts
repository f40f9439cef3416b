import type { Hit } from "@mozdef/alert";
import { AlertError, type PlannedSearch } from "@mozdef/alert/runtime";
import type { StoreError } from "@mozdef/alert-store";
import type { AlertHost, StageScope } from "../host/alert-host.ts";
import type { PlannedRun } from "./run-values.ts";

/** Problems of one alert that are kept: code that fails on each of a million events says so a million times. */
const MOST_ERRORS = 10;

/** Asks the host for the groups that the code of alerts makes, and keeps what that code does wrong for its run. */
export class GroupingByCode {
  readonly #host: AlertHost;
  readonly #scope: StageScope;
  readonly #runOf: ReadonlyMap<PlannedSearch, PlannedRun>;
  readonly #errors = new Map<PlannedRun, (AlertError | StoreError)[]>();

  constructor(host: AlertHost, runs: readonly PlannedRun[], scope: StageScope) {
    this.#host = host;
    this.#scope = scope;
    this.#runOf = new Map(runs.flatMap((run) => run.searches.map((search) => [search, run] as const)));
  }

  readonly keysOf = async (planned: PlannedSearch, events: readonly Hit[]): Promise<readonly (readonly string[])[]> => {
    const { name, search } = planned;
    const run = this.#runOf.get(planned);
    const groupBy = search.kind === "aggregation" ? search.groupBy : null;
    if (run === undefined || groupBy === null)
      throw new AlertError("ALERT_FAILED", `${name} has no code that makes groups.`);
    const grouped = await this.#host.group({ task: run.task, name, groupBy, events }, this.#scope);
    const [first] = grouped.errors;
    // Without the groups of some events the others say too little.
    if (!grouped.isComplete && first !== undefined) throw first;
    this.#keep(run, grouped.errors);
    return grouped.keys;
  };

  #keep(run: PlannedRun, errors: readonly (AlertError | StoreError)[]): void {
    if (errors.length === 0) return;
    const kept = this.#errors.get(run) ?? [];
    this.#errors.set(run, [...kept, ...errors.slice(0, Math.max(0, MOST_ERRORS - kept.length))]);
  }

  /** What the code of a run did wrong, while it went on. */
  errorsOf(run: PlannedRun): readonly (AlertError | StoreError)[] {
    return this.#errors.get(run) ?? [];
  }
}
