import { isoUtc } from "@mozdef/alert";
import type { AlertStore } from "../alert-store.ts";
import { msearch } from "../requests/msearch.ts";
import { StoreError } from "../store-error.ts";

/** What is looked for: the alert that speaks for a group. */
export interface WantedAlert {
  /** The own name of the alert. */
  readonly name: string;
  readonly groupkey: string;
  /** Made since then; exclusive. */
  readonly since: Date;
}

/** An alert that others may be added to. */
export interface OpenAlert {
  /** Logical name. */
  readonly index: string;
  readonly id: string;
  readonly count: number;
  readonly firstcount: number;
}

const ALERTS = "alerts-*";

/**
 * The newest alert of each name and group, made before `now`. One request for all of them.
 *
 * @returns in the order of what was wanted; null where there is none.
 * @throws {StoreError} when it cannot be said of all of them.
 */
export const openAlerts = async (
  store: AlertStore,
  wanted: readonly WantedAlert[],
  now: Date,
): Promise<readonly (OpenAlert | null)[]> => {
  const searches = wanted.map(({ name, groupkey, since }) => ({
    indices: [ALERTS],
    body: {
      query: {
        bool: {
          filter: [
            { term: { classname: name } },
            { term: { groupkey } },
            { range: { utctimestamp: { gt: isoUtc(since), lte: isoUtc(now) } } },
          ],
        },
      },
      sort: [{ utctimestamp: { order: "desc" as const } }],
      size: 1,
      _source: ["count", "firstcount"],
    },
  }));
  const answers = await msearch(store, searches);
  return answers.map((answer) => {
    if (answer instanceof StoreError) throw answer;
    const [hit] = answer.hits.hits;
    if (hit === undefined) return null;
    const { count = 1, firstcount = count } = (hit._source ?? {}) as Partial<OpenAlert>;
    return { index: store.names.logical(hit._index), id: hit._id ?? "", count, firstcount };
  });
};
