import { describe, expect, it } from "vitest";
import { Indicators } from "./indicators.ts";
import { TextSet } from "./text-set.ts";

const listOf = (...entries: readonly string[]) => {
  const indicators = new Indicators();
  for (const entry of entries) indicators.add(entry);
  return indicators;
};

const MD5 = "d41d8cd98f00b204e9800998ecf8427e";

describe("Indicators", () => {
  it("find addresses in networks, the smallest first", () => {
    const list = listOf("192.0.2.7", "192.0.2.0/24", "10.1.2.3/8", "2001:db8::/32");
    expect(list.findAddress("192.0.2.7")?.entry).toBe("192.0.2.7");
    expect(list.findAddress("192.0.2.8")?.entry).toBe("192.0.2.0/24");
    expect(list.findAddress("::ffff:10.9.9.9")).toEqual({ kind: "address", entry: "10.0.0.0/8" });
    expect(list.findAddress("2001:DB8::1")?.entry).toBe("2001:db8::/32");
    expect(list.findAddress("192.0.3.1")).toBeNull();
  });

  it("find domains below one that is listed, and none beside or above", () => {
    const list = listOf("Bad.Example.org", "*.wild.net", ".dot.net.", "bücher.example");
    const entryOf = (domain: string) => list.findDomain(domain)?.entry ?? null;
    expect(
      ["bad.example.org", "a.b.BAD.example.org.", "x.wild.net", "dot.net", "www.xn--bcher-kva.example"].map(entryOf),
    ).toEqual([...["bad.example.org", "bad.example.org", "wild.net", "dot.net", "xn--bcher-kva.example"]]);
    expect(["example.org", "notbad.example.org", "bad.example.org.uk", "net", ""].map(entryOf)).toEqual([
      ...[null, null, null, null, null],
    ]);
  });

  it("find hashes in whatever case", () => {
    const list = listOf(MD5.toUpperCase(), "a".repeat(64));
    expect(list.findHash(MD5)).toEqual({ kind: "hash", entry: MD5 });
    expect(list.findHash("A".repeat(64))?.entry).toBe("a".repeat(64));
    expect([list.findHash("a".repeat(40)), list.findHash(`${MD5.slice(1)}g`)]).toEqual([null, null]);
  });

  it("does not take a thing of one kind for one of another", () => {
    const list = listOf(MD5);
    expect([list.findDomain(MD5), list.findAddress(MD5), list.size]).toEqual([null, null, 1]);
  });

  it.each([
    "com",
    "a b.example.org",
    "http://bad.example.org/",
    "0.0.0.0/0",
    "::/0",
    "256.1.1.1",
    "10.0.0.0/33",
    "x".repeat(300),
    "",
  ])("does not take %j", (entry) => {
    const list = new Indicators();
    expect([list.add(entry), list.size]).toEqual([false, 0]);
  });
});

describe("TextSet", () => {
  it("has what was added and nothing else, also after it has grown", () => {
    const texts = Array.from({ length: 50_000 }, (_, index) => `name${index}\u00ff`);
    const set = new TextSet();
    for (const text of [...texts, ...texts]) set.add(text);
    set.trim();
    expect(set.size).toBe(50_000);
    expect(texts.every((text) => set.has(text))).toBe(true);
    expect(["", "name", "name50000\u00ff", "name1"].some((text) => set.has(text))).toBe(false);
    set.add("later");
    expect([set.has("later"), set.has("name7\u00ff")]).toEqual([true, true]);
  });
});
