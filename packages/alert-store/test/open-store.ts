import { Client } from "@elastic/elasticsearch";
import {
  type AlertStore,
  connectStore,
  createAlertStore,
  type SetupOptions,
  type StoreServer,
  setUpStore,
} from "@mozdef/alert-store";
import { EmbeddedSearch } from "@mozdef/embedded-search";
import { randomUUID } from "node:crypto";
import { onTestFinished } from "vitest";

/** The slot of all runs in these tests. */
export const NOW = new Date("2017-01-01T01:00:00Z");

/** A server that can do least, such as OpenSearch 2. */
export const OLD_SERVER: StoreServer = {
  family: "opensearch",
  version: null,
  features: {
    subobjects: false,
    ignoreDynamicBeyondLimit: false,
    malformedBooleans: false,
    shardSettings: true,
    sortsByPlace: false,
  },
};

/** A fresh store, embedded or on the cluster named by MOZDEF_TEST_ELASTICSEARCH, gone when the test is over. */
export const openStore = async ({ now = NOW, ...options }: OpenOptions = {}): Promise<AlertStore> => {
  const node = process.env.MOZDEF_TEST_ELASTICSEARCH;
  return node === undefined ? openEmbedded(now, options) : openOnCluster(node, now, options);
};

interface OpenOptions extends SetupOptions {
  readonly now?: Date;
  /** What the server says that it is. Default: what it is. */
  readonly server?: StoreServer;
}

const openEmbedded = async (now: Date, { server, ...options }: OpenOptions): Promise<AlertStore> => {
  const search = new EmbeddedSearch({ now: () => now });
  const client = new Client({ node: "http://embedded", Connection: search.Connection });
  onTestFinished(() => client.close());
  const store = createAlertStore({
    client,
    fields: options.fields ?? {},
    hostname: "mozdefhost",
    ...serverOption(server),
  });
  await setUpStore(store, now, options);
  return store;
};

const serverOption = (server: StoreServer | undefined) =>
  server === undefined ? {} : { server: () => Promise.resolve(server) };

const openOnCluster = async (node: string, now: Date, { server, ...options }: OpenOptions): Promise<AlertStore> => {
  const prefix = `test-${randomUUID()}-`;
  const { client, server: ask } = connectStore({ node });
  onTestFinished(async () => {
    const indices = Object.keys(await client.indices.get({ index: `${prefix}*` }));
    if (indices.length > 0) await client.indices.delete({ index: indices });
    await client.indices.deleteIndexTemplate({ name: `${prefix}*` });
    await client.close();
  });
  const store = createAlertStore({
    client,
    server: ask,
    prefix,
    packIndices: Object.keys(options.indices ?? {}),
    fields: options.fields ?? {},
    hostname: "mozdefhost",
    ...serverOption(server),
  });
  await setUpStore(store, now, options);
  return store;
};

/** Every document of an index or alias, by id, with logical index names. */
export const documentsOf = async ({ client, names }: AlertStore, index: string) => {
  await client.indices.refresh({ index: names.physical(index) });
  const { hits } = await client.search<Record<string, unknown>>({ index: names.physical(index), size: 10_000 });
  return hits.hits
    .map(({ _index, _id = "", _source = {} }) => ({ _index: names.logical(_index), _id, _source }))
    .sort((a, b) => (a._id < b._id ? -1 : 1));
};
