import type { AlertStore } from "@mozdef/alert-store";

/** Does something to the store that no run may leave behind. */
export type Plant = (store: AlertStore) => Promise<unknown>;

/** A document of those that fit. */
export const one = async ({ client, names }: AlertStore, pattern: string, query: object) => {
  const { hits } = await client.search({ index: names.physical(pattern), query: query as never, size: 1 });
  const [hit] = hits.hits;
  if (hit?._id === undefined)
    throw new Error(`There is nothing in ${pattern} to plant a fault on: ${JSON.stringify(query)}.`);
  return { index: hit._index, id: hit._id, document: hit._source as Readonly<Record<string, unknown>> };
};

export const removed =
  (pattern: string, query: object): Plant =>
  async (store) => {
    const { index, id } = await one(store, pattern, query);
    await store.client.delete({ index, id, refresh: true });
  };

/** The same document under another id. */
export const doubled =
  (pattern: string, query: object): Plant =>
  async (store) => {
    const { index, document } = await one(store, pattern, query);
    await store.client.index({ index, id: "planted", document, refresh: true });
  };

export const changed =
  (pattern: string, query: object, doc: object): Plant =>
  async (store) => {
    const { index, id } = await one(store, pattern, query);
    await store.client.update({ index, id, doc, refresh: true });
  };

/**
 * Faults that are planted one after the other, and that a check does not tell of.
 *
 * @param problemsOf - The check: what is wrong, in sentences.
 */
export const overlooked = async (
  store: AlertStore,
  plants: Readonly<Record<string, Plant>>,
  problemsOf: () => Promise<readonly string[]>,
): Promise<readonly string[]> => {
  const missed: string[] = [];
  let before = (await problemsOf()).join("\n");
  for (const [name, plant] of Object.entries(plants)) {
    await plant(store);
    const now = (await problemsOf()).join("\n");
    if (now === before) missed.push(name);
    before = now;
  }
  return missed.map((fault) => `The check does not tell of ${fault} when it is planted.`);
};
