import { Client } from "@elastic/elasticsearch";
import { createAlertStore, setUpStore } from "@mozdef/alert-store";
import { EmbeddedSearch, EmbeddedTransport } from "@mozdef/embedded-search";
import type { SiteSetup } from "./site-setup.ts";

/** Stores that were set up, by day and setup: tests run on blank copies of them, since setting up is the longest part of a short test. */
const prepared = new Map<string, Promise<EmbeddedSearch>>();

/** Stores kept. Nearly all tests stay on one day and one setup. */
const MOST_STORES = 50;

/** An embedded store with the templates, indices and aliases of a day, and no documents. */
export const preparedStore = async (now: () => Date, setup: SiteSetup): Promise<EmbeddedSearch> => {
  const key = now().toISOString().slice(0, 10) + JSON.stringify(setup);
  if (prepared.size > MOST_STORES) prepared.clear();
  const store = prepared.get(key) ?? setUp(now(), setup);
  prepared.set(key, store);
  return (await store).blankCopy({ now });
};

const setUp = async (now: Date, setup: SiteSetup): Promise<EmbeddedSearch> => {
  const store = new EmbeddedSearch({ now: () => now });
  const client = new Client({
    node: "http://embedded",
    Connection: store.Connection,
    Transport: EmbeddedTransport,
    maxRetries: 0,
  });
  await setUpStore(createAlertStore({ client }), now, setup);
  await client.close();
  return store;
};
