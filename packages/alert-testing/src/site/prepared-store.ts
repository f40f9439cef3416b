import { Client } from "@elastic/elasticsearch";
import { createAlertStore, setUpStore } from "@mozdef/alert-store";
import { EmbeddedSearch, EmbeddedTransport } from "@mozdef/embedded-search";

/** Stores that were set up, by day: tests run on blank copies of them, since setting up is the longest part of a short test. */
const prepared = new Map<string, Promise<EmbeddedSearch>>();

/** Days kept. Nearly all tests stay on one. */
const MOST_DAYS = 50;

/** An embedded store with the templates, indices and aliases of a day, and no documents. */
export const preparedStore = async (now: () => Date): Promise<EmbeddedSearch> => {
  const day = now().toISOString().slice(0, 10);
  if (prepared.size > MOST_DAYS) prepared.clear();
  const store = prepared.get(day) ?? setUp(now());
  prepared.set(day, store);
  return (await store).blankCopy({ now });
};

const setUp = async (now: Date): Promise<EmbeddedSearch> => {
  const store = new EmbeddedSearch({ now: () => now });
  const client = new Client({
    node: "http://embedded",
    Connection: store.Connection,
    Transport: EmbeddedTransport,
    maxRetries: 0,
  });
  await setUpStore(createAlertStore({ client }), now);
  await client.close();
  return store;
};
