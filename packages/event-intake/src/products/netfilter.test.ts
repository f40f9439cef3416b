import { describe, expect, it } from "vitest";
import { readEvent } from "../read-event.ts";

const options = { receivedAt: new Date("2026-05-04T12:00:00Z") };
const kernel = (message: string) => readEvent(`<4>May  4 11:00:00 gate2 kernel: ${message}`, options);

describe("the packet filter", () => {
  it("is read", () => {
    const { event, parsers } = kernel(
      "[77.1] DROP IN=ens3 OUT= MAC=00:00:5e:00:53:a1 SRC=203.0.113.44 DST=192.0.2.44 LEN=40 PROTO=TCP SPT=4242 DPT=22 SYN ",
    );
    expect(parsers).toEqual(["syslog", "netfilter"]);
    expect(event.details).toEqual({
      program: "kernel",
      facility: "kern",
      sourceipaddress: "203.0.113.44",
      sourceipv4address: "203.0.113.44",
      destinationipaddress: "192.0.2.44",
      destinationipv4address: "192.0.2.44",
      sourceport: "4242",
      destinationport: "22",
      proto: "tcp",
      interface: "ens3",
    });
  });

  it("has the outer packet of a packet in a packet", () => {
    const { details } = kernel(
      "IN=ens3 OUT= SRC=203.0.113.44 DST=192.0.2.44 LEN=68 PROTO=ICMP TYPE=3 CODE=3 [SRC=192.0.2.44 DST=203.0.113.44 PROTO=UDP SPT=53 DPT=4242 ] ",
    ).event;
    expect(details).toMatchObject({ sourceipaddress: "203.0.113.44", proto: "icmp" });
  });

  it("reads IPv6", () => {
    const { details } = kernel(
      "IN=ens3 OUT= SRC=2001:0db8:0000:0000:0000:0000:0000:0044 DST=2001:db8::1 LEN=60 PROTO=UDP ",
    ).event;
    expect(details).toMatchObject({ destinationipaddress: "2001:db8::1", proto: "udp" });
  });

  it("leaves what else the kernel says", () => {
    const { event, parsers } = kernel("ens3: entered promiscuous mode");
    expect(parsers).toEqual(["syslog"]);
    expect(event).toMatchObject({ category: "syslog", summary: "ens3: entered promiscuous mode" });
  });
});

describe("fail2ban", () => {
  it.each([
    ["<29>May  4 11:00:00 gate2 fail2ban.actions[7]: NOTICE [sshd] Ban 203.0.113.44", "Ban"],
    ["<29>May  4 11:00:00 gate2 fail2ban.actions[7]: NOTICE [sshd] Unban 203.0.113.44", "Unban"],
    ["<29>May  4 11:00:00 gate2 fail2ban.filter[7]: INFO [sshd] Found 203.0.113.44 - 2026-05-04 11:00:00", "Found"],
    ["2026-05-04 11:00:00,250 fail2ban.actions        [7]: NOTICE  [sshd] Ban 203.0.113.44", "Ban"],
  ])("%s", (line, action) => {
    expect(readEvent(line, options).event).toMatchObject({
      category: "syslog",
      processid: "7",
      details: { jail: "sshd", action, sourceipaddress: "203.0.113.44" },
    });
  });

  it("has the time of its own file", () => {
    const { event } = readEvent(
      "2026-05-04 11:00:00,250 fail2ban.filter         [7]: INFO    [sshd] Found 2001:db8::44 - x",
      options,
    );
    expect(event).toMatchObject({
      utctimestamp: "2026-05-04T11:00:00.250Z",
      summary: "[sshd] Found 2001:db8::44 - x",
      severity: "INFO",
      details: { program: "fail2ban.filter", sourceipaddress: "2001:db8::44" },
    });
  });
});

describe("Duo before a VPN", () => {
  it.each([
    [
      "Failsafe Duo login for dora: could not reach api.example",
      { result: "Failsafe", username: "dora", reason: "could not reach api.example" },
    ],
    [
      "Failed Duo login for 'dora' from 203.0.113.44: denied",
      { result: "Failed", username: "dora", sourceipaddress: "203.0.113.44", reason: "denied" },
    ],
    ["Successful Duo login for 'dora' from 2001:db8::44", { result: "Successful", sourceipaddress: "2001:db8::44" }],
  ])("%s", (message, expected) => {
    const { event, parsers } = readEvent(`<84>May  4 11:00:00 gate2 openvpn[7]: ${message}`, options);
    expect(parsers).toEqual(["syslog", "duo-unix"]);
    expect(event).toMatchObject({ category: "syslog", summary: message, details: expected });
  });
});
