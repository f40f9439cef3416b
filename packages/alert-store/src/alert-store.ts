import type { Client } from "@elastic/elasticsearch";
import type { FieldKinds } from "@mozdef/query";
import { mozdef } from "@mozdef/query/mozdef";
import { hostname } from "node:os";
import { serverOfClient } from "./connection/server-of-client.ts";
import type { StoreServer } from "./connection/store-server.ts";
import { type Names, namesOn, namesWith } from "./names.ts";

/** What every function of this package works on. */
export interface AlertStore {
  readonly client: Client;
  /** What the server is, and what it takes: asked once. */
  readonly server: () => Promise<StoreServer>;
  readonly names: Names;
  /** The clusters of sources that this store does not hold, by the names of the sources. */
  readonly elsewhere: ReadonlyMap<string, Client>;
  /** Names of the fields of events that are searched word by word: they are kept whole, whatever their length. */
  readonly texts: ReadonlySet<string>;
  /** `mozdefhostname` of events that do not say it. */
  readonly hostname: string;
}

export interface AlertStoreOptions {
  /** The official client: of a cluster, or with the embedded store as its `Connection`. */
  readonly client: Client;
  /** As `connectStore` gives it. Default: the client is asked. */
  readonly server?: () => Promise<StoreServer>;
  /** Put before the names of the service's own indices, aliases and templates, and of those of packs. Default: none. */
  readonly prefix?: string;
  /** Names of the indices that packs keep: they have the prefix, too. Default: none. */
  readonly packIndices?: readonly string[];
  /** Fields that packs declare, as `setUpStore` gets them. Default: none. */
  readonly fields?: FieldKinds;
  /** Clients of the clusters of sources that this store does not hold, by the names of the sources. Default: none. */
  readonly elsewhere?: Readonly<Record<string, Client>>;
  /** Default: the name of this machine. */
  readonly hostname?: string;
}

/** A store of events and alerts. Makes no request: call `setUpStore` once before the rest. */
export const createAlertStore = (options: AlertStoreOptions): AlertStore =>
  Object.freeze({
    client: options.client,
    server: options.server ?? serverOfClient(options.client),
    names: namesWith(options.prefix, options.packIndices),
    texts: textsAmong({ ...mozdef, ...options.fields }),
    elsewhere: new Map(Object.entries(options.elsewhere ?? {})),
    hostname: options.hostname ?? hostname(),
  });

/**
 * The store as it is searched for a slot of a past day: in the indices of that day and of the one before, wherever the aliases point now. For
 * reading; what a run has decided goes to the store itself.
 */
export const storeOn = (store: AlertStore, slot: Date): AlertStore =>
  Object.freeze({ ...store, names: namesOn(store.names, slot) });

const textsAmong = (fields: FieldKinds): ReadonlySet<string> =>
  new Set(Object.entries(fields).flatMap(([name, kind]) => (kind === "text" ? [name] : [])));
