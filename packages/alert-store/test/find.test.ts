import { aggregation, eachEvent, noEvent, type Search } from "@mozdef/alert";
import { planSearch } from "@mozdef/alert/runtime";
import { type AlertStore, find, type Found, saveEvents, StoreError } from "@mozdef/alert-store";
import { PhraseMatch, SearchQuery, TermMatch } from "@mozdef/query";
import { describe, expect, it } from "vitest";
import { login } from "./alerts.ts";
import { NOW, openStore } from "./open-store.ts";

const logins = SearchQuery({ minutes: 10 }).must(PhraseMatch("summary", "login"));

const findOne = async (store: AlertStore, search: Search): Promise<Found> => {
  const [found] = await find(store, [planSearch("TestAlert", search)], { now: NOW });
  if (found === undefined || found instanceof Error) throw found ?? new Error("nothing came back");
  return found;
};
const groupsOf = ({ result }: Found) => (result.kind === "aggregation" ? result.groups : []);
const at = (second: number) => new Date(NOW.getTime() - 300_000 + second * 1_000).toISOString();

describe("find", () => {
  it("counts groups exactly beyond every page, oldest event first", async () => {
    const store = await openStore();
    const events = Array.from({ length: 2_500 }, (_, index) =>
      login(index % 5 === 0 ? "small" : "large", { utctimestamp: at((index * 7) % 290), number: index }),
    );
    await saveEvents(store, events, { now: NOW, refresh: true });
    const found = await findOne(store, aggregation(logins, { field: "hostname", threshold: 500 }));
    expect(found.hits).toBe(2_500);
    const groups = groupsOf(found);
    expect(groups.map(({ keys: [value], events }) => [value, events.length]).sort()).toEqual([
      ["large", 2_000],
      ["small", 500],
    ]);
    const times = groups
      .find(({ keys: [value] }) => value === "large")
      ?.events.map(({ _source }) => _source.utctimestamp);
    expect(times).toEqual(times?.toSorted());
  });

  it("gives every event of a 1:1 search beyond the first pages, also when all are of one time", async () => {
    const store = await openStore();
    await saveEvents(
      store,
      Array.from({ length: 10_004 }, () => login("a")),
      { now: NOW, refresh: true },
    );
    const { result } = await findOne(store, eachEvent(logins));
    expect(result.kind === "eachEvent" && new Set(result.hits.map(({ _id }) => _id)).size).toBe(10_004);
  });

  it("finds the one group that fires among more values than one answer holds", async () => {
    const store = await openStore();
    const events = Array.from({ length: 10_050 }, (_, index) => login(`host${index % 10_030}`));
    await saveEvents(store, events, { now: NOW, refresh: true });
    const groups = groupsOf(await findOne(store, aggregation(logins, { field: "hostname", threshold: 2 })));
    expect(groups.map(({ keys: [value] }) => value).sort()).toEqual(
      Array.from({ length: 20 }, (_, index) => `host${index}`).sort(),
    );
  });

  it("puts an event in one group for each element of a list, and none without the field", async () => {
    const store = await openStore();
    await saveEvents(store, [login("a", { tags: ["x", "y"] }), login("a", { tags: ["y"] }), login("a", { tags: [] })], {
      now: NOW,
      refresh: true,
    });
    const groups = groupsOf(await findOne(store, aggregation(logins, { field: "tags" })));
    expect(groups.map(({ keys: [value], events }) => [value, events.length]).sort()).toEqual([
      ["x", 1],
      ["y", 2],
    ]);
  });

  it("groups addresses, also IPv6, and booleans", async () => {
    const store = await openStore();
    const details = (sourceipaddress: string, success: boolean) =>
      login("a", { details: { sourceipaddress, success } });
    await saveEvents(store, [details("::1", true), details("0:0:0:0:0:0:0:1", false), details("1.2.3.4", true)], {
      now: NOW,
      refresh: true,
    });
    const values = async (field: "details.sourceipaddress" | "details.success") =>
      groupsOf(await findOne(store, aggregation(logins, { field })))
        .map(({ keys: [value], events }) => [value, events.length])
        .sort();
    expect(await values("details.sourceipaddress")).toEqual([
      ["1.2.3.4", 1],
      ["::1", 2],
    ]);
    expect(await values("details.success")).toEqual([
      ["false", 1],
      ["true", 2],
    ]);
  });

  it("looks at both time stamps, both ends included", async () => {
    const store = await openStore();
    const [old, edge, late] = ["2017-01-01T00:49:59.999Z", "2017-01-01T00:50:00.000Z", "2017-01-01T01:00:00.001Z"];
    const stamped = (hostname: string, utctimestamp: string, receivedtimestamp: string) =>
      login(hostname, { utctimestamp, receivedtimestamp });
    await saveEvents(
      store,
      [
        stamped("old", old, old),
        stamped("edge", edge, old),
        stamped("received", old, edge),
        stamped("now", "2017-01-01T01:00:00.000Z", old),
        stamped("late", late, late),
      ],
      { now: NOW, refresh: true },
    );
    const { result } = await findOne(store, eachEvent(logins));
    const hosts = result.kind === "eachEvent" ? result.hits.map(({ _source }) => _source.hostname) : [];
    expect(hosts.sort()).toEqual(["edge", "now", "received"]);
  });

  it("says whether there is any event, and does not count them", async () => {
    const store = await openStore();
    const search = noEvent(SearchQuery().must(TermMatch("hostname", "a")));
    expect((await findOne(store, search)).result).toEqual({ kind: "noEvent", found: false });
    await saveEvents(store, [login("a"), login("a")], { now: NOW, refresh: true });
    expect((await findOne(store, search)).result).toEqual({ kind: "noEvent", found: true });
  });

  it("refuses to group by text, as an error of that search alone", async () => {
    const store = await openStore();
    const searches = [aggregation(logins, { field: "summary" }), eachEvent(logins)];
    const found = await find(
      store,
      searches.map((search) => planSearch("TestAlert", search)),
      { now: NOW },
    );
    expect(found[0]).toBeInstanceOf(StoreError);
    expect(found[1]).toMatchObject({ hits: 0 });
  });
});
