import { rmSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { preparePlugins } from "@mozdef/alert/runtime";
import { describe, expect, it } from "vitest";
import { enrich, services } from "../test/enrich.ts";
import { temporaryFolder } from "../test/temporary-folder.ts";
import { geoDatabase } from "../test/write-geo-database.ts";
import { geoip, type GeoipOptions } from "./geoip.ts";

const RENNES = {
  city: { names: { en: "Rennes", fr: "Rennes" } },
  continent: { code: "EU" },
  country: { iso_code: "FR", names: { en: "France" } },
  location: { latitude: 48.11, longitude: -1.68, time_zone: "Europe/Paris" },
  postal: { code: "35000" },
  subdivisions: [{ iso_code: "BRE" }],
};
const IPV6 = [0x20, 0x01, 0x0d, 0xb8, ...Array.from({ length: 12 }, () => 1)];
const cities = geoDatabase(
  [
    [[192, 0, 2, 7], RENNES],
    [IPV6, { country: { iso_code: "DE", names: { en: "Germany" } } }],
  ],
  { databaseType: "Test-City", ipVersion: 6 },
);
const networks = geoDatabase(
  [
    [[192, 0, 2, 7], { autonomous_system_number: 64_496, autonomous_system_organization: "Example Net" }],
    [[32, 1, 13, 184], { autonomous_system_number: 1 }],
  ],
  { databaseType: "Test-ASN" },
);

const pluginOf = (content: Record<string, string | Uint8Array>, options: Partial<GeoipOptions> = {}) => {
  const write = temporaryFolder();
  const files = Object.entries(content).map(([name, bytes]) => write(name, bytes));
  return { files, plugin: geoip({ files, ...options }) };
};

describe("geoip", () => {
  it("puts together what the databases say of each address", async () => {
    const { plugin } = pluginOf({ cities, networks });
    const alert = await enrich(plugin, { summary: "logins by 192.0.2.7 and 192.0.2.9" }, [
      { details: { address: "2001:db8:101:101:101:101:101:101" } },
    ]);
    expect(alert.details?.geoip).toEqual([
      {
        ip: "192.0.2.7",
        ...{ city: "Rennes", continent: "EU", country_code: "FR", country_name: "France", latitude: 48.11 },
        ...{ longitude: -1.68, postal_code: "35000", region_code: "BRE", time_zone: "Europe/Paris" },
        ...{ asn: 64_496, organization: "Example Net" },
      },
      { ip: "2001:db8:101:101:101:101:101:101", country_code: "DE", country_name: "Germany" },
    ]);
  });

  it("adds nothing when nothing is known", async () => {
    const { plugin } = pluginOf({ cities });
    expect((await enrich(plugin, { summary: "192.0.2.9" })).details).toBeUndefined();
  });

  it("looks where it is told, and says when there are more addresses than it looks up", async () => {
    const { plugin } = pluginOf({ networks }, { fields: ["details.sourceipaddress"], limit: 1 });
    const events = ["192.0.2.7", "192.0.2.8"].map((sourceipaddress) => ({
      details: { sourceipaddress, destinationipaddress: "192.0.2.7" },
    }));
    const alert = await enrich(plugin, { summary: "192.0.2.9" }, events);
    expect(alert.details?.geoip).toMatchObject([{ ip: "192.0.2.7" }]);
    expect(alert.errors).toEqual(["geoip looked up addresses: 1 of 2"]);
  });

  it("takes a new database when the file is replaced, and keeps the old one when it is broken or gone", async () => {
    const { plugin, files } = pluginOf({ networks });
    const [file = ""] = files;
    const reports: string[] = [];
    const organization = async () => {
      const parts = { report: (problem: string) => void reports.push(problem) };
      const { details } = await enrich(plugin, { summary: "192.0.2.7" }, [], parts);
      return (details?.geoip as readonly { readonly organization: string }[])[0]?.organization;
    };
    expect(await organization()).toBe("Example Net");
    const newer = [[[192, 0, 2, 7], { autonomous_system_organization: "Another Network" }]] as const;
    writeFileSync(file, geoDatabase(newer, { databaseType: "Test-ASN" }));
    expect(await organization()).toBe("Another Network");
    writeFileSync(file, "no database");
    expect([await organization(), await organization()]).toEqual(["Another Network", "Another Network"]);
    expect(reports).toEqual([
      expect.stringMatching(/is not a database in MaxMind's format: .*What it said before goes on\.$/),
    ]);
    rmSync(file);
    expect(await organization()).toBe("Another Network");
    expect(reports).toHaveLength(2);
  });

  it.each([
    ["", "is not a database in MaxMind's format"],
    [cities.subarray(-400), "is not a database in MaxMind's format: it is cut off"],
    [geoDatabase([], { databaseType: "Test-Domain" }), 'Received: "Test-Domain"'],
  ])("does not let the service start with a broken database", async (content, reason) => {
    const { plugin } = pluginOf({ "a.mmdb": content });
    await expect(preparePlugins([plugin], services)).rejects.toThrow(reason);
  });

  it("does not let the service start without its database, and takes the URL of a file", async () => {
    const { plugin, files } = pluginOf({ networks });
    const other = geoip({ files: files.map((file) => pathToFileURL(file)) });
    await preparePlugins([plugin, other], services);
    expect(() => geoip({ files: [new URL("https://example.org/a.mmdb")] })).toThrow(
      "expected a path, or a URL with file:",
    );
    await expect(preparePlugins([geoip({ files: [`${files.join("")}.gone`] })], services)).rejects.toMatchObject({
      code: "PLUGIN_DATA_INVALID",
      message: expect.stringMatching(/^Plugin geoip cannot start: .*networks\.gone cannot be read: ENOENT/) as string,
    });
  });
});
