import { Client } from "@elastic/elasticsearch";
import { EmbeddedTransport } from "@mozdef/embedded-search";
import { randomBytes } from "node:crypto";
import { prefixer } from "./prefix-requests.ts";
import { preparedStore } from "./prepared-store.ts";
import { clusterConnection } from "./cluster-connection.ts";
import { EmbeddedSiteConnection, enterSite } from "./embedded-site-connection.ts";
import type { SiteSetup } from "./site-setup.ts";
import type { SiteRequest } from "./test-site.ts";

/** A client with a store below it. */
export interface OpenStore {
  readonly client: Client;
  readonly close: () => Promise<void>;
}

/** A fresh store in this process, set up for the day. */
export const openEmbedded = async (
  now: () => Date,
  setup: SiteSetup,
  record: (request: SiteRequest) => void,
): Promise<OpenStore> => {
  const { node, leave } = enterSite({ store: await preparedStore(now, setup), record });
  const client = new Client({ node, Connection: EmbeddedSiteConnection, Transport: EmbeddedTransport, maxRetries: 0 });
  return { client, close: () => client.close().finally(leave) };
};

/** A part of a cluster: every index name gets a prefix, which neither requests nor answers show. */
export const openCluster = (node: string, record: (request: SiteRequest) => void): OpenStore => {
  const prefix = `mozdeftest-${randomBytes(6).toString("hex")}-`;
  const client = new Client({
    node,
    Connection: clusterConnection(record, prefixer(prefix)),
    requestTimeout: 30_000,
  });
  return { client, close: () => removeAll(client).finally(() => client.close()) };
};

/** By name, since clusters refuse to delete by pattern. */
const removeAll = async (client: Client): Promise<void> => {
  const indices = Object.keys(await client.indices.get({ index: "*", filter_path: "*.aliases" }));
  if (indices.length > 0) await client.indices.delete({ index: indices });
  const { index_templates: templates } = await client.indices.getIndexTemplate({ name: "*" }, { ignore: [404] });
  for (const { name } of templates) await client.indices.deleteIndexTemplate({ name });
};
