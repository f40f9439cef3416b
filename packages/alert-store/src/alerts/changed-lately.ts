import { isoUtc } from "@mozdef/alert";
import type { AlertStore } from "../alert-store.ts";
import { storeError } from "../store-error.ts";

/**
 * Ids of alerts that were acknowledged or closed since a time.
 *
 * @param size - How many at most.
 * @throws {StoreError}
 */
export const changedLately = async (
  { client, names }: AlertStore,
  since: Date,
  size: number,
): Promise<readonly string[]> => {
  const range = { gte: isoUtc(since) };
  try {
    const { hits } = await client.search({
      index: names.physical("alerts-*"),
      query: {
        bool: {
          filter: [
            { bool: { should: [{ range: { acknowledged: range } }, { range: { closedat: range } }] } },
            { terms: { status: ["acknowledged", "closed"] } },
          ],
        },
      },
      sort: [{ utctimestamp: { order: "desc", unmapped_type: "date" } }],
      _source: false,
      size,
      track_total_hits: false,
    });
    return hits.hits.flatMap(({ _id }) => _id ?? []);
  } catch (cause) {
    throw storeError("Cannot find alerts that were changed lately", cause);
  }
};
