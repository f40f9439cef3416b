import { messageOf } from "@mozdef/alert";
import { type AlertRegistry, dailyMaintenance } from "@mozdef/alert-engine";
import { foreignIndices, type PlannedWrite, setUpStore, withoutWrites } from "@mozdef/alert-store";
import type { LoadedConfig } from "../config/load-config.ts";
import { RunnerError } from "../runner-error.ts";
import type { OpenedStore } from "../store/opened-store.ts";

export interface PlanOptions {
  readonly config: LoadedConfig["config"];
  readonly registry: AlertRegistry;
  readonly open: () => OpenedStore;
  readonly now: Date;
}

/** What the service would do to its cluster when it starts. */
export interface StorePlan {
  readonly writes: readonly PlannedWrite[];
  /** Indices with names as the service's own, which somebody else has made. They are left alone. */
  readonly foreign: readonly string[];
  /** What could not be looked at. */
  readonly warnings: readonly string[];
}

/**
 * Goes through the set-up and the daily maintenance of a cluster, with the code that does them, and changes nothing.
 *
 * @throws {RunnerError} `OPTION_INVALID` for an embedded store, which nobody shares with the service.
 * @throws {StoreError} as the set-up itself would.
 */
export const planStore = async ({ config, registry, open, now }: PlanOptions): Promise<StorePlan> => {
  if ("path" in config.store)
    throw new RunnerError(
      "OPTION_INVALID",
      `--dry-run says what would be done to a cluster (store.node). The store of this configuration is the service's own, in ${config.store.path}: it is made there when it is missing. With --once, --dry-run works on it.`,
    );
  const opened = open();
  const writes: PlannedWrite[] = [];
  const store = withoutWrites(opened.store, (write) => void writes.push(write));
  try {
    const { warnings } = await setUpStore(store, now, { fields: registry.fields, indices: registry.indices });
    const maintenance = dailyMaintenance(store, config.retention);
    await maintenance.run(now);
    const failed = maintenance.failure === null ? [] : [messageOf(maintenance.failure)];
    const foreign = await foreignIndices(opened.store);
    return { writes: distinctWrites(writes), foreign, warnings: [...warnings, ...failed] };
  } finally {
    await opened.close();
  }
};

/** The maintenance of a day begins with what the set-up has done. */
const distinctWrites = (writes: readonly PlannedWrite[]): readonly PlannedWrite[] => [
  ...new Map(writes.map((write) => [JSON.stringify(write), write])).values(),
];

/** The plan in lines. */
export const planReport = ({ writes, foreign, warnings }: StorePlan): string =>
  [
    ...writes.map(({ action, names }) => `would ${action}: ${names.join(", ")}`),
    ...(foreign.length === 0 ? [] : [`leaves alone, since somebody else made them: ${foreign.join(", ")}`]),
    ...warnings.map((warning) => `warning: ${warning}`),
    "Nothing was changed (--dry-run).",
  ].join("\n");
