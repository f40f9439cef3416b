import { isoUtc } from "@mozdef/alert";
import type { AlertStore } from "../alert-store.ts";
import { msearch } from "../requests/msearch.ts";
import { StoreError } from "../store-error.ts";

/** Whose alerts are looked for. */
export interface EndingSearch {
  /** The own name of the alert. */
  readonly name: string;
  /** Found last at this time or before. */
  readonly until: Date;
}

/** An open alert that was not found for a while. */
export interface EndedAlert {
  /** Logical name. */
  readonly index: string;
  readonly id: string;
  readonly groupkey: string;
}

/** Alerts of one name that are looked at in one run. More of them end with the next: those that were not found for longest come first. */
const MOST = 1_000;

/**
 * The alerts that resolve by themselves, are open, and were not found for long enough. One request for all of them.
 *
 * @returns in the order of what was asked.
 * @throws {StoreError} when it cannot be said of all of them.
 */
export const endedAlerts = async (
  store: AlertStore,
  ending: readonly EndingSearch[],
): Promise<readonly (readonly EndedAlert[])[]> => {
  const searches = ending.map(({ name, until }) => ({
    indices: ["alerts-*"],
    body: {
      query: {
        bool: {
          filter: [
            { term: { classname: name } },
            { exists: { field: "resolveafterms" } },
            { range: { lastseen: { lte: isoUtc(until) } } },
          ],
          must_not: [{ term: { status: "closed" } }],
        },
      },
      sort: [{ lastseen: { order: "asc" as const, unmapped_type: "date" as const } }],
      size: MOST,
      _source: ["groupkey"],
    },
  }));
  const answers = await msearch(store, searches);
  return answers.map((answer) => {
    if (answer instanceof StoreError) throw answer;
    return answer.hits.hits.map(({ _index, _id = "", _source }) => {
      const { groupkey = "" } = (_source ?? {}) as Partial<EndedAlert>;
      return { index: store.names.logical(_index), id: _id, groupkey };
    });
  });
};
