import { Client } from "@elastic/elasticsearch";
import {
  type ConnectedStore,
  type ConnectOptions,
  connectStore,
  createAlertStore,
  StoreError,
} from "@mozdef/alert-store";
import { EmbeddedSearch, EmbeddedTransport, type OpenProgress, type StoreUsage } from "@mozdef/embedded-search";
import type { FieldKinds } from "@mozdef/query";
import type { FastifyBaseLogger } from "fastify";
import { existsSync } from "node:fs";
import path from "node:path";
import type { SourcesConfig, StoreConfig } from "../config/config-schema.ts";
import { backupsOf, FREE_DISK_BYTES } from "../backups/backups-of.ts";
import { RunnerError } from "../runner-error.ts";
import { withoutUndefined } from "../without-undefined.ts";
import type { OpenedStore, StoreRoom } from "./opened-store.ts";

type ClusterConfig = Exclude<StoreConfig, { path: unknown }>;

export interface OpenStoreOptions {
  /** What paths of the configuration are relative to. */
  readonly folder: string;
  readonly log: FastifyBaseLogger;
  /** Names of the indices that packs keep. Default: none. */
  readonly packIndices?: readonly string[];
  /** Fields that packs declare. Default: none. */
  readonly fields?: FieldKinds;
  /** Sources of events, of which some may be in clusters of their own. Default: none. */
  readonly sources?: SourcesConfig;
}

/**
 * Opens the store of the configuration. A cluster is not asked for anything yet; an embedded store is read.
 *
 * @throws {RunnerError} `CONFIG_INVALID` naming the option when a cluster cannot be reached that way at all.
 * @throws {StorageError} when an embedded store is in use by another process, damaged, or of a newer format.
 */
export const openStore = (config: StoreConfig, options: OpenStoreOptions): OpenedStore => {
  const elsewhere = openSources(options.sources ?? {}, options.folder);
  const opened =
    "path" in config
      ? openEmbedded({ ...config, path: path.resolve(options.folder, config.path) }, options, elsewhere)
      : openCluster(config, options, elsewhere);
  return {
    ...opened,
    close: async () => {
      await Promise.all(Object.values(elsewhere).map((client) => client.close()));
      await opened.close();
    },
  };
};

/**
 * For commands that read: an embedded store that is not there would be made, and found empty.
 *
 * @throws {RunnerError} `STORE_MISSING`.
 */
export const refuseMissing = (config: StoreConfig, folder: string): void => {
  if (!("path" in config)) return;
  const file = EmbeddedSearch.fileIn(path.resolve(folder, config.path));
  if (!existsSync(file)) throw new RunnerError("STORE_MISSING", `There is no embedded store: ${file} is missing.`);
};

type Clients = Readonly<Record<string, Client>>;

/** Clients of the sources that are in clusters of their own. */
const openSources = (sources: SourcesConfig, folder: string): Clients =>
  Object.fromEntries(
    Object.entries(sources).flatMap(([name, { store }]) =>
      store === null ? [] : [[name, connected(`sources.${name}.store`, { ...store, folder }).client]],
    ),
  );

const openCluster = (
  config: ClusterConfig,
  { folder, packIndices = [], fields = {} }: OpenStoreOptions,
  elsewhere: Clients,
): OpenedStore => {
  const { prefix, ...options } = config;
  const { client, server, silentMs } = connected("store", { ...withoutUndefined(options), folder });
  const all = { client, server, packIndices, fields, elsewhere };
  const store = createAlertStore({ ...all, ...(prefix !== undefined && { prefix }) });
  return { store, kind: "cluster", where: whereOf(config), silentMs, close: () => client.close() };
};

/** @param key - Where the configuration says it. */
const connected = (key: string, options: ConnectOptions): ConnectedStore => {
  try {
    return connectStore(options);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    throw new RunnerError("CONFIG_INVALID", `The configuration is wrong: ${key}.${error.message}`, { cause: error });
  }
};

const whereOf = ({ node, cloudId = "" }: ClusterConfig): string =>
  node === undefined
    ? `cloud deployment ${cloudId.split(":")[0] ?? ""}`
    : [node].flat().map(withoutCredentials).join(", ");

const roomOf = ({ memoryBytes: bytes, cacheBytes, refusal, shares: [events] }: StoreUsage): StoreRoom => ({
  bytes,
  cacheBytes,
  refusal,
  events: {
    bytes: events?.memoryBytes ?? 0,
    limitBytes: events?.memoryLimitBytes ?? 0,
    refusal: refusal ?? events?.refusal ?? null,
  },
});

/** Fewer documents than this are read at once. */
const WORTH_REPORTING = 50_000;

const openEmbedded = (
  config: Extract<StoreConfig, { path: unknown }>,
  { log, folder, fields = {} }: OpenStoreOptions,
  elsewhere: Clients,
): OpenedStore => {
  const onProgress = ({ documents, total }: OpenProgress) => {
    if (total >= WORTH_REPORTING) log.info(`reading the store: ${documents} of ${total}`);
  };
  const { freeDiskBytes = FREE_DISK_BYTES, memoryBytes, recover } = config;
  const options = withoutUndefined({ memoryBytes, recover });
  const shares = [{ indices: ["events-*"], freeDiskBytes }];
  const embedded = new EmbeddedSearch({ ...options, path: config.path, onProgress, shares });
  if (embedded.recovery !== undefined) log.warn({ ...embedded.recovery }, "the store was damaged: this much was saved");
  const client = new Client({ node: "http://embedded", Connection: embedded.Connection, Transport: EmbeddedTransport });
  return {
    store: createAlertStore({ client, fields, elsewhere }),
    kind: "embedded",
    where: config.path,
    room: () => roomOf(embedded.usage()),
    backups: backupsOf(config, folder, (file) => embedded.backup(file)),
    close: async () => {
      await client.close();
      await embedded.close();
    },
  };
};

const withoutCredentials = (address: string): string => {
  const url = new URL(address);
  url.username = "";
  url.password = "";
  return url.href;
};
