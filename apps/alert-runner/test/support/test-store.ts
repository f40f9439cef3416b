import { Client } from "@elastic/elasticsearch";
import { connectStore, createAlertStore, setUpStore } from "@mozdef/alert-store";
import { EmbeddedSearch } from "@mozdef/embedded-search";
import { randomUUID } from "node:crypto";
import type { OpenedStore } from "../../src/store/opened-store.ts";

/**
 * An empty store: embedded in memory, or the cluster at MOZDEF_TEST_ELASTICSEARCH under a prefix of its own, which is
 * deleted at close.
 */
export const testStore = async (now: Date): Promise<OpenedStore> => {
  const node = process.env.MOZDEF_TEST_ELASTICSEARCH;
  const opened = node === undefined ? embedded(now) : cluster(node);
  await setUpStore(opened.store, now);
  return opened;
};

const embedded = (now: Date): OpenedStore => {
  const search = new EmbeddedSearch({ now: () => now });
  const client = new Client({ node: "http://embedded", Connection: search.Connection });
  const store = createAlertStore({ client, hostname: "test" });
  return { store, kind: "embedded", where: "memory", close: () => client.close() };
};

const cluster = (node: string): OpenedStore => {
  const { client, server } = connectStore({ node });
  const prefix = `runner-${randomUUID().slice(0, 8)}-`;
  const store = createAlertStore({ client, server, prefix, hostname: "test" });
  const close = async () => {
    const names = Object.keys(await client.indices.get({ index: `${prefix}*` }));
    if (names.length > 0) await client.indices.delete({ index: names });
    await client.indices.deleteIndexTemplate({ name: `${prefix}*` });
    await client.close();
  };
  // Told apart by `kind`: tests of one instance need no lease.
  return { store, kind: "embedded", where: node, close };
};
