import { describe, expect, it } from "vitest";
import { readEvent, readEvents } from "../read-event.ts";

const options = { receivedAt: new Date("2026-05-04T12:00:00Z") };
const read = (record: unknown) => readEvent(record, options);
const MESSAGE = "Invalid user dora from 203.0.113.53 port 4242";
const LINE = `May  4 11:00:00 gate2 sshd[7]: ${MESSAGE}`;

describe("Splunk's collector", () => {
  const around = {
    time: "1777892405.25",
    host: "collector",
    source: "/var/log/auth.log",
    sourcetype: "x",
    index: "main",
    fields: { site: "north" },
  };

  it("has a line", () => {
    const { event, parsers } = read({ ...around, event: LINE });
    expect(parsers).toEqual(["splunk-hec", "syslog", "sshd"]);
    expect(event).toMatchObject({
      utctimestamp: "2026-05-04T11:00:00.000Z",
      hostname: "gate2",
      eventsource: "/var/log/auth.log",
      details: { site: "north", sourcetype: "x", index: "main", username: "dora" },
    });
  });

  it("has a record, or one with the line as it is stored", () => {
    const { event } = read({ ...around, event: { message: "hello", severity: "warn", order: 7 } });
    expect(event).toMatchObject({
      utctimestamp: "2026-05-04T11:00:05.250Z",
      hostname: "collector",
      summary: "hello",
      severity: "WARNING",
      details: { order: 7 },
    });
    expect(read({ ...around, event: { _raw: LINE, x: 1 } }).event).toMatchObject({
      summary: MESSAGE,
      details: { x: 1 },
    });
  });

  it("has a number", () => {
    expect(read({ event: 7 }).event.summary).toBe("7");
    expect(read({ event: true }).event.summary).toBe("true");
  });

  it("is not any record with an event", () => {
    expect(read({ event: "x", message: "y" }).parsers).toEqual(["json"]);
  });
});

describe("OpenTelemetry", () => {
  const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
  const batch = (...logRecords: readonly object[]) => ({
    resourceLogs: [
      {
        resource: { attributes: [text("host.name", "gate2"), text("service.name", "door")] },
        scopeLogs: [{ scope: { name: "s" }, logRecords }],
      },
    ],
  });

  it("sends several events in one", () => {
    const read2 = readEvents(batch({ body: { stringValue: "one" } }, { body: { stringValue: "two" } }), options);
    expect(read2.map(({ event }) => [event.summary, event.hostname])).toEqual([
      ["one", "gate2"],
      ["two", "gate2"],
    ]);
    expect(read2[0]?.event.details).toMatchObject({ resource: { "service.name": "door" }, scope: "s" });
  });

  it.each([
    [{ timeUnixNano: "1777892400250000000" }, "2026-05-04T11:00:00.250Z"],
    [{ timeUnixNano: "0", observedTimeUnixNano: "1777892400500000000" }, "2026-05-04T11:00:00.500Z"],
    [{ timeUnixNano: 0 }, "2026-05-04T12:00:00+00:00"],
  ])("%j is the time", (record, time) => {
    expect(read(batch({ ...record, body: { stringValue: "x" } })).event.utctimestamp).toBe(time);
  });

  it.each([
    [{ severityNumber: 13 }, "WARNING"],
    [{ severityNumber: 24 }, "CRITICAL"],
    [{ severityNumber: 9, severityText: "notice" }, "NOTICE"],
    [{ severityNumber: 0 }, undefined],
  ])("%j is the severity", (record, severity) => {
    expect(read(batch({ ...record, body: { stringValue: "x" } })).event.severity).toBe(severity);
  });

  it("has attributes by the names of ECS, and others", () => {
    const attributes = [
      text("source.address", "203.0.113.53"),
      { key: "source.port", value: { intValue: "4242" } },
      text("user.name", "dora"),
      { key: "shop.list", value: { arrayValue: { values: [{ boolValue: true }, { doubleValue: 1.5 }] } } },
    ];
    expect(read(batch({ body: { stringValue: "x" }, attributes, traceId: "t" })).event.details).toMatchObject({
      sourceipaddress: "203.0.113.53",
      sourceport: "4242",
      username: "dora",
      attributes: { "shop.list": [true, 1.5] },
      traceId: "t",
    });
  });

  it("has a map, or a line of a file, as its body", () => {
    const body = {
      kvlistValue: {
        values: [text("message", MESSAGE), text("program", "sshd"), { key: "pid", value: { intValue: "7" } }],
      },
    };
    expect(read(batch({ body })).event).toMatchObject({
      processid: "7",
      details: { program: "sshd", username: "dora" },
    });
    const line = { body: { stringValue: LINE }, attributes: [text("log.file.path", "/var/log/auth.log")] };
    expect(read(batch(line)).event).toMatchObject({ eventsource: "/var/log/auth.log", details: { username: "dora" } });
    expect(read(batch({ body: { stringValue: LINE } })).parsers).toEqual(["otlp"]);
  });

  it("keeps what it does not know", () => {
    const read3 = readEvents({ resourceLogs: [{ logs: [1] }] }, options);
    expect(read3).toHaveLength(1);
    expect(read3[0]?.event.details.resourceLogs).toBe('[{"logs":[1]}]');
    expect(readEvents({ resourceLogs: [] }, options)).toEqual([]);
  });
});

describe("GELF", () => {
  it("has names of its own and free ones", () => {
    const { event } = read({
      version: "1.1",
      host: "gate2",
      short_message: MESSAGE,
      full_message: "long",
      timestamp: 1_777_892_400.25,
      level: 4,
      _program: "sshd",
      _pid: 7,
      _site: "north",
    });
    expect(event).toMatchObject({
      utctimestamp: "2026-05-04T11:00:00.250Z",
      category: "syslog",
      hostname: "gate2",
      severity: "WARNING",
      processid: "7",
      details: { program: "sshd", username: "dora", site: "north", full_message: "long" },
    });
    expect(event).not.toHaveProperty("version");
  });

  it("has the whole of a message that was cut, and the long one as it came", () => {
    const line = "Failed password for invalid user dora from 2001:db8:ab:cd::53 port 4242 ssh2";
    const record = { version: "1.1", host: "gate2", full_message: `${line}\r\nmore`, _SourceName: "sshd" };
    expect(read({ ...record, short_message: line.slice(0, 64) }).event).toMatchObject({
      summary: line,
      details: { sourceipaddress: "2001:db8:ab:cd::53", full_message: record.full_message },
    });
    expect(read({ ...record, short_message: "Failed password" }).event.summary).toBe("Failed password");
  });

  it("may hold a line of syslog as it was received", () => {
    const { parsers } = read({ version: "1.1", host: "gate2", short_message: `<38>${LINE}` });
    expect(parsers).toEqual(["gelf", "syslog", "sshd"]);
  });

  it("loses no free name that is one of its own", () => {
    const { event } = read({
      version: "1.1",
      host: "gate2",
      short_message: "short",
      _message: "free",
      _host: "other",
      _user: "dora",
    });
    expect(event).toMatchObject({
      hostname: "gate2",
      summary: "short",
      details: { message: "free", user: "dora", username: "dora" },
    });
  });
});
