import type { SearchedSource } from "@mozdef/alert/runtime";
import type { AlertStore } from "../alert-store.ts";
import { namesWith } from "../names.ts";
import { StoreError } from "../store-error.ts";

/** What is needed to ask a source. */
export type Reader = Pick<AlertStore, "client" | "names">;

/**
 * The cluster that is asked for the events of a source.
 *
 * @throws {StoreError} `STORE_SOURCE_UNREACHABLE` when it is not connected.
 */
export const readerOf = (
  store: AlertStore,
  source: Pick<SearchedSource, "name" | "isElsewhere"> | undefined,
): Reader => {
  if (source?.isElsewhere !== true || source.name === null) return store;
  const client = store.elsewhere.get(source.name);
  if (client !== undefined) return { client, names: NO_PREFIX };
  throw new StoreError(
    "STORE_SOURCE_UNREACHABLE",
    `The source ${source.name} is in a cluster of its own, which is not connected here.`,
  );
};

/** Names of another cluster are meant as they are. */
const NO_PREFIX = namesWith();

/** An index as the cluster of a source knows it, from the name that alerts see. */
export const askedIndex = (index: string, source: Pick<SearchedSource, "name" | "isElsewhere">): string =>
  source.isElsewhere ? index.slice(`${source.name}:`.length) : index;
