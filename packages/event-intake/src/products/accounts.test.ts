import { describe, expect, it } from "vitest";
import { readEvent } from "../read-event.ts";

const options = { receivedAt: new Date("2026-05-04T12:00:00Z") };
const read = (line: string) => readEvent(`<38>May  4 11:00:00 gate2 ${line}`, options);

describe("accounts of a machine", () => {
  it.each([
    ["su[7]: (to root) dora on pts/3", "su", { username: "root", originuser: "dora", device: "pts/3" }],
    ["su[7]: FAILED SU (to root) dora on pts/3", "su", { username: "root", originuser: "dora" }],
    ["su[7]: Successful su for root by dora", "su", { username: "root", originuser: "dora" }],
    ["su: BAD SU dora to root on /dev/ttyp3", "su", { username: "root", originuser: "dora", device: "/dev/ttyp3" }],
    ["su[7]: + pts/3 dora:root", "su", { username: "root", originuser: "dora" }],
    [
      "sudo:     dora : TTY=pts/3 ; PWD=/srv ; USER=root ; COMMAND=/bin/sh -c a ; USER=x",
      "sudo",
      { username: "dora", device: "pts/3", cwd: "/srv", targetuser: "root", command: "/bin/sh -c a ; USER=x" },
    ],
    [
      "sudo[7]: dora : command not allowed ; TTY=pts/3 ; PWD=/srv ; USER=root ; COMMAND=/bin/id",
      "sudo",
      { username: "dora", reason: "command not allowed", targetuser: "root", command: "/bin/id" },
    ],
    [
      "sudo[7]: dora : a password is required ; COMMAND=validate",
      "sudo",
      { reason: "a password is required", command: "validate" },
    ],
    ["login[7]: FAILED LOGIN (2) on '/dev/tty1' FOR 'dora', Authentication failure", "accounts", { username: "dora" }],
    [
      "login[7]: FAILED LOGIN 1 FROM 203.0.113.43 FOR dora, Authentication failure",
      "accounts",
      { username: "dora", sourceipaddress: "203.0.113.43" },
    ],
    ["login[7]: ROOT LOGIN ON tty1", "accounts", { device: "tty1" }],
    ["systemd-logind[7]: New session c3 of user dora.", "accounts", { username: "dora" }],
    [
      "useradd[7]: new user: name=dora, UID=1007, GID=1007, home=/home/dora, shell=/bin/sh",
      "accounts",
      { username: "dora" },
    ],
    ["usermod[7]: add 'dora' to group 'sudo'", "accounts", { username: "dora", group: "sudo" }],
    ["userdel[7]: delete user 'dora'", "accounts", { username: "dora" }],
    [
      "gpasswd[7]: user dora added by root to group sudo",
      "accounts",
      { username: "dora", originuser: "root", group: "sudo" },
    ],
  ])("%s", (line, parser, expected) => {
    const { event, parsers } = read(line);
    expect(parsers).toEqual(["syslog", parser]);
    expect(event).toMatchObject({ category: "syslog", details: expected });
  });

  it("has no user for a name that does not exist", () => {
    const { details } = read("login[7]: FAILED LOGIN (1) on '/dev/tty1' FOR 'UNKNOWN', Authentication failure").event;
    expect(details).not.toHaveProperty("username");
  });

  it("leaves other messages of these programs", () => {
    expect(read("su[7]: cannot open session").parsers).toEqual(["syslog"]);
    expect(read("sudo[7]: unable to open log").parsers).toEqual(["syslog"]);
  });
});
