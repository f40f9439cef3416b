import { afterEach, describe, expect, it, vi } from "vitest";
import { enrich } from "../test/enrich.ts";
import { reverseDns, type ReverseDnsOptions } from "./reverse-dns.ts";
import { hostName } from "./values/host-name.ts";

/** A name server that remembers what it was asked. */
const nameServer = (names: Readonly<Record<string, string>>) => {
  const asked: string[] = [];
  const reverse = (address: string) => {
    asked.push(address);
    return Promise.resolve(names[address] ?? null);
  };
  return { asked, dns: { reverse } };
};

const pluginWith = (names: Readonly<Record<string, string>>, options: ReverseDnsOptions = {}) => {
  const { asked, dns } = nameServer(names);
  const plugin = reverseDns(options);
  return { asked, after: (summary: string) => enrich(plugin, { summary }, [], { dns }) };
};

describe("reverseDns", () => {
  afterEach(() => void vi.useRealTimers());

  it("adds the names of addresses that have one", async () => {
    const { after } = pluginWith({ "192.0.2.7": "web1.example.org.", "2001:db8::1": "six.example.org" });
    const alert = await after("192.0.2.7 and 192.0.2.8 and 2001:db8::1");
    expect(alert.details).toEqual({
      hostnames: [
        { ip: "192.0.2.7", name: "web1.example.org" },
        { ip: "2001:db8::1", name: "six.example.org" },
      ],
    });
    expect((await after("192.0.2.8")).details).toBeUndefined();
  });

  it("asks once, until the name, or that there is none, is too old", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    // A start at 0 would be none to the cache.
    vi.advanceTimersByTime(1);
    const { after, asked } = pluginWith({ "192.0.2.7": "web1" }, { ttlMs: 10_000, negativeTtlMs: 2_000 });
    const both = "192.0.2.7 192.0.2.8";
    await Promise.all([after(both), after(both)]);
    await after(both);
    expect(asked).toEqual(["192.0.2.7", "192.0.2.8"]);
    await vi.advanceTimersByTimeAsync(3_000);
    await after(both);
    expect(asked.slice(2)).toEqual(["192.0.2.8"]);
    await vi.advanceTimersByTimeAsync(8_000);
    await after(both);
    expect(asked.slice(3).sort()).toEqual(["192.0.2.7", "192.0.2.8"]);
  });

  it("keeps as many as it is told", async () => {
    const { after, asked } = pluginWith({}, { cacheSize: 2 });
    for (const last of [1, 2, 3, 1]) await after(`192.0.2.${last}`);
    expect(asked).toEqual(["192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.1"]);
  });

  it("goes on without what is not answered in time, and has it for the next alert", async () => {
    vi.useFakeTimers();
    let answer = (_name: string): void => undefined;
    const reverse = (address: string) =>
      address === "192.0.2.7" ? Promise.resolve("web1") : new Promise<string>((resolve) => (answer = resolve));
    const plugin = reverseDns({ waitMs: 500 });
    const after = () => enrich(plugin, { summary: "192.0.2.7 192.0.2.8" }, [], { dns: { reverse } });
    const waiting = after();
    await vi.advanceTimersByTimeAsync(500);
    const alert = await waiting;
    expect(alert.details?.hostnames).toEqual([{ ip: "192.0.2.7", name: "web1" }]);
    expect(alert.errors).toEqual(["reverse_dns: no answer within 500 ms for 1 of 2 addresses"]);
    answer("late");
    await vi.advanceTimersByTimeAsync(0);
    expect((await after()).details?.hostnames).toContainEqual({ ip: "192.0.2.8", name: "late" });
  });

  it("says when there are more addresses than it looks up", async () => {
    const { after, asked } = pluginWith({}, { limit: 2 });
    expect((await after("192.0.2.1 192.0.2.2 192.0.2.3")).errors).toEqual(["reverse_dns looked up addresses: 2 of 3"]);
    expect(asked).toHaveLength(2);
  });
});

it.each([
  ["web1.example.org.", "web1.example.org"],
  ["_dmarc.web-1", "_dmarc.web-1"],
  ["<script>", String.raw`\060script\062`],
  ["a\u001b[31m\n", String.raw`a\027\09131m\010`],
  ["=cmd|'x'", String.raw`\061cmd\124\039x\039`],
  ["bücher", String.raw`b\195\188cher`],
  ["x".repeat(300), "x".repeat(253)],
])("a name %j is written as %j", (name, expected) => {
  expect(hostName(name)).toBe(expected);
});
