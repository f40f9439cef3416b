import type { AlertStore } from "@mozdef/alert-store";
import type { Played } from "./check.ts";
import { problemsOf } from "./check.ts";

/** Does something to the store that no run may leave behind. */
type Plant = (store: AlertStore) => Promise<unknown>;

const one = async ({ client, names }: AlertStore, pattern: string, query: object) => {
  const { hits } = await client.search({ index: names.physical(pattern), query: query as never, size: 1 });
  const [hit] = hits.hits;
  if (hit?._id === undefined) throw new Error(`There is nothing in ${pattern} to plant a fault on.`);
  return { index: hit._index, id: hit._id, document: hit._source };
};

const alertOf = (classname: string) => ({ term: { classname } });

const removed =
  (pattern: string, query: object): Plant =>
  async (store) => {
    const { index, id } = await one(store, pattern, query);
    await store.client.delete({ index, id, refresh: true });
  };

const PLANTS: Readonly<Record<string, Plant>> = {
  "an alert that is lost": removed("alerts-*", alertOf("EachDoor")),
  "an alert that is there twice": async (store) => {
    const { index, document } = await one(store, "alerts-*", alertOf("EachDoor"));
    await store.client.index({ index, id: "planted", document, refresh: true });
  },
  "a slot that is lost": removed("alerts-*", alertOf("Silence")),
  "an event that is not covered": removed("coverage-*", { term: { name: "HostKnocks" } }),
  "what an alert keeps being lost": removed("counted", { match_all: {} }),
};

/** Faults that are planted one after the other, and that the check does not tell of. */
export const overlooked = async (played: Played): Promise<readonly string[]> => {
  const missed: string[] = [];
  let before = (await problemsOf(played)).join("\n");
  for (const [name, plant] of Object.entries(PLANTS)) {
    await plant(played.store);
    const now = (await problemsOf(played)).join("\n");
    if (now === before) missed.push(name);
    before = now;
  }
  return missed;
};
