import type { AlertStore } from "../alert-store.ts";
import { STATE_INDEX } from "../names.ts";
import { RUNNER } from "../state/runners.ts";
import { storeError } from "../store-error.ts";

/**
 * Types of small documents that are about the processes at work on a store, and mean nothing anywhere else. A new one that is forgotten
 * here is carried over like a setting.
 */
const OF_RUNNERS: readonly string[] = [RUNNER, "asked-run"];

/** Those, and sessions of people: whoever moves a store signs in once more. */
export const STAYS_BEHIND: readonly string[] = [...OF_RUNNERS, "session"];

/** Longer than a runner takes to say that it is there. */
const LOOKS = 12;
const LOOK_MS = 500;

/**
 * Whether runners are at work on a store: what they say of themselves changes. Takes some seconds when there may be one, since a runner that
 * was killed leaves the same documents behind.
 *
 * @param pause - Waits for some milliseconds.
 * @throws {StoreError}
 */
export const areRunnersAtWork = async (
  store: AlertStore,
  pause: (ms: number) => Promise<unknown>,
): Promise<boolean> => {
  const before = await said(store);
  for (let look = 0; look < LOOKS && before !== ""; look += 1) {
    await pause(LOOK_MS);
    if ((await said(store)) !== before) return true;
  }
  return false;
};

/** What runners say of themselves, as text; empty when none has said anything since the last one was ended. */
const said = async ({ client, names }: AlertStore): Promise<string> => {
  const index = names.physical(STATE_INDEX);
  try {
    await client.indices.refresh({ index, ignore_unavailable: true });
    const { hits } = await client.search({
      index,
      ignore_unavailable: true,
      allow_partial_search_results: false,
      query: { terms: { type: [...OF_RUNNERS] } },
      size: 1_000,
      track_total_hits: false,
    });
    return hits.hits
      .map(({ _id, _source }) => `${_id ?? ""} ${JSON.stringify(_source)}`)
      .sort()
      .join("\n");
  } catch (cause) {
    throw storeError("Cannot ask whether runners are at work", cause);
  }
};
