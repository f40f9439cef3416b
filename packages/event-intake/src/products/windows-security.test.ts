import { describe, expect, it } from "vitest";
import { readEvent } from "../read-event.ts";

const PROVIDER = "Microsoft-Windows-Security-Auditing";
const options = { receivedAt: new Date("2026-05-04T12:00:00Z") };
const names = { TargetUserName: "erin", SubjectUserName: "SRV7$", TargetDomainName: "OWN" };

const nxlog = (EventID: number, more: object) =>
  readEvent(
    {
      EventTime: "2026-05-04 10:00:00",
      Hostname: "srv7.example.net",
      EventType: "AUDIT_FAILURE",
      EventID,
      SourceName: PROVIDER,
      SourceModuleType: "im_msvistalog",
      Message: "It happened.\r\n\r\nSubject:\r\n\tx",
      ExecutionProcessID: 700,
      ...names,
      ...more,
    },
    options,
  );
const winlogbeat = (code: string, data: object, more: object = {}) =>
  readEvent(
    {
      "@timestamp": "2026-05-04T10:00:00.250Z",
      message: "It happened.\n\nSubject:",
      event: { code, outcome: "success" },
      host: { name: "srv7.example.net" },
      winlog: {
        channel: "Security",
        provider_name: PROVIDER,
        event_data: { ...names, ...data },
        process: { pid: 700 },
      },
      agent: { type: "winlogbeat" },
      ...more,
    },
    options,
  );

describe("windows-security", () => {
  it("reads a failed logon of nxlog", () => {
    const { event, parsers } = nxlog(4_625, { IpAddress: "::ffff:203.0.113.82", IpPort: "50505", ProcessName: "-" });
    expect(parsers).toEqual(["windows-security"]);
    expect(event).toMatchObject({
      category: "authentication",
      summary: "It happened.",
      hostname: "srv7.example.net",
      processid: "700",
      utctimestamp: "2026-05-04T10:00:00.000Z",
    });
    expect(event.details).toMatchObject({
      eventid: "4625",
      username: "erin",
      sourceipaddress: "203.0.113.82",
      sourceport: "50505",
      success: false,
      TargetDomainName: "OWN",
    });
    expect(event.details.processname).toBeUndefined();
  });

  it("reads a logon of Winlogbeat, on the machine itself", () => {
    const { event } = winlogbeat("4624", { IpAddress: "-", IpPort: "0" });
    expect(event).toMatchObject({
      category: "authentication",
      utctimestamp: "2026-05-04T10:00:00.250Z",
      hostname: "srv7.example.net",
      details: { username: "erin", success: true, winlog: { channel: "Security" } },
    });
    expect(event.details.sourceipaddress).toBeUndefined();
    expect(event.details.sourceport).toBeUndefined();
  });

  it("names who did it where that is not whom it was done to", () => {
    const made = winlogbeat("4688", {
      NewProcessName: "C:\\a.exe",
      CommandLine: "a /b",
      ParentProcessName: "C:\\p.exe",
    });
    expect(made.event).toMatchObject({
      category: "windows",
      details: { username: "SRV7$", processname: "C:\\a.exe", command: "a /b", parentprocess: "C:\\p.exe" },
    });
    expect(nxlog(4_740, {}).event.details.username).toBe("erin");
    expect(nxlog(4_726, { SubjectUserName: "-" }).event.details.username).toBe("erin");
  });

  it("reads audits of Winlogbeat before ECS, and the sender of nxlog", () => {
    const keywords = ["Audit Failure"];
    const winlog = { provider_name: PROVIDER, event_id: 4_771, computer_name: "dc7", keywords, event_data: names };
    const old = winlogbeat("", {}, { winlog, event: {}, host: {} }).event;
    expect(old).toMatchObject({ hostname: "dc7", details: { eventid: "4771", success: false } });
    const relayed = nxlog(4_625, { MessageSourceAddress: "192.0.2.9" }).event.details;
    expect(relayed.eventsourceipaddress).toBe("192.0.2.9");
    expect(relayed.sourceipaddress).toBeUndefined();
  });

  it("leaves other logs of Windows to the shippers", () => {
    expect(nxlog(1, { SourceName: "Other" }).parsers).not.toContain("windows-security");
    expect(winlogbeat("1", {}, { winlog: { provider_name: "Other", event_data: {} } }).parsers).not.toContain(
      "windows-security",
    );
  });
});
