import { rmSync } from "node:fs";
import { preparePlugins } from "@mozdef/alert/runtime";
import { expect, it } from "vitest";
import { enrich, services } from "../test/enrich.ts";
import { temporaryFolder } from "../test/temporary-folder.ts";
import { geomodelIpIntel } from "./geomodel-ip-intel.ts";

const hop = (from: string, to: string) => ({ origin: { ip: from }, destination: { ip: to } });
const travel = (...hops: readonly object[]) => ({ category: "geomodel", details: { hops } });
const INTEL = {
  "192.0.2.1": { TorNode: 1, Spam: 0.5 },
  "192.0.2.2": { VPN: 0.7 },
  "2001:db8:0::1": { TorNode: 0.2, VPN: 0.1 },
  "192.0.2.9": { TorNode: 1 },
};

const pluginOf = (content: string) => {
  const write = temporaryFolder();
  const file = write("intel.json", content);
  return { write, file, plugin: geomodelIpIntel({ file }) };
};

it("says what is known of every origin and the last destination", async () => {
  const { plugin } = pluginOf(JSON.stringify(INTEL));
  const alert = await enrich(plugin, travel(hop("192.0.2.1", "192.0.2.9"), hop("192.0.2.2", "2001:db8::1")));
  expect(alert.details?.ipintel).toEqual([
    { ip: "192.0.2.1", classification: "TorNode", threatscore: 1 },
    { ip: "192.0.2.1", classification: "Spam", threatscore: 0.5 },
    { ip: "192.0.2.2", classification: "VPN", threatscore: 0.7 },
    { ip: "2001:db8::1", classification: "TorNode", threatscore: 0.2 },
    { ip: "2001:db8::1", classification: "VPN", threatscore: 0.1 },
  ]);
  expect(alert.summary).toBe("s; Tor nodes detected: 192.0.2.1, 2001:db8::1; VPNs detected: 192.0.2.2, 2001:db8::1");
});

it("adds an empty list when nothing is known, and is for its category", async () => {
  const { plugin } = pluginOf("{}");
  const alert = await enrich(plugin, travel(hop("192.0.2.1", "192.0.2.9")));
  expect([alert.summary, alert.details?.ipintel]).toEqual(["s", []]);
  expect((await enrich(plugin, {})).details).toBeUndefined();
});

it("reads the file again when it has changed; a broken one is reported once and changes nothing", async () => {
  const { plugin, write, file } = pluginOf(JSON.stringify(INTEL));
  const reports: string[] = [];
  const after = async () => {
    const parts = { report: (problem: string) => void reports.push(problem) };
    return (await enrich(plugin, travel(hop("192.0.2.2", "192.0.2.3")), [], parts)).details?.ipintel;
  };
  expect(await after()).toMatchObject([{ ip: "192.0.2.2" }]);
  write("intel.json", JSON.stringify({ "192.0.2.3": { VPN: 1 } }));
  expect(await after()).toMatchObject([{ ip: "192.0.2.3" }]);
  write("intel.json", '{ "192.0.2.3": ');
  expect(await after()).toMatchObject([{ ip: "192.0.2.3" }]);
  expect(await after()).toMatchObject([{ ip: "192.0.2.3" }]);
  expect(reports).toEqual([`${file}:1:16: expected JSON (ValueExpected). What it said before goes on.`]);
  rmSync(file);
  expect(await after()).toMatchObject([{ ip: "192.0.2.3" }]);
  expect(reports).toHaveLength(2);
});

it.each([
  ['{\n  "192.0.2.300": {}\n}', ":2:18: 192.0.2.300: expected an address."],
  ['{\n  "192.0.2.3": { "VPN": "much" }\n}', ":2:25: 192.0.2.3.VPN: Invalid input: expected number, received string."],
  ["[", ":1:2: expected JSON (CloseBracketExpected)."],
])("refuses %j with its place, at the start", async (content, reason) => {
  const { plugin, file } = pluginOf(content);
  await expect(preparePlugins([plugin], services)).rejects.toMatchObject({
    code: "PLUGIN_DATA_INVALID",
    message: `Plugin geomodel_ipintel_enrichment cannot start: ${file}${reason}`,
  });
});

it("refuses a file that is not there, at the start and at each alert", async () => {
  const { plugin, file } = pluginOf("{}");
  rmSync(file);
  await expect(preparePlugins([plugin], services)).rejects.toThrow("ENOENT");
  await expect(enrich(plugin, travel())).rejects.toThrow("ENOENT");
});
