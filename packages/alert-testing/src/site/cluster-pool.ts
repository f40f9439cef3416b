import { openCluster, type OpenStore } from "./open-store.ts";
import type { SiteRequest } from "./test-site.ts";

/**
 * Parts of a cluster that are emptied and used again: making indices takes a cluster most of a second, emptying them a few
 * milliseconds. What dynamic mapping has learned stays, so a case that fails on a part used before is run on a fresh one.
 */
export interface ClusterPool {
  /** @param setup - The day and what else the part is set up for, as one text. */
  take(node: string, setup: string, record: (request: SiteRequest) => void): PooledStore;
  /** Removes everything that the pool has made. */
  drain(): Promise<void>;
}

export interface PooledStore extends OpenStore {
  /** Templates and the indices of the day are there. */
  readonly isPrepared: boolean;
  /** @param isReusable - Whether its aliases still are those of the day. */
  readonly close: (isReusable?: boolean) => Promise<void>;
}

interface Part {
  readonly store: OpenStore;
  readonly setup: string;
  record: (request: SiteRequest) => void;
}

export const clusterPool = (): ClusterPool => {
  const free: Part[] = [];
  const give = (part: Part, isPrepared: boolean): PooledStore => ({
    client: part.store.client,
    isPrepared,
    close: async (isReusable = true) => {
      if (isReusable && (await empty(part.store))) free.push(part);
      else await part.store.close();
    },
  });
  return {
    take: (node, setup, record) => {
      const position = free.findIndex((part) => part.setup === setup);
      const [known] = position < 0 ? [] : free.splice(position, 1);
      if (known !== undefined) {
        known.record = record;
        return give(known, true);
      }
      const part: Part = { store: openCluster(node, (request) => part.record(request)), setup, record };
      return give(part, false);
    },
    drain: async () => {
      await Promise.all(free.splice(0).map(({ store }) => store.close()));
    },
  };
};

/** Documents deleted in one request. */
const CHUNK = 5_000;

/** @returns whether nothing is left. */
const empty = async ({ client }: OpenStore): Promise<boolean> => {
  for (;;) {
    await client.indices.refresh({ index: "*" });
    const { hits } = await client.search({ index: "*", size: CHUNK, _source: false, sort: ["_doc"] });
    if (hits.hits.length === 0) return true;
    const operations = hits.hits.map(({ _index, _id = "" }) => ({ delete: { _index, _id } }));
    const { errors } = await client.bulk({ operations });
    if (errors) return false;
  }
};
