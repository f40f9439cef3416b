import { saveEvents } from "@mozdef/alert-store";
import { type Clause, compile, SearchQuery, TermMatch, TermsMatch } from "@mozdef/query";
import { expect, it } from "vitest";
import { NOW, openStore } from "./open-store.ts";

/** Java writes most of them otherwise, and a server that is asked for a number looks for what Java writes. */
const NUMBERS = [0, -1, 22, 0.5, 0.0001, 12_345_678.5, 1e7, 1e21, 1.5e-7, 9_007_199_254_740_991];

it("finds a number that an event has in a field of text by itself", async () => {
  const store = await openStore();
  const events = NUMBERS.map((value) => ({ summary: "x", details: { value } }));
  await saveEvents(store, events, { now: NOW, refresh: true });
  const index = store.names.physical("events-20170101");
  const found = async (clause: Clause) => {
    const { hits } = await store.client.search<{ readonly details: { readonly value: number } }>({
      index,
      ...compile(SearchQuery().must(clause), { now: NOW }),
    });
    return hits.hits.map(({ _source }) => _source?.details.value);
  };
  for (const number of NUMBERS) {
    expect(await found(TermMatch("details.value", number))).toEqual([number]);
    expect(await found(TermsMatch("details.value", [number]))).toEqual([number]);
  }
});
