import { type Clause, compile, fieldNamed, PrefixMatch, QueryError, RangeMatch, RegexpMatch } from "@mozdef/query";
import { SearchQuery, TermMatch, WildcardMatch } from "@mozdef/query";
import { saveEvents } from "@mozdef/alert-store";
import { describe, expect, it } from "vitest";
import { NOW, openStore } from "./open-store.ts";

const EVENTS = [
  { summary: "Login Failed", hostname: "Web1", details: { path: "/etc/passwd", bytes: 5, name: "ÉCOLE" } },
  { summary: "login ok", hostname: "web22", details: { path: "/ETC/hosts", bytes: 10, name: "école" } },
  { summary: "logout", hostname: "db*", details: { path: "/var", bytes: 20, name: "a" } },
];

const opened = async () => {
  const store = await openStore({ fields: { "details.bytes": "long" } });
  await saveEvents(store, EVENTS, { now: NOW, refresh: true });
  return { client: store.client, index: store.names.physical("events-20170101") };
};

const finder = async () => {
  const { client, index } = await opened();
  return async (clause: Clause): Promise<readonly unknown[]> => {
    const body = compile(SearchQuery().must(clause), { now: NOW });
    const { hits } = await client.search<{ hostname: string }>({ index, ...body, size: 10 });
    return hits.hits.map(({ _source }) => _source?.hostname).sort();
  };
};

describe("patterns and bounds in the store", () => {
  it("find whole values, and single words of text", async () => {
    const finds = await finder();
    expect(await finds(PrefixMatch("details.path", "/etc/"))).toEqual(["Web1"]);
    expect(await finds(PrefixMatch("hostname", "db*"))).toEqual(["db*"]);
    expect(await finds(PrefixMatch("summary", "log"))).toEqual(["Web1", "db*", "web22"]);
    expect(await finds(PrefixMatch("summary", "login f"))).toEqual([]);
    expect(await finds(RegexpMatch("hostname", "web[0-9]+"))).toEqual(["web22"]);
    expect(await finds(RegexpMatch("hostname", "web"))).toEqual([]);
    expect(await finds(RegexpMatch("summary", "fail(ed|ure)"))).toEqual(["Web1"]);
    expect(await finds(RegexpMatch("summary", "Failed"))).toEqual([]);
  });

  it("ignore the case of letters from a to z", async () => {
    const finds = await finder();
    const options = { ignoreCase: true };
    expect(await finds(TermMatch("hostname", "WEB1"))).toEqual([]);
    expect(await finds(TermMatch("hostname", "WEB1", options))).toEqual(["Web1"]);
    expect(await finds(WildcardMatch("hostname", "WEB*", options))).toEqual(["Web1", "web22"]);
    expect(await finds(PrefixMatch("details.path", "/etc/", options))).toEqual(["Web1", "web22"]);
    expect(await finds(RegexpMatch("hostname", "WEB.", options))).toEqual(["Web1"]);
    expect(await finds(PrefixMatch("summary", "LOGIN", options))).toEqual(["Web1", "web22"]);
    expect(await finds(RegexpMatch("details.name", "ÉCol.", options))).toContain("Web1");
    expect(await finds(TermMatch("details.name", "École", options))).toEqual(["Web1"]);
    expect(await finds(WildcardMatch("details.name", "éC*", options))).toEqual(["web22"]);
  });

  it("find values within named bounds", async () => {
    const finds = await finder();
    const bytes = fieldNamed("details.bytes");
    expect(await finds(RangeMatch(bytes, { gt: 5 }))).toEqual(["db*", "web22"]);
    expect(await finds(RangeMatch(bytes, { gte: 5, lt: 20 }))).toEqual(["Web1", "web22"]);
    expect(await finds(RangeMatch(bytes, { lte: 5 }))).toEqual(["Web1"]);
  });
});

describe("a regular expression", () => {
  /** Short texts of the characters that mean something. */
  const patterns = function* (seed: number, count: number): Generator<string> {
    const characters = String.raw`ab|&()[]{}<>-^.*+?@#"\d,19`;
    let state = seed;
    const next = (limit: number): number => (state = (state * 48_271) % 2_147_483_647) % limit;
    for (let i = 0; i < count; i++)
      yield Array.from({ length: 1 + next(7) }, () => characters.charAt(next(characters.length))).join("");
  };

  const isTaken = (pattern: string): boolean => {
    try {
      RegexpMatch("hostname", pattern);
      return true;
    } catch (error) {
      if (error instanceof QueryError) return false;
      throw error;
    }
  };

  it("is refused when it is made, if the store would refuse it", { timeout: 60_000 }, async () => {
    const { client, index } = await opened();
    const asked = [...new Set(patterns(1, 3_000))].filter((pattern) => pattern.trim() !== "");
    const searches = asked.flatMap((pattern) => [{}, { size: 0, query: { regexp: { hostname: { value: pattern } } } }]);
    const { responses } = await client.msearch({ index, searches });
    const wrong = asked.filter((pattern, i) => isTaken(pattern) === "error" in (responses[i] ?? {}));
    expect(asked.filter(isTaken).length).toBeGreaterThan(100);
    expect(asked.filter((pattern) => !isTaken(pattern)).length).toBeGreaterThan(100);
    expect(wrong).toEqual([]);
  });
});
