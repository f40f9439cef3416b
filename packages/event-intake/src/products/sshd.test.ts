import { describe, expect, it } from "vitest";
import { without } from "../event/json.ts";
import { readEvent } from "../read-event.ts";
import { growthOf, MOST_GROWTH } from "../../test/growth.ts";

const options = { receivedAt: new Date("2026-05-04T12:00:00Z") };
const read = (message: string, tag = "sshd[77]") => readEvent(`<86>May  4 11:00:00 gate2 ${tag}: ${message}`, options);
const ENVELOPE = ["sourceipv4address", "sourceipv6address", "facility", "program"];
const details = (message: string) => without(read(message).event.details, ENVELOPE);
const dora = { username: "dora", sourceipaddress: "203.0.113.41", sourceport: "4242" };
const from = { sourceipaddress: "203.0.113.41", sourceport: "4242" };
const FINGERPRINT = `SHA256:${"k".repeat(43)}`;

describe("sshd", () => {
  it("keeps the message and says the program alerts ask for", () => {
    const { event, parsers } = read("Failed password for dora from 203.0.113.41 port 4242 ssh2", "sshd-session[9]");
    expect(parsers).toEqual(["syslog", "sshd"]);
    expect(event).toMatchObject({
      category: "syslog",
      summary: "Failed password for dora from 203.0.113.41 port 4242 ssh2",
      hostname: "gate2",
      processid: "9",
      severity: "INFO",
      details: { program: "sshd", ...dora, sourceipv4address: "203.0.113.41" },
    });
  });

  it.each([
    [
      "Failed none for invalid user dora from 203.0.113.41 port 4242 ssh2",
      { authstatus: "Failed", authmethod: "none", ...dora },
    ],
    [
      "Failed password for illegal user dora from 203.0.113.41 port 4242",
      { authstatus: "Failed", authmethod: "password", ...dora },
    ],
    [
      "Postponed keyboard-interactive for dora from 203.0.113.41 port 4242 ssh2 [preauth]",
      { authstatus: "Postponed", authmethod: "keyboard-interactive", ...dora },
    ],
    [
      "Accepted keyboard-interactive/pam for dora from 2001:db8:41::1 port 4242 ssh2",
      { authstatus: "Accepted", authmethod: "keyboard-interactive/pam", ...dora, sourceipaddress: "2001:db8:41::1" },
    ],
    [
      `Accepted publickey for dora from 203.0.113.41 port 4242 ssh2: RSA ${FINGERPRINT}`,
      {
        authstatus: "Accepted",
        authmethod: "publickey",
        ...dora,
        keytype: "RSA",
        keyfingerprint: FINGERPRINT,
        rsakeyfingerprint: FINGERPRINT,
      },
    ],
    [
      `Accepted publickey for dora from 203.0.113.41 port 4242 ssh2: ECDSA ${FINGERPRINT}`,
      { authstatus: "Accepted", authmethod: "publickey", ...dora, keytype: "ECDSA", keyfingerprint: FINGERPRINT },
    ],
    ["Invalid user dora from 203.0.113.41 port 4242", dora],
    ["Invalid user dora from 203.0.113.41", { username: "dora", sourceipaddress: "203.0.113.41" }],
    ["input_userauth_request: invalid user dora [preauth]", { username: "dora" }],
    ["message repeated 2 times: [ Invalid user dora from 203.0.113.41 port 4242]", dora],
    [
      "error: maximum authentication attempts exceeded for invalid user dora from 203.0.113.41 port 4242 ssh2 [preauth]",
      dora,
    ],
    ["Connection closed by authenticating user dora 203.0.113.41 port 4242 [preauth]", dora],
    ["Connection reset by invalid user dora 203.0.113.41 port 4242 [preauth]", dora],
    ["Connection closed by 203.0.113.41 port 4242 [preauth]", from],
    ["Connection closed by 203.0.113.41 [preauth]", { sourceipaddress: "203.0.113.41" }],
    ["Connection closed by UNKNOWN port 65535 [preauth]", {}],
    ["Disconnected from user dora 203.0.113.41 port 4242", dora],
    ["Disconnecting invalid user dora 203.0.113.41 port 4242: Too many authentication failures [preauth]", dora],
    [
      "Disconnecting authenticating user dora 203.0.113.41 port 4242: Change of username or service not allowed: (dora,ssh-connection) -> (x 192.0.2.66 port 1: y,ssh-connection) [preauth]",
      dora,
    ],
    ["Received disconnect from 203.0.113.41 port 4242:11: from 192.0.2.66 port 1 [preauth]", from],
    ["Received disconnect from 203.0.113.41: 11: Bye Bye", { sourceipaddress: "203.0.113.41" }],
    ["Received disconnect from 2001:db8:41::1: 11: Bye", { sourceipaddress: "2001:db8:41::1" }],
    ["Connection from 203.0.113.41 port 4242 on 192.0.2.66 port 22", from],
    ["Unable to negotiate with 203.0.113.41 port 4242: no matching cipher found. Their offer: x [preauth]", from],
    ["Did not receive identification string from 203.0.113.41", { sourceipaddress: "203.0.113.41" }],
    ["Bad protocol version identification 'x from 192.0.2.66 port 1' from 203.0.113.41 port 4242", from],
    ["fatal: Timeout before authentication for 203.0.113.41 port 4242", from],
    ["banner exchange: Connection from 203.0.113.41 port 4242: invalid format", from],
    ["drop connection #10 from [203.0.113.41]:4242 on [192.0.2.66]:22 past MaxStartups", from],
    ["ROOT LOGIN REFUSED FROM 203.0.113.41 port 4242", from],
    [
      "User dora from 203.0.113.41 not allowed because not listed in AllowUsers",
      { username: "dora", sourceipaddress: "203.0.113.41" },
    ],
    ["User dora not allowed because account is locked", { username: "dora" }],
    [
      "error: PAM: Authentication failure for illegal user dora from 203.0.113.41",
      { username: "dora", sourceipaddress: "203.0.113.41" },
    ],
    [
      "Starting session: shell on pts/3 for dora from 203.0.113.41 port 4242 id 0",
      { sessiontype: "shell", device: "pts/3", ...dora },
    ],
    [
      "Starting session: subsystem 'x for eve from 192.0.2.66 port 1' for dora from 203.0.113.41 port 4242 id 0",
      { sessiontype: "subsystem", ...dora },
    ],
    [
      "Address 203.0.113.41 maps to x.example, but this does not map back to the address.",
      { sourceipaddress: "203.0.113.41" },
    ],
    [
      "PAM 2 more authentication failures; logname= uid=0 euid=0 tty=ssh ruser= rhost=203.0.113.41  user=dora",
      { username: "dora", sourceipaddress: "203.0.113.41" },
    ],
    ["Server listening on 0.0.0.0 port 22.", {}],
    ["srclimit_penalise: ipv4: new 203.0.113.0/24 deferred penalty", {}],
  ])("%s", (message, expected) => {
    expect(details(message)).toEqual(expected);
  });

  it.each([
    [
      "Failed password for invalid user x from 192.0.2.66 port 1 ssh2 from 203.0.113.41 port 4242 ssh2",
      "x from 192.0.2.66 port 1 ssh2",
    ],
    ["Connection closed by invalid user x 192.0.2.66 port 1 203.0.113.41 port 4242 [preauth]", "x 192.0.2.66 port 1"],
    ["Invalid user x from 192.0.2.66 port 1 from 203.0.113.41 port 4242", "x from 192.0.2.66 port 1"],
    [
      `Failed publickey for dora from 203.0.113.41 port 4242 ssh2: RSA-CERT ${FINGERPRINT} ID x from 192.0.2.66 port 1 ssh2: RSA y`,
      "dora",
    ],
  ])("believes who connects no address: %s", (message, username) => {
    expect(details(message)).toMatchObject({ ...from, username });
  });

  it("has no user when the name is empty", () => {
    expect(details("Invalid user  from 203.0.113.41 port 4242")).toEqual(from);
  });

  it("keeps a name in place of an address", () => {
    const { event, notes } = read("Failed password for dora from a.example port 4242 ssh2");
    expect(event.details).toMatchObject({ source: "a.example", username: "dora" });
    expect(event.details).not.toHaveProperty("sourceipaddress");
    expect(notes).toMatchObject([{ code: "ADDRESS_UNREAD" }]);
  });

  it.each([
    "Failed password for ",
    "Connection closed by invalid user ",
    "Starting session: a for ",
    "Bad protocol version identification from ",
  ])("takes no longer than its length: %s", (part) => {
    expect(growthOf((times) => read(part.repeat(times / 4)))).toBeLessThan(MOST_GROWTH);
    const many = (times: number) => read(`${part}${" from a port 1: ".repeat(times / 10)}`);
    expect(growthOf(many)).toBeLessThan(MOST_GROWTH);
  });
});
