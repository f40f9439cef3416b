import { describe, expect, it } from "vitest";
import { without } from "../event/json.ts";
import { readEvent } from "../read-event.ts";

const options = { receivedAt: new Date("2026-05-04T12:00:00Z") };
const read = (record: unknown) => readEvent(record, options);
const MESSAGE = "Invalid user dora from 203.0.113.52 port 4242";
const LINE = `May  4 11:00:00 gate2 sshd[7]: ${MESSAGE}`;
const TIME = "2026-05-04T11:00:00.000Z";

const syslogNg = {
  PROGRAM: "sshd",
  PRIORITY: "info",
  PID: "7",
  MESSAGE,
  HOST_FROM: "192.0.2.52",
  SOURCEIP: "192.0.2.52",
  HOST: "gate2",
  FACILITY: "auth",
  ISODATE: "2026-05-04T13:00:00+02:00",
};
const journal = {
  MESSAGE,
  _HOSTNAME: "gate2",
  SYSLOG_IDENTIFIER: "sshd",
  _PID: "7",
  PRIORITY: "6",
  SYSLOG_FACILITY: "4",
  __REALTIME_TIMESTAMP: "1777892400000000",
  _BOOT_ID: "b",
};
const rsyslog = {
  message: ` ${MESSAGE}`,
  fromhost: "gate2",
  programname: "sshd",
  procid: "7",
  msgid: "-",
  facility: "auth",
  priority: "info",
  timereported: "2026-05-04T11:00:00Z",
  timegenerated: "2026-05-04T11:00:03Z",
};
const jsonmesg = {
  msg: ` ${MESSAGE}`,
  rawmsg: `<38>${LINE}`,
  timereported: "2026-05-04T11:00:00Z",
  hostname: "gate2",
  fromhost: "relay1",
  "fromhost-ip": "192.0.2.52",
  pri: "38",
  syslogfacility: "4",
  syslogseverity: "6",
  programname: "sshd",
  "app-name": "sshd",
  procid: "7",
  uuid: null,
  "$!": null,
};
const vector = {
  appname: "sshd",
  facility: "auth",
  host: "relay1",
  hostname: "gate2",
  message: MESSAGE,
  procid: 7,
  severity: "info",
  source_ip: "192.0.2.52",
  source_type: "syslog",
  timestamp: "2026-05-04T11:00:00Z",
  version: 1,
};
const fluentBit = {
  date: 1_777_892_400,
  pri: "38",
  time: "May  4 13:00:00",
  host: "gate2",
  ident: "sshd",
  pid: "7",
  message: MESSAGE,
  extradata: "-",
};
const fluentd = {
  host: "gate2",
  ident: "sshd",
  pid: "7",
  message: MESSAGE,
  severity: "info",
  facility: "auth",
  time: "2026-05-04T11:00:00Z",
};
const logstash = {
  "@timestamp": "2026-05-04T11:00:00Z",
  "@version": "1",
  message: MESSAGE,
  host: "192.0.2.52",
  priority: 38,
  severity: 6,
  facility: 4,
  severity_label: "Informational",
  logsource: "gate2",
  program: "sshd",
  pid: "7",
  timestamp: "May  4 13:00:00",
};
const nxlog = {
  EventReceivedTime: "2026-05-04T11:00:03Z",
  SourceModuleName: "in",
  SourceModuleType: "im_udp",
  SyslogFacility: "AUTH",
  SyslogSeverity: "INFO",
  SeverityValue: 2,
  Hostname: "gate2",
  EventTime: "2026-05-04T11:00:00Z",
  SourceName: "sshd",
  ProcessID: 7,
  Message: MESSAGE,
  MessageSourceAddress: "192.0.2.52",
};

describe("a message of syslog in the event of a shipper", () => {
  it.each<[string, object]>([
    ["syslog-ng", syslogNg],
    ["syslog-ng", { ...syslogNg, HOST_FROM: undefined }],
    ["syslog-ng", { ...syslogNg, ISODATE: undefined, DATE: "2026 May  4 11:00:00" }],
    ["journald", journal],
    ["rsyslog", rsyslog],
    ["rsyslog", jsonmesg],
    ["vector", vector],
    ["fluent-bit", fluentBit],
    ["fluentd", fluentd],
    ["logstash", logstash],
    ["nxlog", nxlog],
  ])("of %s", (name, record) => {
    const { event, parsers, notes } = read(JSON.parse(JSON.stringify(record)));
    expect(parsers).toEqual([name, "sshd"]);
    expect(notes).toEqual([]);
    expect(new Date(event.utctimestamp).toISOString()).toBe(TIME);
    expect(event).toMatchObject({
      category: "syslog",
      summary: MESSAGE,
      hostname: "gate2",
      processname: "sshd",
      processid: "7",
      severity: "INFO",
      source: "auth",
      details: { program: "sshd", facility: "auth", username: "dora", sourceipaddress: "203.0.113.52" },
    });
  });

  it.each<[string, object]>([
    ["syslog-ng", syslogNg],
    ["rsyslog", jsonmesg],
    ["vector", vector],
    ["logstash", logstash],
    ["nxlog", nxlog],
  ])("does not take the sender for the attacker: %s", (_name, record) => {
    const { details } = read(record).event;
    expect(details).toMatchObject({ sourceipaddress: "203.0.113.52", eventsourceipaddress: "192.0.2.52" });
  });

  it.each<[string, object, string]>([
    [
      "vector",
      {
        source_type: "file",
        file: "/var/log/auth.log",
        host: "collector",
        message: LINE,
        timestamp: "2026-05-04T11:00:05Z",
      },
      "2026-05-04T11:00:05Z",
    ],
    ["fluent-tail", { date: "2026-05-04T11:00:05Z", log: `${LINE}\n` }, "2026-05-04T11:00:05Z"],
    [
      "logstash",
      {
        "@timestamp": "2026-05-04T11:00:05Z",
        "@version": "1",
        host: "collector",
        path: "/var/log/auth.log",
        message: LINE,
      },
      "2026-05-04T11:00:05Z",
    ],
  ])("is in a line of a file: %s", (name, record, readtimestamp) => {
    const { event, parsers } = read(record);
    expect(parsers).toEqual([name, "syslog", "sshd"]);
    expect(event).toMatchObject({ utctimestamp: TIME, hostname: "gate2", processid: "7", details: { readtimestamp } });
  });

  it("is not looked for in what a container says", () => {
    const record = {
      log: `${LINE}\n`,
      stream: "stdout",
      time: "2026-05-04T11:00:05Z",
      kubernetes: { host: "node1", pod_name: "p" },
    };
    const { event, parsers } = read(record);
    expect(parsers).toEqual(["fluent-tail"]);
    expect(event).toMatchObject({
      hostname: "node1",
      summary: LINE,
      details: { stream: "stdout", kubernetes: { pod_name: "p" } },
    });
  });
});

describe("a shipper", () => {
  it("of the journal sends bytes, and several messages", () => {
    const bytes = [...new TextEncoder().encode("caf"), 0xe9];
    expect(read({ ...journal, MESSAGE: bytes }).event.summary).toBe("caf\uFFFD");
    const twice = read({ ...journal, MESSAGE: ["one", "two"] }).event;
    expect(twice).toMatchObject({ summary: "one", details: { messages: '["one","two"]' } });
  });

  it("of rsyslog leaves the program out: only what is certain is read", () => {
    const short = without(rsyslog, ["programname", "procid"]);
    expect(read(short).event.details).not.toHaveProperty("program");
    const failed = "Failed password for dora from 203.0.113.52 port 4242 ssh2";
    expect(read({ ...short, message: ` ${failed}` }).event.details).toMatchObject({
      program: "sshd",
      username: "dora",
    });
    expect(read({ ...short, facility: "user", message: failed }).event.details).not.toHaveProperty("program");
  });

  it("of rsyslog has read the message", () => {
    expect(read({ ...jsonmesg, "$!": { order: 7 } }).event.details).toMatchObject({ order: 7 });
  });

  it("loses nothing that has another shape", () => {
    const { details } = read({ ...vector, message: { a: 1 }, host: { b: 2 } }).event;
    expect(details).toMatchObject({ message: { a: 1 }, host: { b: 2 } });
    expect(read({ ...syslogNg, MESSAGE: { a: 1 } }).event.details).toMatchObject({ MESSAGE: { a: 1 } });
  });

  it("of a web server has the client in the place of the host", () => {
    const { event } = read({
      date: 1_777_892_400,
      host: "203.0.113.52",
      user: "-",
      method: "GET",
      path: "/a",
      code: "404",
      size: "77",
      referer: "-",
      agent: "curl",
    });
    expect(event).toMatchObject({
      category: "web",
      utctimestamp: TIME,
      summary: "203.0.113.52 GET /a 404",
      details: { sourceipaddress: "203.0.113.52", method: "GET", uri: "/a", status_code: 404, user_agent: "curl" },
    });
    expect(event).not.toHaveProperty("hostname");
    expect(event.details).not.toHaveProperty("username");
  });
});
