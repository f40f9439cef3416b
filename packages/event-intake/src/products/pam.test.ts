import { describe, expect, it } from "vitest";
import { readEvent } from "../read-event.ts";

const options = { receivedAt: new Date("2026-05-04T12:00:00Z") };
const read = (line: string) => readEvent(`<86>May  4 11:00:00 gate2 ${line}`, options);
const FAILURE = "authentication failure; logname= uid=0 euid=0";

describe("PAM", () => {
  it.each([
    [
      "su[7]: pam_unix(su-l:session): session opened for user root(uid=0) by dora(uid=1007)",
      { username: "root", originuser: "dora", status: "opened", uid: "1007" },
    ],
    ["su[7]: pam_unix(su:session): session closed for user root", { username: "root", status: "closed" }],
    [
      "cron[7]: pam_unix(cron:session): session opened for user web by (uid=0)",
      { username: "web", status: "opened", uid: "0" },
    ],
    ["login(pam_unix)[7]: session opened for user root by LOGIN(uid=0)", { program: "login", username: "root" }],
    [
      `su[7]: pam_unix(su:auth): authentication failure; logname=dora uid=1007 euid=0 tty=pts/3 ruser=dora rhost=  user=root`,
      { username: "root", originuser: "dora" },
    ],
    [
      `ftpd[7]: pam_unix(ftp:auth): ${FAILURE} tty=ftp ruser=dora rhost=203.0.113.42`,
      { username: "dora", sourceipaddress: "203.0.113.42" },
    ],
    [
      `x[7]: pam_sss(x:auth): ${FAILURE} tty= ruser= rhost=a.example user=dora`,
      { username: "dora", source: "a.example" },
    ],
    ["passwd[7]: pam_unix(passwd:chauthtok): password changed for dora", { username: "dora" }],
    [
      "sshd[7]: pam_access(sshd:account): access denied for user `dora' from `203.0.113.42'",
      { username: "dora", sourceipaddress: "203.0.113.42" },
    ],
    ['x[7]: pam_succeed_if(x:auth): requirement "uid >= 1000" not met by user "root"', { username: "root" }],
    [
      "x[7]: pam_faillock(x:auth): Consecutive login failures for user dora account temporarily locked",
      { username: "dora" },
    ],
  ])("%s", (line, expected) => {
    const { event } = read(line);
    expect(event.category).toBe("syslog");
    expect(event.details).toMatchObject(expected);
  });

  it.each([
    ["sshd", "ssh", "", "203.0.113.42", "x rhost=192.0.2.66  user=root"],
    ["vsftpd", "ftp", "x rhost=192.0.2.66  user=root", "203.0.113.42", ""],
  ])("believes who logs in over %s no address", (program, tty, ruser, rhost, user) => {
    const { event } = read(
      `${program}[7]: pam_unix(${program}:auth): ${FAILURE} tty=${tty} ruser=${ruser} rhost=${rhost}  user=${user}`,
    );
    expect(event.details.sourceipaddress).toBe("203.0.113.42");
  });

  it("says nothing of who when nobody is named", () => {
    const { details } = read("sshd[7]: pam_unix(sshd:auth): check pass; user unknown").event;
    expect(details).toEqual({ program: "sshd", facility: "authpriv" });
  });

  it("does not take the words of others for its own", () => {
    const { parsers } = readEvent({ message: "session opened for user dora", category: "shop" }, options);
    expect(parsers).toEqual(["json"]);
  });
});
