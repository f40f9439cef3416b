import type { AlertPlugin } from "@mozdef/alert/runtime";
import { describe, expect, it } from "vitest";
import { enrichOnSite, hoursAgo } from "../test/enrich-on-site.ts";
import { authSourceIpUsername } from "./auth-source-ip-username.ts";
import { dhcpAssignment } from "./dhcp-assignment.ts";
import { portScanEnrichment } from "./port-scan-enrichment.ts";
import { possibleUsernames } from "./possible-usernames.ts";
import { vpnAssignment } from "./vpn-assignment.ts";

const at = (hours: number) => ({ utctimestamp: hoursAgo(hours), receivedtimestamp: hoursAgo(hours) });
const source = (sourceipaddress: string) => ({ details: { sourceipaddress } });

describe("vpnAssignment", () => {
  const plugin = vpnAssignment({ networks: ["10.48.0.0/16", "2001:db8:48::/48"] });
  const given = (vpnip: string, username: string, more: object = {}) => ({
    tags: ["vpn", "netfilter"],
    summary: "netfilter add upon connection",
    details: { success: "true", vpnip, username, sourceipaddress: "192.0.2.1" },
    ...more,
  });

  it("names who has the address, and from where", async () => {
    const events = [
      given("10.48.1.1", "old", at(3)),
      given("10.48.1.1", "bob", at(1)),
      given("10.48.1.2", "other"),
      given("10.48.1.1", "untagged", { tags: ["vpn"] }),
    ];
    const alert = await enrichOnSite(plugin, source("10.48.1.1"), {}, events);
    expect(alert.details).toEqual({
      sourceipaddress: "10.48.1.1",
      vpnassignment: { username: "bob", originalip: "192.0.2.1" },
    });
    expect(alert.summary).toBe("s");
  });

  it.each([
    ["no address", {}],
    ["an address elsewhere", source("192.0.2.9")],
    ["no assignment within six hours", source("10.48.1.1")],
  ])("adds nothing with %s", async (_, draft) => {
    const events = [given("10.48.1.1", "late", at(7)), given("192.0.2.9", "x")];
    const alert = await enrichOnSite(plugin, draft, {}, events);
    expect(alert.details).toEqual("details" in draft ? draft.details : undefined);
  });

  it("refuses what is not a network", () => {
    expect(() => vpnAssignment({ networks: ["10.48.0.0"] })).toThrow(
      "The options of vpnAssignment are wrong: networks.0: expected a network, e.g. 8.32.0.0/16.",
    );
  });
});

describe("authSourceIpUsername", () => {
  const login = (username: string | undefined, more: object = {}, details: object = {}) => ({
    tags: ["auth0"],
    details: { success: "true", sourceipaddress: "192.0.2.1", username, ...details },
    ...more,
  });
  const events = [
    login("old", at(2)),
    login("bob", at(1)),
    login("failed", {}, { success: "false" }),
    login("elsewhere", {}, { sourceipaddress: "192.0.2.2" }),
    login(undefined),
  ];

  it("puts the last login from the address in the place of the name that is there", async () => {
    const draft = { details: { sourceipaddress: "192.0.2.1", username: "web" } };
    const alert = await enrichOnSite(authSourceIpUsername(), draft, {}, events);
    expect(alert.details).toEqual({ sourceipaddress: "192.0.2.1", username: "bob" });
  });

  it("is for alerts with its word, and for logins within its hours", async () => {
    const other = authSourceIpUsername({ registration: "http" });
    expect((await enrichOnSite(other, source("192.0.2.1"), {}, events)).details).not.toHaveProperty("username");
    const short = authSourceIpUsername({ searchWindowHours: 0.5 });
    expect((await enrichOnSite(short, source("192.0.2.1"), {}, events)).details).not.toHaveProperty("username");
  });
});

describe("dhcpAssignment", () => {
  const MAC = "a1:b2:c3:d4:e5:f6";
  const lease = (mac: string, ts: number) => ({
    source: "dhcp",
    details: { assigned_addr: "10.0.0.7", mac, ts: hoursAgo(ts) },
  });
  const seen = (user: string) => ({ source: "local1", summary: `mac=${MAC},role=a=b,${user}` });
  const run = (events: readonly object[], about: object = source("10.0.0.7")) =>
    enrichOnSite(dhcpAssignment(), { tags: ["portscan"] }, about, events);

  it("names the device of the newest lease, and its user", async () => {
    const alert = await run([lease("00:00:00:00:00:01", 3), lease(MAC, 1), seen("user_name=bob")]);
    expect(alert.summary).toBe(`s; IP assigned to bob (${MAC})`);
    expect(alert.details).toEqual({ ipassignment: { mac: MAC, user: "bob" }, username: "bob" });
  });

  it("says when there is no user", async () => {
    const alert = await run([lease(MAC, 1), seen("other=x")]);
    expect(alert.summary).toBe(`s; IP assigned to (no user found) (${MAC})`);
    expect(alert.details).toEqual({ ipassignment: { mac: MAC, user: "(no user found)" } });
  });

  it.each<[string, readonly object[], object?]>([
    ["without a lease", [seen("user_name=bob")]],
    ["without a log-in", [lease(MAC, 1)]],
    ["without an address", [lease(MAC, 1), seen("user_name=bob")], {}],
  ])("adds nothing %s", async (_, events, about) => {
    expect((await run(events, about)).summary).toBe("s");
  });

  it("looks for an address of a device that is hostile text as for any other", async () => {
    const alert = await run([lease('x" OR source:local1 OR "', 1), seen("user_name=bob")]);
    expect(alert.summary).toBe("s");
  });
});

describe("portScanEnrichment", () => {
  const connection = (port: number | undefined, more: object = {}) => ({
    category: "bro",
    source: "conn",
    timestamp: "2026-03-10T08:00:00+00:00",
    details: { sourceipaddress: "10.0.0.7", destinationipaddress: "10.0.0.8", destinationport: port },
    ...more,
  });
  const run = (plugin: AlertPlugin, events: readonly object[]) =>
    enrichOnSite(plugin, { tags: ["portscan"] }, source("10.0.0.7"), events);

  it("adds the newest connections of the scanner", async () => {
    const events = [
      ...[connection(22, at(3)), connection(80, at(2)), connection(443, at(1)), connection(undefined, at(0.5))],
      ...[connection(1, { source: "dns" }), connection(2, at(30)), connection(3, { details: {} })],
    ];
    const alert = await run(portScanEnrichment({ maxConnections: 3 }), events);
    expect(alert.details?.recentconnections).toEqual([
      { destinationipaddress: "10.0.0.8", destinationport: 443, timestamp: "2026-03-10T08:00:00+00:00" },
      { destinationipaddress: "10.0.0.8", destinationport: 80, timestamp: "2026-03-10T08:00:00+00:00" },
    ]);
    const all = await run(portScanEnrichment({ maxConnections: 0 }), events);
    expect(all.details?.recentconnections).toHaveLength(3);
    expect(all.errors).toBeUndefined();
  });

  it("leaves alerts alone that have none of its tags", async () => {
    const alert = await run(portScanEnrichment({ matchTags: ["scan"] }), [connection(22)]);
    expect(alert.details).toBeUndefined();
  });
});

describe("possibleUsernames", () => {
  const login = (username: string, hostname = "h1", more: object = {}) => ({
    ...{ category: "syslog", hostname, summary: `Accepted publickey for ${username}` },
    details: { program: "sshd", username },
    ...more,
  });
  const plugin = possibleUsernames({ registration: "*" });
  const run = (events: readonly object[]) => enrichOnSite(plugin, {}, { hostname: "h1" }, events);

  it("names who has logged in to the host", async () => {
    const alert = await run([
      ...[login("bob"), login("eve"), login("bob", "h1", at(20))],
      ...[login("other", "h2"), login("late", "h1", at(25)), login("x", "h1", { summary: "Failed" })],
    ]);
    expect(alert.details).toEqual({ possible_usernames: ["bob", "eve"] });
    expect(alert.summary).toBe("s; Possible users: bob, eve");
  });

  it("says of many how many more there are", async () => {
    const alert = await run(Array.from({ length: 25 }, (_, index) => login(`user${index}`)));
    expect(alert.summary).toMatch(/, user\d+ and 5 more$/);
    expect(alert.details?.possible_usernames).toHaveLength(25);
  });

  it("adds an empty list when there are none", async () => {
    const alert = await run([]);
    expect([alert.summary, alert.details]).toEqual(["s", { possible_usernames: [] }]);
  });

  it("is for AlertPromiscKernel alone", () => {
    expect(possibleUsernames().registration).toBe("promisckernel");
  });
});
