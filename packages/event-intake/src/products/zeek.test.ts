import { describe, expect, it } from "vitest";
import { readEvent } from "../read-event.ts";

const options = { receivedAt: new Date("2026-05-04T12:00:00Z") };
const read = (record: unknown) => readEvent(record, options);

const ends = { uid: "Cq7hXz1", "id.orig_h": "198.51.100.77", "id.orig_p": 61_000, "id.resp_h": "192.0.2.25" };
const connection = { ts: 1_777_896_000.25, ...ends, "id.resp_p": 25 };

describe("zeek", () => {
  it("reads a connection, with MozDef's summary", () => {
    const sizes = { conn_state: "SF", history: "ShAdDaFf", orig_ip_bytes: 900, resp_ip_bytes: 1_200, orig_pkts: 7 };
    const { event, parsers } = read({ ...connection, ...sizes, proto: "tcp" });
    expect(event).toMatchObject({
      category: "bro",
      source: "conn",
      type: "nsm",
      eventsource: "nsm",
      severity: "INFO",
      utctimestamp: "2026-05-04T12:00:00.250Z",
      summary: "198.51.100.77:61000 -> 192.0.2.25:25 ShAdDaFf 900 bytes / 1200 bytes",
      details: { sourceipaddress: "198.51.100.77", sourceport: 61_000, destinationipaddress: "192.0.2.25" },
    });
    expect(event.details).toMatchObject({
      destinationport: 25,
      originipbytes: 900,
      responseipbytes: 1_200,
      orig_pkts: 7,
    });
    expect(Object.keys(event.details).filter((name) => /^id\.|_ip_bytes/.test(name))).toEqual([]);
    expect(parsers).toEqual(["zeek"]);
  });

  it("says 0 for sizes that a connection does not have", () => {
    const { event } = read({ ...connection, conn_state: "S0" });
    expect(event.summary).toBe("198.51.100.77:61000 -> 192.0.2.25:25 unknown 0 bytes / 0 bytes");
    expect(event.details.originipbytes).toBeUndefined();
  });

  it.each([
    ["http", { trans_depth: 1, request_body_len: 0, method: "PUT" }, "HTTP PUT 198.51.100.77 -> 192.0.2.25:25"],
    ["ssh", { auth_attempts: 2, auth_success: true }, "SSH: 198.51.100.77 -> 192.0.2.25:25 success True"],
    ["ssh", { auth_attempts: 0 }, "SSH: 198.51.100.77 -> 192.0.2.25:25"],
    [
      "dns",
      { trans_id: 7, query: "a.example", qtype_name: "TXT" },
      "DNS TXT type query 198.51.100.77 -> 192.0.2.25:25",
    ],
    ["smtp", { trans_depth: 1, helo: "mx.example" }, "SMTP: 198.51.100.77 -> 192.0.2.25:25"],
    ["ssl", { established: true, server_name: "a.example" }, "SSL: 198.51.100.77 -> 192.0.2.25:25"],
    ["ldap", { message_id: 3, opcode: "bind simple" }, "LDAP: 198.51.100.77 -> 192.0.2.25:25"],
    [
      "weird",
      { name: "bad_TCP_checksum", notice: false, peer: "w1" },
      "Weird: bad_TCP_checksum 198.51.100.77 -> 192.0.2.25:25",
    ],
    [undefined, { nothing: "known" }, "Zeek: 198.51.100.77 -> 192.0.2.25:25"],
  ])("knows %s by its fields", (source, fields, summary) => {
    expect(read({ ...connection, ...fields }).event).toMatchObject({ category: "bro", summary });
    expect(read({ ...connection, ...fields }).event.source).toBe(source);
  });

  it("takes the kind from _path", () => {
    const { event } = read({ _path: "mqtt_connect", ...connection });
    expect(event).toMatchObject({ source: "mqtt_connect", summary: "MQTT_CONNECT: 198.51.100.77 -> 192.0.2.25:25" });
    expect(event.details._path).toBeUndefined();
  });

  it("reads a notice without a connection, IPv6 too, and finds what it is about", () => {
    const sub = "Indicator: 203.0.113.99, Indicator: 2001:db8:f::9";
    const notice = { ts: "2026-05-04T11:00:00.5Z", note: "Own::Thing", msg: "m", sub, src: "2001:db8:f::1", p: 8_443 };
    const { event } = read({ ...notice, actions: ["Notice::ACTION_LOG", "Notice::ACTION_EMAIL"] });
    expect(event).toMatchObject({
      source: "notice",
      summary: "Own::Thing source 2001:db8:f::1 destination unknown port 8443",
      details: { note: "Own::Thing", msg: "m", sub, sourceipaddress: "2001:db8:f::1" },
    });
    expect(event.details.indicators).toEqual(["2001:db8:f::1", "203.0.113.99", "2001:db8:f::9"]);
    expect(event.details.src).toBeUndefined();
    expect(read({ ...notice, actions: "Notice::ACTION_LOG" }).event.details.indicators).toHaveLength(3);
    expect(read({ ...notice, actions: ["Notice::ACTION_NONE"] }).event.details.indicators).toBeUndefined();
  });

  it("reads a hit of the intelligence framework, whichever way its names are divided", () => {
    const hit = {
      source: "intel",
      summary: "Bro intel match of Intel::DOMAIN in DNS::IN_REQUEST",
      details: { seenindicator: "bad.example", seenwhere: "DNS::IN_REQUEST", seenindicatortype: "Intel::DOMAIN" },
    };
    const seen = { indicator: "bad.example", indicator_type: "Intel::DOMAIN", where: "DNS::IN_REQUEST" };
    const named = (before: string) =>
      Object.fromEntries(Object.entries(seen).map(([name, value]) => [`${before}${name}`, value]));
    const found = { ts: 1_777_896_000, ...ends, sources: ["own list"] };
    for (const form of [
      { ...found, ...named("seen.") },
      { ...found, ...named("seen_") },
      { ...found, seen },
    ])
      expect(read(form).event).toMatchObject(hit);
  });

  it("reads names that are divided by underlines, and a host that a shipper adds", () => {
    const flat = { ts: 1, uid: "C1", id_orig_h: "192.0.2.1", id_orig_p: 5, id_resp_h: "192.0.2.2", id_resp_p: 6 };
    const { event } = read({ ...flat, host: { name: "sensor4" } });
    expect(event.hostname).toBe("sensor4");
    expect(event.details).toMatchObject({ sourceipaddress: "192.0.2.1", destinationport: 6 });
  });

  it("leaves out colons of hardware addresses", () => {
    const lease = { ts: 2, uids: ["C1"], mac: "00:00:5e:00:53:0a", assigned_addr: "192.0.2.200" };
    expect(read(lease).event).toMatchObject({ source: "dhcp", summary: "192.0.2.200 assigned to 00005e00530a" });
  });

  it("leaves what is not Zeek's alone", () => {
    for (const other of [
      { ts: 1, message: "m" },
      { ts: 1, note: "n" },
      { ts: 1, _path: "/var/log/x y" },
      { uid: "C1" },
    ])
      expect(read(other).parsers).not.toContain("zeek");
  });
});
