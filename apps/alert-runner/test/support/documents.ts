import type { AlertStore } from "@mozdef/alert-store";

/** A document as it is stored. */
export interface Stored {
  readonly _id: string;
  readonly _source: Readonly<Record<string, unknown>>;
}

/** Documents read in one request. */
const PAGE = 5_000;

/** Every document of an index pattern. */
export const documents = async ({ client, names }: AlertStore, pattern: string): Promise<readonly Stored[]> => {
  const index = names.physical(pattern);
  await client.indices.refresh({ index });
  const { id } = await client.openPointInTime({ index, keep_alive: "1m" });
  const found: Stored[] = [];
  let after: readonly unknown[] | undefined;
  try {
    for (;;) {
      const { hits } = await client.search<Stored["_source"]>({
        pit: { id },
        size: PAGE,
        sort: ["_shard_doc"],
        ...(after !== undefined && { search_after: [...after] as string[] }),
      });
      for (const { _id = "", _source = {} } of hits.hits) found.push({ _id, _source });
      after = hits.hits.at(-1)?.sort;
      if (hits.hits.length < PAGE) return found;
    }
  } finally {
    await client.closePointInTime({ id });
  }
};

/** How often each value is there. */
export const timesOf = (values: readonly string[]): ReadonlyMap<string, number> => {
  const times = new Map<string, number>();
  for (const value of values) times.set(value, (times.get(value) ?? 0) + 1);
  return times;
};
