import { Client, type ClientOptions } from "@elastic/elasticsearch";
import { createAlertStore } from "@mozdef/alert-store";
import { EmbeddedSearch, EmbeddedTransport, type OpenProgress } from "@mozdef/embedded-search";
import type { FastifyBaseLogger } from "fastify";
import path from "node:path";
import type { StoreConfig } from "../config/config-schema.ts";
import { withoutUndefined } from "../without-undefined.ts";
import type { OpenedStore } from "./opened-store.ts";

export interface OpenStoreOptions {
  /** What the path of an embedded store is relative to. */
  readonly folder: string;
  readonly log: FastifyBaseLogger;
  /** Names of the indices that packs keep. Default: none. */
  readonly packIndices?: readonly string[];
}

/**
 * Opens the store of the configuration. A cluster is not asked for anything yet; an embedded store is read.
 *
 * @throws {StorageError} when an embedded store is in use by another process, damaged, or of a newer format.
 */
export const openStore = (config: StoreConfig, { folder, log, packIndices = [] }: OpenStoreOptions): OpenedStore =>
  "node" in config
    ? openCluster(config, packIndices)
    : openEmbedded({ ...config, path: path.resolve(folder, config.path) }, log);

const openCluster = (
  { node, auth, ca, prefix }: Extract<StoreConfig, { node: unknown }>,
  packIndices: readonly string[],
): OpenedStore => {
  const options: ClientOptions = {
    ...(typeof node === "string" ? { node } : { nodes: node }),
    ...(auth !== undefined && { auth }),
    ...(ca !== undefined && { tls: { ca } }),
  };
  const client = new Client(options);
  const store = createAlertStore({ client, packIndices, ...(prefix !== undefined && { prefix }) });
  const where = [node].flat().map(withoutCredentials).join(", ");
  return { store, kind: "cluster", where, close: () => client.close() };
};

/** Documents that are read in the blink of an eye. */
const WORTH_REPORTING = 50_000;

const openEmbedded = (config: Extract<StoreConfig, { path: unknown }>, log: FastifyBaseLogger): OpenedStore => {
  const onProgress = ({ documents, total }: OpenProgress) => {
    if (total >= WORTH_REPORTING) log.info(`reading the store: ${documents} of ${total}`);
  };
  const embedded = new EmbeddedSearch({ ...withoutUndefined(config), path: config.path, onProgress });
  if (embedded.recovery !== undefined) log.warn({ ...embedded.recovery }, "the store was damaged: this much was saved");
  const client = new Client({ node: "http://embedded", Connection: embedded.Connection, Transport: EmbeddedTransport });
  return {
    store: createAlertStore({ client }),
    kind: "embedded",
    where: config.path,
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
