import { type AlertContext, AlertTask, eachEvent, ecsSource, type HookContext } from "@mozdef/alert";
import { createTask } from "@mozdef/alert/runtime";
import { runAlerts } from "@mozdef/alert-engine";
import { type AlertStore, saveEvents, type StoreError } from "@mozdef/alert-store";
import { SearchQuery, TermMatch } from "@mozdef/query";
import { describe, expect, it } from "vitest";
import { login, options } from "./alerts.ts";
import { NOW, openStore } from "./open-store.ts";

const logins = SearchQuery({ minutes: 10 }).must(TermMatch("summary", "login"));

/** What an alert says when its hook does something with the context. */
const said = async (
  store: AlertStore,
  look: (context: AlertContext) => Promise<unknown>,
  changes: Parameters<typeof runAlerts>[2] = options(),
) => {
  class Looking extends AlertTask {
    main() {
      return eachEvent(SearchQuery({ minutes: 10 }).must(TermMatch("hostname", "first")));
    }
    async onEvent(_: unknown, context: HookContext) {
      return { summary: JSON.stringify(await look(context)), category: "c", tags: [] };
    }
  }
  const [run] = await runAlerts(store, [createTask(Looking)], { ...changes, dryRun: true });
  expect(run?.errors).toEqual([]);
  return { said: JSON.parse(run?.alerts[0]?._source.summary ?? "null") as unknown, warnings: run?.warnings };
};

const filled = async (): Promise<AlertStore> => {
  const store = await openStore();
  const hosts = ["first", ...Array.from({ length: 4 }, () => "b"), ...Array.from({ length: 2 }, () => "a"), "c"];
  const events = hosts.map((hostname) => login(hostname, { tags: [hostname, "all"] }));
  await saveEvents(store, [...events, { summary: "other", hostname: "b" }], { now: NOW, refresh: true });
  return store;
};

describe("context.count", () => {
  it("counts all, and by the values of a field, most first", async () => {
    const store = await filled();
    expect((await said(store, (context) => context.count(logins))).said).toBe(8);
    expect((await said(store, (context) => context.count(logins, { by: "hostname" }))).said).toEqual([
      { value: "b", count: 4 },
      { value: "a", count: 2 },
      { value: "c", count: 1 },
      { value: "first", count: 1 },
    ]);
    const { said: byTag } = await said(store, (context) => context.count(logins, { by: "tags" }));
    expect((byTag as unknown[])[0]).toEqual({ value: "all", count: 8 });
  });

  it("counts nothing where no index is, and in the source of the alert by its names", async () => {
    const store = await filled();
    const nowhere = { indices: ["none-such-*"] };
    const { said: none } = await said(store, async (context) => [
      await context.count(logins, nowhere),
      await context.count(logins, { ...nowhere, by: "hostname" }),
    ]);
    expect(none).toEqual([0, []]);
    const index = `${store.names.prefix}logs-1`;
    await store.client.indices.create({
      index,
      mappings: { properties: { "@timestamp": { type: "date" }, host: { properties: { name: { type: "keyword" } } } } },
    });
    const event = { "@timestamp": "2017-01-01T00:59:00Z", message: "login", host: { name: "first" } };
    await store.client.index({ index, document: event, refresh: true });
    const sources = { logs: ecsSource({ indices: [index] }) };
    const counted = await said(store, (context) => context.count(logins, { by: "hostname" }), {
      ...options({ sources }),
      source: "logs",
    });
    expect(counted.said).toEqual([{ value: "first", count: 1 }]);
  });
});

it("never takes what a part of the store has found for all of it", async () => {
  const store = await filled();
  const index = `${store.names.prefix}texts-1`;
  await store.client.indices.create({
    index,
    mappings: { properties: { "details.sourceipaddress": { type: "keyword" }, hostname: { type: "keyword" } } },
  });
  const document = { "details.sourceipaddress": "no address", hostname: "first" };
  await store.client.index({ index, document, refresh: true });
  const query = SearchQuery().must(TermMatch("details.sourceipaddress", "no address"));
  const codeOf = (asked: Promise<unknown>) => asked.then(String, (error: unknown) => (error as StoreError).code);
  const both = { indices: ["events", index] };
  const { said: codes } = await said(store, async (context) => [
    await codeOf(context.count(query, { indices: [index] })),
    await codeOf(context.count(query, both)),
    await codeOf(context.count(query, { ...both, by: "hostname" })),
    await codeOf(context.search(query, both)),
  ]);
  expect(codes).toEqual(["1", "STORE_REFUSED", "STORE_REFUSED", "STORE_REFUSED"]);
});

describe("context.search", () => {
  it("says whether it found all, and the run warns when nobody asked", async () => {
    const store = await filled();
    const cut = await said(store, async (context) => (await context.search(logins, { size: 3 })).length);
    expect(cut).toMatchObject({
      said: 3,
      warnings: [{ code: "ALERT_SEARCH_CUT", message: expect.stringContaining("took 3 of 8 events") }],
    });
    const asked = await said(store, async (context) => {
      const found = await context.search(logins, { size: 3 });
      return [found.isComplete, found.total, found.map(({ _source }) => _source.summary)];
    });
    expect(asked).toEqual({ said: [false, 8, ["login failed", "login failed", "login failed"]], warnings: [] });
    const whole = await said(store, async (context) => (await context.search(logins)).length);
    expect(whole).toEqual({ said: 8, warnings: [] });
  });
});
