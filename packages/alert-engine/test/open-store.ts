import { Client } from "@elastic/elasticsearch";
import { type AlertStore, connectStore, createAlertStore, setUpStore } from "@mozdef/alert-store";
import type { FieldKinds } from "@mozdef/query";
import { EmbeddedSearch } from "@mozdef/embedded-search";
import { randomUUID } from "node:crypto";
import { onTestFinished } from "vitest";

/** The slot of all runs in these tests. */
export const NOW = new Date("2017-01-01T01:00:00Z");

/** A fresh store, embedded or on the cluster named by MOZDEF_TEST_ELASTICSEARCH, gone when the test is over. */
export const openStore = async ({ now = NOW, fields = {} }: OpenOptions = {}): Promise<AlertStore> => {
  const node = process.env.MOZDEF_TEST_ELASTICSEARCH;
  return node === undefined ? openEmbedded(now, fields) : openOnCluster(node, now, fields);
};

interface OpenOptions {
  readonly now?: Date;
  /** As packs declare them. Default: none. */
  readonly fields?: FieldKinds;
}

const openEmbedded = async (now: Date, fields: FieldKinds): Promise<AlertStore> => {
  const search = new EmbeddedSearch({ now: () => now });
  const client = new Client({ node: "http://embedded", Connection: search.Connection });
  onTestFinished(() => client.close());
  const store = createAlertStore({ client, fields, hostname: "mozdefhost" });
  await setUpStore(store, now, { indices: { localities: {} }, fields });
  return store;
};

const openOnCluster = async (node: string, now: Date, fields: FieldKinds): Promise<AlertStore> => {
  const prefix = `test-${randomUUID()}-`;
  const { client, server } = connectStore({ node });
  onTestFinished(async () => {
    const indices = Object.keys(await client.indices.get({ index: `${prefix}*` }));
    if (indices.length > 0) await client.indices.delete({ index: indices });
    await client.indices.deleteIndexTemplate({ name: `${prefix}*` });
    await client.close();
  });
  const store = createAlertStore({
    ...{ client, server, prefix, fields },
    packIndices: ["localities"],
    hostname: "mozdefhost",
  });
  await setUpStore(store, now, { indices: { localities: {} }, fields });
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

interface SentRequest {
  readonly method: string;
  readonly path: string;
}

/** The requests that reach the store from now on. */
export const watchRequests = ({ client }: AlertStore): SentRequest[] => {
  const seen: SentRequest[] = [];
  client.diagnostic.on("request", (_, result) => {
    const { params } = result?.meta.request ?? {};
    if (params !== undefined) seen.push({ method: params.method, path: params.path });
  });
  return seen;
};
