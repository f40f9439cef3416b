import { describe, expect, it } from "vitest";
import { readEvent } from "../read-event.ts";

const options = { receivedAt: new Date("2026-05-04T12:00:00Z") };
const read = (record: unknown) => readEvent(record, options);

const ends = { src_ip: "203.0.113.66", src_port: 5_555, dest_ip: "192.0.2.44", dest_port: 8_080, proto: "TCP" };
const alert = {
  timestamp: "2026-05-04T13:30:00.500000+0200",
  flow_id: 77,
  event_type: "alert",
  ...ends,
  alert: { signature: "OWN rule", signature_id: 4_000_001, severity: 2 },
};

describe("suricata", () => {
  it("reads an alert, with MozDef's names", () => {
    const http = { hostname: "shop.example", url: "/a?b", http_method: "PUT", status: 500, protocol: "HTTP/1.1" };
    const flow = { bytes_toserver: 10, bytes_toclient: 20, pkts_toserver: 1, pkts_toclient: 2 };
    const { event, parsers } = read({ ...alert, http, flow, app_proto: "http", host: "ids9" });
    expect(parsers).toEqual(["suricata"]);
    expect(event).toMatchObject({
      category: "suricata",
      source: "eve-log",
      hostname: "ids9",
      summary: "203.0.113.66:5555 -> 192.0.2.44:8080",
      details: { suricata_alert: { signature: "OWN rule" }, event_type: "alert", service: "http", flow_id: 77 },
    });
    expect(Date.parse(event.utctimestamp)).toBe(Date.parse("2026-05-04T11:30:00.500Z"));
    expect(event.details).toMatchObject({
      host: "shop.example",
      uri: "/a?b",
      method: "PUT",
      status_code: 500,
      http: { protocol: "HTTP/1.1" },
      originipbytes: 10,
      responseipbytes: 20,
      orig_pkts: 1,
      resp_pkts: 2,
      sourceport: 5_555,
      destinationport: 8_080,
    });
    expect(event.details.flow).toBeUndefined();
    expect(event.details.alert).toBeUndefined();
  });

  it("reads what has no ports or no addresses", () => {
    expect(read({ ...alert, src_port: undefined, dest_port: undefined }).event.summary).toBe(
      "203.0.113.66 -> 192.0.2.44",
    );
    const stats = { timestamp: alert.timestamp, event_type: "stats", stats: { uptime: 9 } };
    expect(read(stats).event).toMatchObject({ summary: "Suricata stats", details: { stats: { uptime: 9 } } });
    expect(read(stats).event.details.sourceipaddress).toBeUndefined();
  });

  it("reads it as text in the message of a shipper", () => {
    const { event, parsers } = read({ hostname: "edge7", summary: JSON.stringify(alert), tags: ["ids"] });
    expect(parsers).toEqual(["json", "suricata"]);
    expect(event).toMatchObject({ hostname: "edge7", tags: ["ids"], source: "eve-log" });
  });

  it("leaves other events with a type alone", () => {
    for (const other of [
      { timestamp: "t", event_type: "login" },
      { flow_id: 1, event_type: "alert" },
    ])
      expect(read(other).parsers).not.toContain("suricata");
  });
});
