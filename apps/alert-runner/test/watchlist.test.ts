import type { AlertPack } from "@mozdef/alert";
import watchlistPack from "@mozdef/alerts-watchlist";
import { describe, expect, it } from "vitest";
import { silencePack } from "./support/alerts.ts";
import { testService } from "./support/test-service.ts";

interface Item {
  readonly _id: string;
  readonly watchcontent: string;
  readonly dateExpiring: string;
}

interface Added {
  readonly item: Item;
  readonly added: boolean;
}

const open = async (packs: readonly AlertPack[] = [silencePack]) => {
  const service = await testService({ packs });
  const send = async (url: string, json: unknown) => {
    const { status, text } = await service.call({ method: "POST", url, json });
    expect(status, text).toBe(200);
    return JSON.parse(text) as Added;
  };
  return {
    ...service,
    add: (json: object) => send("/api/watchlist", json),
    watch: (...parts: object[]) => send("/watchitem", parts),
    items: async () => (JSON.parse((await service.call({ url: "/api/watchlist" })).text) as { items: Item[] }).items,
    terms: async () => JSON.parse((await service.call({ url: "/getwatchlist" })).text) as unknown,
    stored: async () => {
      const { client, names } = service.opened.store;
      return (await client.count({ index: names.physical("watchlist") })).count;
    },
  };
};

describe("the watchlist", () => {
  it("is empty at first", async () => {
    const { terms, items } = await open();
    expect([await terms(), await items()]).toEqual([[], []]);
  });

  it("keeps who wants what, why, and until when", async () => {
    const { add, items } = await open();
    const given = {
      content: " evil.example.com ",
      duration: "1d",
      comment: "seen at lunch",
      reference: "T-1",
      by: "ann",
    };
    const { item, added } = await add(given);
    expect(added).toBe(true);
    expect(item).toEqual({
      _id: expect.any(String),
      watchcontent: "evil.example.com",
      dateAdded: "2026-01-01T00:00:30+00:00",
      dateExpiring: "2026-01-02T00:00:30+00:00",
      comment: "seen at lunch",
      creator: "ann",
      reference: "T-1",
    });
    expect(await items()).toEqual([item]);
  });

  it("takes terms as MozDef's pages send them", async () => {
    const { watch, items } = await open();
    const { item } = await watch(
      { watchcontent: "evil" },
      { duration: "12hr" },
      { comment: "why" },
      { referenceid: "T-2" },
      { userid: "ben" },
      { WatchList: true },
    );
    expect(item).toMatchObject({ watchcontent: "evil", comment: "why", reference: "T-2", creator: "ben" });
    expect(item.dateExpiring).toBe("2026-01-01T12:00:30+00:00");
    expect(await items()).toEqual([item]);
  });

  it.each([
    ["12hr", "2026-01-01T12:00:30+00:00"],
    ["1d", "2026-01-02T00:00:30+00:00"],
    ["2d", "2026-01-03T00:00:30+00:00"],
    ["3d", "2026-01-04T00:00:30+00:00"],
    ["1w", "2026-01-08T00:00:30+00:00"],
    ["30d", "2026-01-31T00:00:30+00:00"],
    ["a while", "2026-01-01T01:00:30+00:00"],
    ["constructor", "2026-01-01T01:00:30+00:00"],
    [undefined, "2026-01-01T01:00:30+00:00"],
  ])("lasts %s until %s", async (duration, expected) => {
    const { add } = await open();
    expect((await add({ content: "evil", duration })).item.dateExpiring).toBe(expected);
  });

  it("shows the newest first", async () => {
    const { add, clock, terms } = await open();
    for (const [second, content] of ["bb", "cc", "aa"].entries()) {
      clock.set(`2026-01-01T00:01:0${second}Z`);
      await add({ content });
    }
    expect(await terms()).toEqual(["aa", "cc", "bb"]);
  });

  it("leaves a term that is there as it is", async () => {
    const { add, clock, items } = await open();
    const first = await add({ content: "evil", by: "ann" });
    clock.set("2026-01-01T00:30:00Z");
    expect(await add({ content: "evil", by: "ben", duration: "30d" })).toEqual({ item: first.item, added: false });
    expect(await items()).toEqual([first.item]);
  });

  it("forgets what has expired at once, and deletes it an hour later", async () => {
    const { add, clock, terms, stored } = await open();
    await add({ content: "evil" });
    clock.set("2026-01-01T01:00:29Z");
    expect(await terms()).toEqual(["evil"]);
    clock.set("2026-01-01T01:00:30Z");
    expect([await terms(), await stored()]).toEqual([[], 1]);
    clock.set("2026-01-01T02:00:30Z");
    expect([await terms(), await stored()]).toEqual([[], 0]);
  });

  it("watches again for what has expired", async () => {
    const { add, clock, terms, stored } = await open();
    await add({ content: "evil" });
    clock.set("2026-01-01T01:30:00Z");
    expect((await add({ content: "evil" })).added).toBe(true);
    expect([await terms(), await stored()]).toEqual([["evil"], 1]);
  });

  it("gives up a term", async () => {
    const { add, call, terms } = await open();
    const { item } = await add({ content: "evil" });
    await add({ content: "worse" });
    const url = `/api/watchlist/${item._id}`;
    expect((await call({ method: "DELETE", url })).status).toBe(200);
    expect(await terms()).toEqual(["worse"]);
    const again = await call({ method: "DELETE", url });
    expect([again.status, again.body.error.code]).toEqual([404, "WATCHITEM_NOT_FOUND"]);
  });

  it("shows what others have written, and nothing that is not an item", async () => {
    const { opened, items, terms } = await open();
    const { client, names } = opened.store;
    const index = names.physical("watchlist");
    const expired = Date.parse("2025-12-31T23:59:00Z");
    for (const document of [
      { watchcontent: "theirs" },
      { watchcontent: "old", dateExpiring: expired },
      { comment: "" },
    ])
      await client.index({ index, document, refresh: true });
    expect(await terms()).toEqual(["theirs"]);
    expect((await items())[0]).toMatchObject({ watchcontent: "theirs", dateExpiring: null, creator: "" });
  });

  it("leaves what others have written as it is, and takes what only has the same words for another term", async () => {
    const { opened, add, stored } = await open();
    const { client, names } = opened.store;
    await client.index({
      ...{ index: names.physical("watchlist"), id: "theirs", refresh: true },
      document: { watchcontent: "Evil.exe on host" },
    });
    expect(await add({ content: "Evil.exe on host" })).toMatchObject({ item: { _id: "theirs" }, added: false });
    expect((await add({ content: "evil.exe on host" })).added).toBe(true);
    expect((await add({ content: "exe on" })).added).toBe(true);
    expect(await stored()).toBe(3);
  });

  it("is full at 10,000 items that are not over", async () => {
    const { opened, call, add, clock } = await open();
    const { client, names } = opened.store;
    const index = names.physical("watchlist");
    const item = (number: number, dateExpiring: string) => [
      { index: { _index: index } },
      { watchcontent: `term ${number}`, dateExpiring },
    ];
    const operations = Array.from({ length: 10_000 }, (_, number) =>
      item(number, number === 0 ? "2026-01-01T01:00:00Z" : "2027-01-01T00:00:00Z"),
    ).flat();
    await client.bulk({ operations, refresh: true });
    const refused = await call({ method: "POST", url: "/api/watchlist", json: { content: "one more" } });
    expect([refused.status, refused.body.error.code]).toEqual([409, "WATCHLIST_FULL"]);
    clock.set("2026-01-01T01:00:01Z");
    expect((await add({ content: "one more" })).added).toBe(true);
  });
});

describe("a bad item", () => {
  const twoCharacters = "at least 2 characters";
  it.each([
    ["/api/watchlist", { content: "x" }, twoCharacters],
    ["/api/watchlist", { content: " x " }, twoCharacters],
    ["/api/watchlist", { content: "{x}" }, "at least 2 letters or digits"],
    ["/api/watchlist", { content: "x".repeat(1_001) }, "at most 1000 characters"],
    ["/api/watchlist", { content: "evil", until: "noon" }, "until"],
    ["/api/watchlist", {}, "content"],
    ["/api/watchlist", undefined, "body"],
    ["/watchitem", [{ watchcontent: "x" }, { WatchList: true }], twoCharacters],
    ["/watchitem", [{ watchcontent: "evil" }, { WatchList: "yes" }], "WatchList"],
    ["/watchitem", [{ watchcontent: "evil" }], "WatchList"],
    ["/watchitem", [{ WatchList: true }], "watchcontent"],
    ["/watchitem", ["evil"], "body"],
    ["/watchitem", { watchcontent: "evil", WatchList: true }, "array"],
  ])("%s %j", async (url, json, reason) => {
    const { call, terms } = await open();
    const { status, body } = await call({ method: "POST", url, json });
    expect([status, body.error.code]).toEqual([400, "PARAMETER_INVALID"]);
    expect(body.error.message).toContain(reason);
    expect(await terms()).toEqual([]);
  });
});

describe("AlertWatchList", () => {
  it("fires on an event with a term of the watchlist", async () => {
    const { watch, call } = await open([watchlistPack]);
    await watch({ watchcontent: "evil.example.com" }, { WatchList: true });
    const event = { summary: "GET http://evil.example.com/", hostname: "proxy1", details: { username: "ann" } };
    expect((await call({ method: "POST", url: "/events", json: event })).body.saved).toBe(1);
    const run = await call({ method: "POST", url: "/api/schedules/AlertWatchList/run" });
    expect(run.status).toBe(200);
    const { alerts } = (await call({ url: "/api/alerts" })).body;
    expect(alerts.map(({ _source }) => _source.summary)).toEqual([
      expect.stringContaining("Watchlist term evil.example.com detected by ann"),
    ]);
  });
});
