import { describe, expect, it } from "vitest";
import { enrich } from "../test/enrich.ts";
import { addressesIn } from "./values/find-addresses.ts";
import { ipSourceEnrichment, type IpSourceEnrichmentOptions } from "./ip-source-enrichment.ts";

const plugin = ipSourceEnrichment({
  known: [
    { range: "8.32.0.0/16", site: "OFFICE1", format: "{0} is in {1}." },
    { range: "2001:db8:49::/48", site: "OFFICE2", format: "{0} known" },
  ],
});

describe("ipSourceEnrichment", () => {
  it("names the sites of addresses anywhere in the alert, once each", async () => {
    const alert = await enrich(plugin, { summary: "Found 8.32.1.2", details: { list: ["8.32.1.2", "192.0.2.1"] } }, [
      { summary: 'ips ["2001:db8:49::7"]', details: { a: { b: "8.32.9.9" } } },
    ]);
    expect(alert.summary).toBe(
      "Found 8.32.1.2; 8.32.1.2 is in OFFICE1.; 2001:db8:49::7 known; 8.32.9.9 is in OFFICE1.",
    );
    expect(alert.details?.sites).toEqual([
      { ip: "8.32.1.2", site: "OFFICE1" },
      { ip: "2001:db8:49::7", site: "OFFICE2" },
      { ip: "8.32.9.9", site: "OFFICE1" },
    ]);
  });

  it("sets an empty list when nothing is known", async () => {
    const alert = await enrich(plugin, { summary: "Testing:192.0.2.1 is unknown" });
    expect([alert.summary, alert.details]).toEqual(["Testing:192.0.2.1 is unknown", { sites: [] }]);
  });

  it("keeps the summary short, however many there are", async () => {
    const alert = await enrich(plugin, { details: { all: Array.from({ length: 50 }, (_, n) => `8.32.0.${n}`) } });
    expect(alert.summary).toMatch(/; 8\.32\.0\.19 is in OFFICE1\.; 30 more addresses are known$/);
    expect(alert.details?.sites).toHaveLength(50);
  });

  it("refuses what is not a network", () => {
    const options = { known: [{ range: "8.32.0.0/99", site: "x", format: "x" }] } as IpSourceEnrichmentOptions;
    expect(() => ipSourceEnrichment(options)).toThrow(
      expect.objectContaining({
        code: "PLUGIN_INVALID",
        message: "The options of ipSourceEnrichment are wrong: known.0.range: expected a network, e.g. 8.32.0.0/16.",
      }),
    );
  });
});

describe("addressesIn", () => {
  it.each([
    ["Testing:192.0.2.1 is", ["192.0.2.1"]],
    ["from 192.0.2.1, 192.0.2.2.", ["192.0.2.1", "192.0.2.2"]],
    ["1234.5.6.7890", []],
    ["version 1.2.3.4.5", []],
    ["300.1.1.1", []],
    ["2001:db8:1::1 and [2001:db8::2]:443", ["2001:db8:1::1", "2001:db8::2"]],
    ["::ffff:192.0.2.1", ["192.0.2.1", "::ffff:192.0.2.1"]],
    ["Scan::Port_Scan MozillaAlive::Bro :: 10:20:30 aa:bb:cc:dd:ee:ff", []],
  ])("of %j are %j", (text, expected) => {
    expect(addressesIn(text)).toEqual(expected);
  });

  it("does not hang on hostile texts", () => {
    const texts = ["1.".repeat(50_000), "a:".repeat(50_000), "1".repeat(100_000), "::1".repeat(30_000)];
    expect(texts.flatMap(addressesIn)).toEqual([]);
  });
});
