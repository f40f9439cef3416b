import { describe, expect, it } from "vitest";
import { readEvents } from "../read-event.ts";
import { readLog } from "../read-log.ts";

const options = { receivedAt: new Date("2026-05-04T12:00:00Z") };
const call = {
  eventVersion: "1.10",
  eventTime: "2026-05-04T11:00:00Z",
  eventSource: "cloudtrail.amazonaws.com",
  eventName: "StopLogging",
  awsRegion: "eu-west-1",
  sourceIPAddress: "203.0.113.21",
  userIdentity: { type: "IAMUser", userName: "erin" },
  eventType: "AwsApiCall",
};
const entry = (message: unknown, id = "37", timestamp = Date.UTC(2026, 4, 4, 11, 30)) => ({ id, timestamp, message });
const payload = (...logEvents: readonly unknown[]) => ({
  messageType: "DATA_MESSAGE",
  owner: "111122223333",
  logGroup: "trail/logs",
  logStream: "111122223333_CloudTrail_eu-west-1",
  subscriptionFilters: ["all"],
  logEvents,
});
const control = {
  ...payload(entry("CWL CONTROL MESSAGE: Checking health of destination Firehose.", "")),
  messageType: "CONTROL_MESSAGE",
  logGroup: "",
  logStream: "",
};

describe("cloudwatch-logs", () => {
  it("reads each record of CloudTrail as an event", () => {
    const second = { ...call, eventName: "DeleteTrail" };
    const events = readEvents(payload(entry(JSON.stringify(call)), entry(JSON.stringify(second), "38")), options);
    expect(events.map(({ parsers }) => parsers)).toEqual(Array(2).fill(["cloudwatch-logs", "cloudtrail"]));
    expect(events.map(({ notes }) => notes)).toEqual([[], []]);
    expect(events.map(({ event }) => event)).toMatchObject([
      {
        category: "AwsApiCall",
        source: "cloudtrail",
        summary: "203.0.113.21 performed StopLogging in cloudtrail.amazonaws.com",
        // That of the call, not when CloudWatch had it.
        utctimestamp: "2026-05-04T11:00:00Z",
        details: {
          sourceipaddress: "203.0.113.21",
          username: "erin",
          loggroup: "trail/logs",
          logstream: "111122223333_CloudTrail_eu-west-1",
          logowner: "111122223333",
          logeventid: "37",
        },
      },
      { details: { eventname: "DeleteTrail", logeventid: "38" } },
    ]);
  });

  it("reads other lines of a log group by what they are, at the time that CloudWatch says", () => {
    const line = "May  4 11:00:00 gate2 sshd[77]: Failed password for root from 203.0.113.61 port 5022 ssh2";
    const [ssh, plain] = readEvents(payload(entry(line), entry("plain words")), options);
    expect(ssh?.parsers).toEqual(["cloudwatch-logs", "syslog", "sshd"]);
    expect(ssh?.event).toMatchObject({ hostname: "gate2", details: { sourceipaddress: "203.0.113.61" } });
    expect(plain?.event).toMatchObject({ summary: "plain words", utctimestamp: "2026-05-04T11:30:00.000Z" });
  });

  it("makes no event of a control message, however it comes", () => {
    expect(readEvents(control, options)).toEqual([]);
    expect(readEvents(JSON.stringify(control), options)).toEqual([]);
    expect(readLog(`${JSON.stringify(control)}\n`, options)).toEqual([]);
  });

  it("keeps what is no message", () => {
    for (const odd of [7, { message: { a: 1 } }])
      expect(readEvents(payload(odd), options)).toMatchObject([
        { parsers: ["cloudwatch-logs", "json"], event: { details: { entry: odd, loggroup: "trail/logs" } } },
      ]);
  });

  it("leaves other records with such names alone", () => {
    for (const other of [
      { messageType: "DATA_MESSAGE", logGroup: "a" },
      { messageType: "OTHER", logGroup: "a", logEvents: [] },
      { messageType: "DATA_MESSAGE", logEvents: [] },
    ])
      expect(readEvents(other, options)[0]?.parsers).not.toContain("cloudwatch-logs");
  });
});
