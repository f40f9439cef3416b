import {
  type AlertStore,
  browseEvents,
  type EventFilter,
  eventFields,
  eventsOverTime,
  eventValues,
  saveEvents,
} from "@mozdef/alert-store";
import { searchedSource } from "@mozdef/alert/runtime";
import { describe, expect, it } from "vitest";
import { NOW, openStore } from "./open-store.ts";

const source = searchedSource("browse", { indices: ["events-*"] });

const minute = (number: number): string => new Date(NOW.getTime() - number * 60_000).toISOString();

const login = (minutesAgo: number, user: string, port: unknown = 22) => ({
  utctimestamp: minute(minutesAgo),
  category: "login",
  summary: `login failed for ${user}`,
  details: { username: user, port, groups: [user, "all"] },
});

const saved = async (...events: object[]): Promise<AlertStore> => {
  const store = await openStore();
  const results = await saveEvents(store, events, { now: NOW, refresh: true });
  expect(results.every(({ ok }) => ok)).toBe(true);
  return store;
};

const some = () =>
  saved(
    login(1, "ann"),
    login(2, "bob"),
    login(3, "ann", "ssh"),
    { ...login(4, "eve"), category: "door" },
    // A clock that is wrong.
    { ...login(-600, "future"), category: "clock" },
  );

const usersOf = async (store: AlertStore, filter: EventFilter, paging = {}) => {
  const { events, total } = await browseEvents(store, source, filter, paging);
  return [total, ...events.map(({ _source }) => (_source.details as { readonly username: string }).username)];
};

describe("browseEvents", () => {
  it("gives the newest first, page by page, and how many there are", async () => {
    const store = await some();
    expect(await usersOf(store, {})).toEqual([5, "future", "ann", "bob", "ann", "eve"]);
    expect(await usersOf(store, {}, { from: 1, size: 2 })).toEqual([5, "ann", "bob"]);
    expect(await usersOf(store, {}, { order: "oldest", size: 1 })).toEqual([5, "eve"]);
  });

  it.each<readonly [EventFilter, readonly string[]]>([
    [{ text: "category:door" }, ["eve"]],
    [{ text: "summary:ann AND category:login" }, ["ann", "ann"]],
    [{ text: "details.username:(bob OR eve)" }, ["bob", "eve"]],
    [{ text: "NOT category:login" }, ["future", "eve"]],
    [{ text: "details.port:ssh" }, ["ann"]],
    [{ text: "utctimestamp:nonsense OR category:door" }, ["eve"]],
    [{ text: "   " }, ["future", "ann", "bob", "ann", "eve"]],
    [{ since: new Date(minute(2)), until: new Date(minute(1)) }, ["ann", "bob"]],
    [{ id: ["no-such-id"] }, []],
  ])("%j", async (filter, users) => {
    expect(await usersOf(await some(), filter)).toEqual([users.length, ...users]);
  });

  it("finds an event by its id", async () => {
    const store = await some();
    const [event] = (await browseEvents(store, source, { text: "category:door" })).events;
    const found = await browseEvents(store, source, { id: [event?._id ?? ""] });
    expect(found.events).toEqual([event]);
    expect(found.events[0]?._index).toMatch(/^events-2017/);
  });

  it("has none where there is no index", async () => {
    const store = await openStore();
    const elsewhere = searchedSource("browse", { indices: ["nowhere-*", "nothing-there"] });
    expect(await browseEvents(store, elsewhere, {})).toEqual({ total: 0, events: [] });
    expect(await eventsOverTime(store, elsewhere, {}, { now: NOW })).toMatchObject({ buckets: [] });
    expect(await eventValues(store, elsewhere, {}, { field: "category" })).toMatchObject({ total: 0, values: [] });
    expect(await eventFields(store, elsewhere)).toEqual([]);
  });

  it.each(['category:"door', "category:(a AND", "AND AND", "details.port:[1 TO"])(
    "says what is wrong with %s",
    async (text) => {
      const store = await some();
      await expect(browseEvents(store, source, { text })).rejects.toMatchObject({
        code: "STORE_QUERY_INVALID",
        message: expect.stringMatching(/^The store cannot read the search: .*pars/i),
      });
    },
  );
});

describe("eventsOverTime", () => {
  it("counts in buckets without gaps, up to now", async () => {
    const store = await some();
    const { intervalMs, buckets } = await eventsOverTime(store, source, {}, { now: NOW, most: 4 });
    expect(intervalMs).toBe(60_000);
    expect(buckets.map(({ at, count }) => [at.toISOString().slice(14, 16), count])).toEqual([
      ["56", 1],
      ["57", 1],
      ["58", 1],
      ["59", 1],
      ["00", 0],
    ]);
  });

  it("keeps to the time that was asked for", async () => {
    const store = await some();
    const filter = { text: "category:login", since: new Date(minute(3)), until: new Date(minute(2)) };
    const { buckets } = await eventsOverTime(store, source, filter, { now: NOW, most: 1 });
    expect(buckets.map(({ count }) => count)).toEqual([1, 1]);
  });
});

describe("eventValues", () => {
  it("counts the values of a field, and the events that have none", async () => {
    const store = await some();
    expect(await eventValues(store, source, { text: "category:login" }, { field: "details.username" })).toEqual({
      total: 3,
      having: 3,
      values: [
        { value: "ann", count: 2 },
        { value: "bob", count: 1 },
      ],
      other: 0,
    });
    const groups = await eventValues(store, source, {}, { field: "details.groups", most: 1 });
    expect(groups).toEqual({ total: 5, having: 5, values: [{ value: "all", count: 5 }], other: 5 });
    expect(await eventValues(store, source, {}, { field: "no.such" })).toEqual({
      ...{ total: 5, having: 0, values: [], other: 0 },
    });
  });

  it("writes dates as dates", async () => {
    const store = await saved(login(1, "ann"));
    const { values } = await eventValues(store, source, {}, { field: "utctimestamp" });
    expect(values).toEqual([{ value: minute(1), count: 1 }]);
  });

  it("says that a text has no values to count", async () => {
    const store = await some();
    await expect(eventValues(store, source, {}, { field: "summary" })).rejects.toMatchObject({
      code: "STORE_QUERY_INVALID",
    });
  });
});

it("lists the fields that events can be searched by", async () => {
  const store = await some();
  const fields = new Map((await eventFields(store, source)).map(({ name, types }) => [name, types]));
  expect(fields.get("details.username")).toEqual(["keyword"]);
  expect(fields.get("summary")).toEqual(["text"]);
  expect(fields.get("utctimestamp")).toEqual(["date"]);
  expect([...fields.keys()]).toEqual([...fields.keys()].toSorted());
  expect(fields.has("unmapped")).toBe(false);
  expect(fields.has("details")).toBe(false);
});
