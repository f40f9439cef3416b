import { describe, expect, it } from "vitest";
import { hit } from "../../test/fakes.ts";
import {
  addHostname,
  byCodePoint,
  distinct,
  isAddress,
  isInNetwork,
  isPrivateAddress,
  listed,
  mostCommon,
  textAt,
  toUtc,
  valueAt,
  valuesAt,
} from "../index.ts";
import { keysAndValues } from "../runtime.ts";

describe("values", () => {
  it("follows a path, also through names with dots", () => {
    expect(valueAt({ a: { b: { c: 1 } } }, "a.b.c")).toBe(1);
    expect(valueAt({ "a.b": { c: 1 } }, "a.b.c")).toBe(1);
    expect(valueAt({ a: { "b.c": 1 } }, "a.b.c")).toBe(1);
    expect(valueAt({ a: 5 }, "a.b")).toBeUndefined();
    expect(valueAt({ a: [{ b: 1 }] }, "a.b")).toBeUndefined();
  });

  it("never reaches a prototype", () => {
    expect(valueAt({}, "__proto__")).toBeUndefined();
    expect(valueAt({}, "constructor.name")).toBeUndefined();
    expect(valueAt(JSON.parse('{"__proto__":{"x":1}}'), "__proto__.x")).toBe(1);
  });

  it("flattens lists and leaves null out", () => {
    expect(valuesAt({ a: [1, [null, "x"], true] }, "a")).toEqual([1, "x", true]);
    expect(valuesAt({ a: null }, "a")).toEqual([]);
  });

  it("gives text, or the fallback", () => {
    expect(textAt(hit("a", { hostname: "h" }), "hostname")).toBe("h");
    expect(textAt(hit("a"), "details.x")).toBe("unknown");
    expect(textAt(hit("a"), "details.x", "UNKNOWN")).toBe("UNKNOWN");
    expect(textAt(hit("a", { tags: ["x", "y"] }), "tags")).toBe("x,y");
  });

  it("keeps distinct values in order of appearance", () => {
    const hits = [hit("a", { h: "z" }), hit("b", { h: "a" }), hit("c"), hit("d", { h: "z" })];
    expect(distinct(hits, "h")).toEqual(["z", "a"]);
  });

  it("names distinct values, and counts those beyond ten", () => {
    const letters = "a b c d e f g h i j k".split(" ");
    expect(listed(["b", "a", "b"])).toBe("b, a");
    expect(listed(new Set(letters.slice(0, 10)))).toBe("a, b, c, d, e, f, g, h, i, j");
    expect(listed(letters)).toBe("a, b, c, d, e, f, g, h, i, j and 1 more");
    expect(listed([])).toBe("");
  });

  it("sorts by code point", () => {
    expect(["\u{1F600}", "\uFFFD", "b", "a", "ab"].sort(byCodePoint)).toEqual(["a", "ab", "b", "\uFFFD", "\u{1F600}"]);
  });

  it("flattens keys and values for registrations", () => {
    expect(keysAndValues({ Summary: "Port SCAN", tags: ["X"], details: { n: 1 } })).toEqual([
      "summary",
      "port scan",
      "tags",
      "x",
      "details",
      "n",
      1,
    ]);
  });
});

describe("mostCommon", () => {
  it("counts, most common first, ties by first appearance", () => {
    const hits = ["b", "a", "c", "a", "b"].map((hostname, index) => hit(String(index), { hostname }));
    expect(mostCommon([...hits, hit("x")], "hostname")).toEqual([
      { value: "b", count: 2 },
      { value: "a", count: 2 },
      { value: "c", count: 1 },
    ]);
    expect(mostCommon(hits, "hostname", 1)).toEqual([{ value: "b", count: 2 }]);
  });

  it("counts each element of a list once for an event", () => {
    expect(mostCommon([hit("a", { tags: ["x", "x", "y"] })], "tags")).toEqual([
      { value: "x", count: 1 },
      { value: "y", count: 1 },
    ]);
  });
});

describe("addresses", () => {
  it("takes dotted quads and IPv6, no older forms", () => {
    expect(["1.2.3.4", "::1", "2001:db8::1", "::ffff:1.2.3.4"].every(isAddress)).toBe(true);
    expect(["10", "1.2", "0x7f.1", "010.1.1.1", "1.2.3.4 x", "", "fe80::1%eth0", "1.2.3.256"].some(isAddress)).toBe(
      false,
    );
  });

  it.each([
    "10.1.1.1",
    "100.64.0.1",
    "172.16.0.1",
    "192.0.0.1",
    "192.168.1.1",
    "198.18.0.1",
    "239.1.1.1",
    "169.254.1.1",
    "fc00::1",
    "fec0::1",
    "fe80::1",
  ])("%s is private", (address) => {
    expect(isPrivateAddress(address)).toBe(true);
  });

  it.each(["127.0.0.1", "192.0.2.1", "8.8.8.8", "2001:db8::1", "nonsense"])("%s is not", (address) => {
    expect(isPrivateAddress(address)).toBe(false);
  });

  it("knows networks of both kinds", () => {
    expect(isInNetwork("10.1.2.3", "10.0.0.0/8")).toBe(true);
    expect(isInNetwork("::ffff:10.1.2.3", "10.0.0.0/8")).toBe(true);
    expect(isInNetwork("2001:db8::1", "2001:db8::/32")).toBe(true);
    expect(isInNetwork("11.1.2.3", "10.0.0.0/8")).toBe(false);
    expect(isInNetwork("::1", "0.0.0.0/0")).toBe(false);
    expect(isInNetwork("x", "10.0.0.0/8")).toBe(false);
    expect(isInNetwork("10.1.1.1", "x")).toBe(false);
  });

  it("adds the name of an internal address", async () => {
    const dns = { reverse: (address: string) => Promise.resolve(address === "10.9.9.9" ? null : "name") };
    expect(await addHostname("10.1.1.1", dns)).toBe("10.1.1.1 (name)");
    expect(await addHostname("10.9.9.9", dns)).toBe("10.9.9.9");
    expect(await addHostname("8.8.8.8", dns)).toBe("8.8.8.8");
    expect(await addHostname("8.8.8.8", dns, { requireInternal: false })).toBe("8.8.8.8 (name)");
  });
});

describe("toUtc", () => {
  const now = new Date("2016-06-01T00:00:00Z");

  it.each([
    ["2016-07-13 14:33:31.625443-08:00", "2016-07-13T22:33:31.625Z"],
    ["2016-07-13T14:33:31Z", "2016-07-13T14:33:31.000Z"],
    ["2016-07-13T14:33:31", "2016-07-13T14:33:31.000Z"],
    ["2016-07-13T14:33:31+0200", "2016-07-13T12:33:31.000Z"],
    ["2016-07-13", "2016-07-13T00:00:00.000Z"],
    ["Jan  2 08:01:57", "2016-01-02T08:01:57.000Z"],
    ["Dec 10 06:55:46", "2016-12-10T06:55:46.000Z"],
    [1468443523, "2016-07-13T20:58:43.000Z"],
    [1468443523.0, "2016-07-13T20:58:43.000Z"],
    [1468443523000, "2016-07-13T20:58:43.000Z"],
    [1468443523000000, "2016-07-13T20:58:43.000Z"],
    [1468443523000000000, "2016-07-13T20:58:43.000Z"],
    [1.468443523e18, "2016-07-13T20:58:43.000Z"],
    [1.468443523e11, "2016-07-13T20:58:43.000Z"],
    ["1468443523", "2016-07-13T20:58:43.000Z"],
    [-12345, "1970-01-01T00:00:00.000Z"],
    [0, "1970-01-01T00:00:00.000Z"],
    ["0.0000", "1970-01-01T00:00:00.000Z"],
    ["-86400.000000", "1970-01-01T00:00:00.000Z"],
  ])("reads %j", (stamp, expected) => {
    expect(toUtc(stamp, { now }).toISOString()).toBe(expected);
  });

  it.each(["", "yesterday", "2016-13-45", "Foo  2 08:01:57"])("refuses %j", (stamp) => {
    expect(() => toUtc(stamp, { now })).toThrow("Cannot read a time");
  });
});
