import { describe, expect, it } from "vitest";
import { readEvent } from "../read-event.ts";

const options = { receivedAt: new Date("2026-05-04T12:00:00Z") };
const event = {
  category: "WRITE",
  summary: "Write: /etc/ssh/sshd_config",
  severity: "INFO",
  hostname: "edge7.example.net",
  processid: 912,
  processname: "audisp-json",
  timestamp: "2026-05-04T11:59:00+00:00",
  tags: ["audit"],
  details: { auditserial: "77", auditkey: "audit", processname: "ed", originaluser: "erin", user: "root" },
};
const read = (fields: object, details: object = {}) =>
  readEvent({ ...event, ...fields, details: { ...event.details, ...details } }, options);

describe("audisp-json", () => {
  it("is MozDef's shape already", () => {
    const found = read({});
    expect(found.parsers).toEqual(["audisp-json"]);
    expect(found.event).toMatchObject({ ...event, category: "write", processid: "912" });
    expect(found.event.utctimestamp).toBe("2026-05-04T11:59:00+00:00");
  });

  it("mends the word that the alert asks for", () => {
    const summary = "Promisc: Interface eth7 set promiscous on";
    expect(read({ summary }).event.summary).toBe("Promisc: Interface eth7 set promiscuous on");
    expect(read({ summary: "Execve: echo set promiscous" }).event.summary).toBe("Execve: echo set promiscous");
  });

  it("leaves out what audit does not know, and takes the host that is meant", () => {
    const found = read({}, { auid: "4294967295", ses: -1, euid: "(null)", gid: "0,1", dhost: "edge8.example.net" });
    expect(found.event.hostname).toBe("edge8.example.net");
    expect(Object.keys(found.event.details)).toEqual([...Object.keys(event.details), "gid", "dhost"]);
  });

  it("keeps names that MozDef does not have", () => {
    expect(read({ kernel: "6.1" }).event.details.kernel).toBe("6.1");
    expect(read({ processname: "other" }).parsers).not.toContain("audisp-json");
  });
});
