import {
  type AggregatedEvents,
  AlertTask,
  newTerm,
  noEvent,
  type Search,
  type SilentSearch,
  spike,
  defineSource,
} from "@mozdef/alert";
import { planSearch } from "@mozdef/alert/runtime";
import { runAlerts } from "@mozdef/alert-engine";
import { type AlertStore, saveEvents, setUpStore } from "@mozdef/alert-store";
import { SearchQuery, TermMatch } from "@mozdef/query";
import { describe, expect, it } from "vitest";
import { options } from "../alerts.ts";
import { NOW, openStore } from "../open-store.ts";

const DAY_MS = 86_400_000;
const query = SearchQuery({ hours: 1 }).must(TermMatch("category", "login"));
const draft = { category: "c", tags: ["t"] };

class Found extends AlertTask {
  readonly #search: Search;

  constructor(search: Search) {
    super({});
    this.#search = search;
  }

  main() {
    return this.#search;
  }

  onAggregation({ value }: AggregatedEvents) {
    return { ...draft, summary: value };
  }

  onNoEvent({ value }: SilentSearch) {
    return { ...draft, summary: value };
  }
}

/** An event of so many days ago, in the index of its day. */
const save = async (store: AlertStore, hostname: string, days: number): Promise<void> => {
  const now = new Date(NOW.getTime() - days * DAY_MS);
  await setUpStore(store, now, {});
  await saveEvents(store, [{ category: "login", hostname, utctimestamp: now.toISOString() }], { now, refresh: true });
  await setUpStore(store, NOW, {});
};

const foundBy = async (store: AlertStore, search: Search): Promise<readonly string[]> => {
  const [result] = await runAlerts(store, [new Found(search)], options());
  expect(result?.errors).toEqual([]);
  return result?.alerts.map(({ _source }) => _source.summary) ?? [];
};

describe("a search that looks back for days", () => {
  it("looks into the indices of these days", async () => {
    const store = await openStore();
    for (const [hostname, days] of [
      ["known", 3],
      ["known", 0],
      ["new", 0],
      ["gone", 3],
    ] as const)
      await save(store, hostname, days);
    expect(await foundBy(store, newTerm(query, { field: "hostname" }))).toEqual(["new"]);
    expect(await foundBy(store, noEvent(query, { each: "hostname" }))).toEqual(["gone"]);
    const rises = spike(query, { field: "hostname", baseline: { days: 7 }, factor: 200, name: "Rises" });
    expect(await foundBy(store, rises)).toEqual(["new"]);
  });

  it("looks at all indices of a source that it names", () => {
    const sources = { logs: defineSource({ indices: ["logs-*"], time: ["@timestamp"], received: "event.ingested" }) };
    const search = newTerm(query, { field: "hostname", source: "logs" });
    expect(planSearch("AlertX", search, { sources }).source.indices).toEqual(["logs-*"]);
  });
});
