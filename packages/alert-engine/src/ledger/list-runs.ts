import type { estypes } from "@elastic/elasticsearch";
import { type AlertStore, SLOTS, storeError } from "@mozdef/alert-store";
import { type AlertRun, type GapRecord, type RunDocument, runsOf } from "./run-record.ts";

export interface RunFilter {
  /** Only this alert. */
  readonly alert?: string | undefined;
  readonly health?: "ok" | "error" | undefined;
  /** Ticks to look at, newest first. At each, every alert that was due has a run. */
  readonly ticks: number;
}

export interface RunList {
  /** Newest first. */
  readonly runs: readonly AlertRun[];
  readonly gaps: readonly GapRecord[];
}

/**
 * What ran, newest first, and what was missed.
 *
 * @throws {StoreError} when the store does not answer.
 */
export const listRuns = async (store: AlertStore, { alert, health, ticks }: RunFilter): Promise<RunList> => {
  const names = alert === undefined ? [] : [{ term: { names: alert } }];
  const status = health === "error" ? [{ term: { health } }] : [];
  try {
    const [runs, gaps] = await Promise.all([
      newestEntries<RunDocument>(store, [{ terms: { type: ["slot", "asked"] } }, ...names, ...status], ticks),
      newestEntries<GapRecord>(store, [{ term: { type: "gap" } }, ...names], ticks),
    ]);
    const wanted = (run: AlertRun): boolean =>
      (alert === undefined || run.alert === alert) && (health === undefined || run.health === health);
    return {
      runs: runs.flatMap((tick) => runsOf(tick).filter(wanted)),
      gaps: gaps.map(({ alert: name, from, to }) => ({ alert: name, from, to })),
    };
  } catch (cause) {
    throw storeError("Cannot list the runs", cause);
  }
};

/** Documents of the ledger that match, without what follows from them; newest first. @throws what the client throws. */
export const newestEntries = async <T>(
  { client, names }: AlertStore,
  filter: estypes.QueryDslQueryContainer[],
  size: number,
): Promise<T[]> => {
  const { hits } = await client.search<T>({
    index: names.physical(SLOTS),
    query: { bool: { filter } },
    sort: [{ utctimestamp: { order: "desc", unmapped_type: "date" } }],
    size,
    _source: { excludes: ["pieces"] },
    track_total_hits: false,
  });
  return hits.hits.flatMap(({ _source }) => (_source === undefined ? [] : [_source]));
};
