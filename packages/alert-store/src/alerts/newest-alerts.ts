import { isoUtc } from "@mozdef/alert";
import type { AlertStatus, CloseReason } from "@mozdef/alert/runtime";
import type { AlertStore } from "../alert-store.ts";
import { msearch } from "../requests/msearch.ts";
import { StoreError } from "../store-error.ts";

/** What is looked for: the alert that speaks for a group. */
export interface WantedAlert {
  /** The own name of the alert. */
  readonly name: string;
  readonly groupkey: string;
}

/** The newest alert of a group. */
export interface NewestAlert {
  /** Logical name. */
  readonly index: string;
  readonly id: string;
  /** When it was made, ISO 8601. */
  readonly utctimestamp: string;
  readonly status: AlertStatus;
  readonly closereason: CloseReason | null;
  /** When it was closed, ISO 8601; null when it is open. */
  readonly closedat: string | null;
  readonly count: number;
  readonly firstcount: number;
}

const ALERTS = "alerts-*";

/**
 * The newest alert of each name and group, open or closed, made before `now`. One request for all of them.
 *
 * @returns in the order of what was wanted; null where there is none.
 * @throws {StoreError} when it cannot be said of all of them.
 */
export const newestAlerts = async (
  store: AlertStore,
  wanted: readonly WantedAlert[],
  now: Date,
): Promise<readonly (NewestAlert | null)[]> => {
  const searches = wanted.map(({ name, groupkey }) => ({
    indices: [ALERTS],
    body: {
      query: {
        bool: {
          filter: [
            { term: { classname: name } },
            { term: { groupkey } },
            { range: { utctimestamp: { lte: isoUtc(now) } } },
          ],
        },
      },
      sort: [{ utctimestamp: { order: "desc" as const } }],
      size: 1,
      _source: ["count", "firstcount", "utctimestamp", "status", "closereason", "closedat"],
    },
  }));
  const answers = await msearch(store, searches);
  return answers.map((answer) => {
    if (answer instanceof StoreError) throw answer;
    const [hit] = answer.hits.hits;
    if (hit === undefined) return null;
    const source = (hit._source ?? {}) as Partial<NewestAlert>;
    const { count = 1, firstcount = count, utctimestamp = "", status = "manual" } = source;
    const { closereason = null, closedat = null } = source;
    const index = store.names.logical(hit._index);
    return { index, id: hit._id ?? "", utctimestamp, status, closereason, closedat, count, firstcount };
  });
};
