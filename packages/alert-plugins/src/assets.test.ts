import { writeFileSync } from "node:fs";
import { preparePlugins } from "@mozdef/alert/runtime";
import { describe, expect, it } from "vitest";
import { enrich, services } from "../test/enrich.ts";
import { temporaryFolder } from "../test/temporary-folder.ts";
import { assets, type AssetsOptions } from "./assets.ts";
import { identities } from "./identities.ts";

const CSV = `hostname,address,owner,criticality
web1;www.example.org,10.0.0.7|2001:db8::7,shop,high
,10.0.0.0/8,"office, north",low
db1,,data,
`;

const listed = (content: string, options: Partial<AssetsOptions> = {}, name = "list.csv") => {
  const file = temporaryFolder()(name, content);
  return { file, plugin: assets({ file, ...options }) };
};

describe("assets", () => {
  it("adds the rows of addresses anywhere, the smallest network first, and of names of hosts", async () => {
    const { plugin } = listed(CSV);
    const alert = await enrich(plugin, { summary: "10.0.0.7 to 2001:db8:0::7", details: { to: "10.9.9.9" } }, [
      { hostname: "DB1." },
      { summary: "web1", details: { program: "db1" } },
    ]);
    expect(alert.details?.assets).toEqual([
      {
        ...{ matched: "10.0.0.7", hostname: "web1;www.example.org", address: "10.0.0.7|2001:db8::7" },
        ...{ owner: "shop", criticality: "high" },
      },
      { matched: "10.9.9.9", address: "10.0.0.0/8", owner: "office, north", criticality: "low" },
      { matched: "DB1.", hostname: "db1", owner: "data" },
    ]);
    expect(alert.details?.to).toBe("10.9.9.9");
  });

  it("adds nothing when nothing is known", async () => {
    const { plugin } = listed(CSV);
    expect((await enrich(plugin, { summary: "192.0.2.1 db1" }, [{ hostname: "other" }])).details).toBeUndefined();
  });

  it("takes other columns and fields, and adds those that it is told", async () => {
    const { plugin } = listed("Name,Net,Owner,Note\nh1,10.0.0.0/8,eve,x\n", {
      ...{ hostnameColumn: "Name", addressColumn: ["Net"], add: ["Owner"] },
      ...{ addressFields: ["details.sourceipaddress"], hostnameFields: ["details.device"] },
    });
    expect((await enrich(plugin, { summary: "10.1.1.1" }, [{ hostname: "h1" }])).details).toBeUndefined();
    const alert = await enrich(plugin, {}, [{ details: { sourceipaddress: "10.1.1.1" } }]);
    expect(alert.details?.assets).toEqual([{ Owner: "eve", matched: "10.1.1.1" }]);
    const byName = await enrich(plugin, {}, [{ details: { device: "h1" } }]);
    expect(byName.details?.assets).toEqual([{ Owner: "eve", matched: "h1" }]);
  });

  it("reads JSON, with values of any kind", async () => {
    const rows = [{ hostname: ["web1", "www"], owner: { team: "shop" }, since: 2_020 }];
    const { plugin } = listed(JSON.stringify(rows), {}, "list.JSON");
    const alert = await enrich(plugin, {}, [{ details: { hostname: "www" } }]);
    expect(alert.details?.assets).toEqual([{ ...rows[0], matched: "www" }]);
  });

  it("reads the file again when it changes, and goes on with what it said before when it is wrong", async () => {
    const { plugin, file } = listed("hostname,owner\nh1,bob\n");
    const reports: string[] = [];
    const owner = async () => {
      const parts = { report: (problem: string) => void reports.push(problem) };
      return (await enrich(plugin, {}, [{ hostname: "h1" }], parts)).details?.assets;
    };
    expect(await owner()).toMatchObject([{ owner: "bob" }]);
    writeFileSync(file, "hostname,owner\nh1,alice\n");
    expect(await owner()).toMatchObject([{ owner: "alice" }]);
    writeFileSync(file, "hostname,owner\nh1,carol,surplus\n");
    expect([await owner(), await owner()]).toMatchObject([[{ owner: "alice" }], [{ owner: "alice" }]]);
    expect(reports).toEqual([expect.stringMatching(/list\.csv:2: .*What it said before goes on\.$/)]);
  });

  it("says when it adds fewer than it found", async () => {
    const hosts = Array.from({ length: 102 }, (_, index) => `h${index}`);
    const { plugin } = listed(`hostname\n${hosts.join("\n")}\n`);
    const alert = await enrich(plugin, {}, [{ hostname: hosts }]);
    expect(alert.details?.assets).toHaveLength(100);
    expect(alert.errors).toEqual(["assets added: 100 of 102"]);
  });

  it.each([
    ["", "list.csv:1: expected a line with the names of the columns; it is empty."],
    ["hostname,hostname\n", 'list.csv:1: column 2: there is another column "hostname".'],
    ["hostname,__proto__\n", "list.csv:1: column 2: expected a name of at most 100 letters"],
    ["hostname,a.b\n", "list.csv:1: column 2: expected a name of at most 100 letters"],
    ["hostname,owner\nh1\n", "list.csv:2"],
    ['hostname,owner\nh1,"bob\n', "list.csv:"],
    [
      "address,owner\n10.0.0.300,bob\n",
      'list.csv:2: column 1 (address): expected an address or a network, e.g. 10.1.0.0/16. Received: "10.0.0.300".',
    ],
    ["owner\nbob\n", "list.csv:2: expected a value under address or hostname."],
    ["hostname,owner\nh1,bob\n\nH1,eve\n", 'list.csv:4: column 1 (hostname): "H1" is there twice, also in '],
  ])("refuses the CSV %j with its place", async (content, reason) => {
    const { plugin } = listed(content);
    await expect(preparePlugins([plugin], services)).rejects.toMatchObject({
      code: "PLUGIN_DATA_INVALID",
      message: expect.stringContaining(reason) as string,
    });
  });

  it.each([
    ['{ "a": 1 }', "list.json:1:1: expected a list of objects."],
    ['[\n  { "hostname": "h1" },\n  "h2"\n]', "list.json:3:3: expected an object."],
    ['[{ "hostname": "h1", "a.b": 1 }]', "list.json:1:29: expected a name of at most 100 letters"],
    ['[{ "hostname": { "x": 1 } }]', "list.json:1:16: hostname: expected a text or a list of texts."],
    ['[{ "address": "10.0.0.0/40" }]', "list.json:1:15: address: expected an address or a network"],
    ['[{ "owner": "bob" }]', "list.json:1:2: expected a value under address or hostname."],
    ["[{]", "list.json:1:3: expected JSON"],
  ])("refuses the JSON %j with its place", async (content, reason) => {
    const { plugin } = listed(content, {}, "list.json");
    await expect(preparePlugins([plugin], services)).rejects.toThrow(reason);
  });

  it("has to know what format a file has", async () => {
    await expect(preparePlugins([listed("hostname\n", {}, "list.txt").plugin], services)).rejects.toThrow(
      "expected a name that ends in .csv or .json, or the option format",
    );
    await preparePlugins([listed("hostname\n", { format: "csv" }, "list.txt").plugin], services);
    expect(() => assets({ file: "" })).toThrow("The options of assets are wrong: file");
  });
});

describe("identities", () => {
  it("adds the rows of users, by any of their names", async () => {
    const file = temporaryFolder()("people.csv", "user,email,team\nbob|rob,bob@example.org,infra\neve,,soc\n");
    const plugin = identities({ file });
    const alert = await enrich(plugin, { details: { username: "Bob@example.org" } }, [
      { details: { username: "EVE" } },
      { details: { username: "rob" }, user: { name: "unknown" } },
    ]);
    expect(alert.details?.identities).toEqual([
      { user: "bob|rob", email: "bob@example.org", team: "infra", matched: "Bob@example.org" },
      { user: "eve", team: "soc", matched: "EVE" },
    ]);
    expect((await enrich(plugin, { summary: "bob" }, [{ details: { program: "bob" } }])).details).toBeUndefined();
  });
});
