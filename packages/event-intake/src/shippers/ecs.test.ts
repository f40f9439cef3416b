import { describe, expect, it } from "vitest";
import { readEvent } from "../read-event.ts";

const options = { receivedAt: new Date("2026-05-04T12:00:00Z") };
const read = (record: unknown) => readEvent(record, options);
const TIME = "2026-05-04T11:00:01.5Z";
const ecs = { version: "8.11.0" };

describe("a document of ECS", () => {
  it("has MozDef's names, and keeps the others", () => {
    const { event, parsers, notes } = read({
      "@timestamp": TIME,
      ecs,
      message: "login failed",
      tags: ["vpn"],
      event: { action: "login", outcome: "failure", dataset: "shop.login", module: "shop", code: "77", kind: "event" },
      host: { name: "gate2", os: { name: "BSD" } },
      log: { level: "warning" },
      user: { name: "dora", email: "dora@a.example", roles: ["x"] },
      source: {
        ip: "203.0.113.51",
        port: 4242,
        geo: { city_name: "Bern", country_iso_code: "CH", location: { lat: 46.9, lon: 7.4 } },
      },
      destination: { address: "b.example" },
      http: { response: { status_code: 403 } },
      rule: { name: "brute" },
      fields: { site: "north" },
      custom: { a: 1 },
    });
    expect(parsers).toEqual(["ecs"]);
    expect(notes).toEqual([]);
    expect(event).toMatchObject({
      utctimestamp: TIME,
      summary: "login failed",
      category: "shop.login",
      source: "shop",
      hostname: "gate2",
      severity: "WARNING",
      tags: ["vpn"],
      details: {
        action: "login",
        eventname: "login",
        eventid: "77",
        success: false,
        username: "dora",
        email: "dora@a.example",
        sourceipaddress: "203.0.113.51",
        sourceport: "4242",
        sourceipgeopoint: "46.9,7.4",
        sourceipgeolocation: { city: "Bern", country_code: "CH" },
        destination: "b.example",
        status_code: 403,
        note: "brute",
        suricata_alert: { signature: "brute" },
        site: "north",
        custom: { a: 1 },
        ecs: { event: { kind: "event" }, host: { os: { name: "BSD" } }, user: { roles: ["x"] } },
      },
    });
    expect(event.details.ecs).not.toHaveProperty("source.ip");
  });

  it("may have dots in its names", () => {
    const { event } = read({
      "@timestamp": TIME,
      "ecs.version": "1.2.0",
      "log.level": "error",
      message: "no",
      "source.ip": "2001:db8::51",
      "host.name": "gate2",
    });
    expect(event).toMatchObject({
      severity: "ERROR",
      hostname: "gate2",
      summary: "no",
      details: { sourceipaddress: "2001:db8::51" },
    });
  });

  it("may have a name in place of an address", () => {
    const read1 = read({
      "@timestamp": TIME,
      ecs,
      message: "x",
      source: { address: "a.example" },
      destination: { address: "192.0.2.51" },
    });
    expect(read1.event.details).toMatchObject({ source: "a.example", destinationipaddress: "192.0.2.51" });
    expect(read1.event.details).not.toHaveProperty("sourceipaddress");
    expect(read1.event.details).not.toHaveProperty("destination");
  });

  it("has the first of several values, and keeps the others", () => {
    const { details } = read({ "@timestamp": TIME, ecs, message: "x", user: { name: ["dora", "erik"] } }).event;
    expect(details).toMatchObject({ username: "dora", ecs: { user: { name: ["dora", "erik"] } } });
  });

  it("has the original where there is no message", () => {
    expect(read({ "@timestamp": TIME, ecs, event: { original: "raw" } }).event.summary).toBe("raw");
  });

  it("does not know an outcome that is not known", () => {
    const { details } = read({ "@timestamp": TIME, ecs, message: "x", event: { outcome: "unknown" } }).event;
    expect(details).not.toHaveProperty("success");
    expect(details).toMatchObject({ ecs: { event: { outcome: "unknown" } } });
  });
});

describe("Filebeat", () => {
  const line = "May  4 11:00:00 gate2 sshd[7]: Invalid user dora from 203.0.113.51 port 4242";
  const file = {
    "@timestamp": TIME,
    ecs,
    message: line,
    log: { offset: 7, file: { path: "/var/log/auth.log" } },
    input: { type: "filestream" },
    host: { name: "collector" },
  };

  it("reads a line: its own time, host and program count", () => {
    const { event, parsers } = read(file);
    expect(parsers).toEqual(["ecs", "syslog", "sshd"]);
    expect(event).toMatchObject({
      utctimestamp: "2026-05-04T11:00:00.000Z",
      hostname: "gate2",
      eventsource: "/var/log/auth.log",
      processid: "7",
      details: { username: "dora", readtimestamp: TIME },
    });
  });

  it("reads no line in what a container or an application says", () => {
    expect(read({ ...file, input: { type: "container" } }).parsers).toEqual(["ecs"]);
    expect(read({ "@timestamp": TIME, ecs, message: line }).parsers).toEqual(["ecs"]);
  });

  it("reads a line that Logstash has read, which names no input", () => {
    const logstash = { "@timestamp": TIME, "@version": "1", host: { name: "collector" }, message: line };
    const { event, parsers } = read({ ...logstash, event: { original: line } });
    expect(parsers).toEqual(["ecs", "syslog", "sshd"]);
    expect(event).toMatchObject({ hostname: "gate2", details: { username: "dora", readtimestamp: TIME } });
    expect(read({ ...logstash, event: { original: `<38>${line}` } }).parsers).toEqual(["ecs"]);
  });

  it("reads JSON in a line", () => {
    const { event } = read({ ...file, message: '{"message":"in","user":"dora"}' });
    expect(event).toMatchObject({ summary: "in", utctimestamp: TIME, details: { user: "dora" } });
  });

  it("reads its journal, whose priority is the severity", () => {
    const { event } = read({
      "@timestamp": TIME,
      ecs,
      message: "Invalid user dora from 203.0.113.51 port 4242",
      host: { name: "gate2" },
      input: { type: "journald" },
      syslog: { priority: 4, facility: 10, identifier: "sshd-session", pid: 7 },
      log: { syslog: { priority: 4 } },
    });
    expect(event).toMatchObject({
      category: "syslog",
      source: "authpriv",
      severity: "WARNING",
      processname: "sshd-session",
      processid: "7",
      details: { program: "sshd", username: "dora" },
    });
  });

  it("reads what its syslog processor says; the sender is not the attacker", () => {
    const { event } = read({
      "@timestamp": TIME,
      ecs,
      message: "hello",
      host: { name: "collector" },
      log: {
        source: { address: "192.0.2.51:5514" },
        syslog: {
          priority: 38,
          severity: { code: 6 },
          facility: { code: 4 },
          hostname: "gate2",
          appname: "app",
          procid: "7",
        },
      },
    });
    expect(event).toMatchObject({
      category: "syslog",
      hostname: "gate2",
      severity: "INFO",
      processid: "7",
      details: { program: "app", facility: "auth", eventsourceipaddress: "192.0.2.51" },
    });
    expect(event.details).not.toHaveProperty("sourceipaddress");
  });
});
