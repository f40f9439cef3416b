import type { SearchedSource } from "@mozdef/alert/runtime";
import type { AlertStore } from "../alert-store.ts";
import { isServiceIndex, type Names, namesWith } from "../names.ts";
import { StoreError } from "../store-error.ts";

/** What is needed to ask a source. */
export type Reader = Pick<AlertStore, "client" | "names">;

type Place = Pick<SearchedSource, "name" | "isElsewhere">;

/**
 * Who is asked for the events of a source: the cluster that has them. Indices of a source are meant as they are named, those of the
 * service by its own names.
 *
 * @throws {StoreError} `STORE_SOURCE_UNREACHABLE` when that cluster is not connected.
 */
export const readerOf = (store: AlertStore, source: Place | undefined): Reader => {
  if (source === undefined || source.name === null) return store;
  const client = source.isElsewhere ? store.elsewhere.get(source.name) : store.client;
  if (client !== undefined) return { client, names: AS_THEY_ARE };
  throw new StoreError(
    "STORE_SOURCE_UNREACHABLE",
    `The source ${source.name} is in a cluster of its own, which is not connected here.`,
  );
};

const AS_THEY_ARE = namesWith();

/** The names by which the index of a search is asked for. */
export const askedNames = (names: Names, source: Pick<SearchedSource, "name"> | undefined): Names =>
  source === undefined || source.name === null ? names : AS_THEY_ARE;

/**
 * The index of a hit as alerts see it: by its logical name. The name of its source comes before that of an index of another cluster,
 * as in searches across clusters, and before one that could be taken for the service's own.
 *
 * @param names - Of the service.
 */
export const seenIndex = (index: string, names: Names, source: Place | undefined): string => {
  if (source === undefined || source.name === null) return names.logical(index);
  const isTaken = names.prefix !== "" && isServiceIndex(index);
  return source.isElsewhere || isTaken ? `${source.name}:${index}` : index;
};

/** The index as its source knows it, from the name that alerts see. */
export const askedIndex = (index: string, { name }: Pick<SearchedSource, "name">): string =>
  name !== null && index.startsWith(`${name}:`) ? index.slice(name.length + 1) : index;
