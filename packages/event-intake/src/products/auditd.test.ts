import { describe, expect, it } from "vitest";
import { readEvent } from "../read-event.ts";
import { readLog } from "../read-log.ts";

const options = { receivedAt: new Date("2026-05-04T12:00:00Z") };
const read = (...lines: readonly string[]) => readLog(lines.join("\n"), options);
const first = (...lines: readonly string[]) => read(...lines)[0]?.event;

const record = (type: string, serial: number, rest: string): string =>
  `type=${type} msg=audit(1777888800.125:${serial}): ${rest}`;
const call = (serial: number, rest: string, added = ""): string =>
  record("SYSCALL", serial, `arch=c000003e ${rest} ppid=70 pid=71 auid=1005 uid=0 tty=pts3 ses=12${added}`);
const ENRICHED = '\u001DARCH=x86_64 AUID="erin" UID="root"';

describe("auditd", () => {
  it("makes one event of the records of an execution, as audisp-json does", () => {
    const events = read(
      call(9, 'syscall=59 success=yes exit=0 a0=7f a1=80 comm="tar" exe="/usr/bin/tar" key="run"', ENRICHED),
      record("EXECVE", 9, 'argc=3 a0="tar" a1="-cf" a2=2F746D702F6120622E746172'),
      record("CWD", 9, 'cwd="/srv"'),
      record("PATH", 9, 'item=0 name="/usr/bin/tar" inode=5 dev=fd:00 nametype=NORMAL'),
      record("PATH", 9, 'item=1 name="/lib64/ld-linux-x86-64.so.2" inode=6 dev=fd:00 nametype=NORMAL'),
      record("PROCTITLE", 9, "proctitle=746172002D6366"),
    );
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      line: 1,
      parsers: ["auditd"],
      event: {
        category: "execve",
        summary: "Execve: tar -cf /tmp/a b.tar",
        processname: "audisp-json",
        severity: "INFO",
        tags: ["audit"],
        utctimestamp: "2026-05-04T10:00:00.125Z",
      },
    });
    expect(events[0]?.event.details).toMatchObject({
      auditserial: "9",
      processname: "tar",
      process: "/usr/bin/tar",
      command: "tar -cf /tmp/a b.tar",
      cwd: "/srv",
      path: "/usr/bin/tar",
      auditkey: "run",
      originaluser: "erin",
      originaluid: "1005",
      user: "root",
      session: "12",
      success: true,
      inode: "5",
    });
  });

  it("does not care for the order of records, and reads many and long arguments", () => {
    const event = first(
      record("EXECVE", 3, 'argc=12 a10="k" a11="l"'),
      record("EXECVE", 3, 'a2="c" a1_len=4 a1[0]="b1" a1[1]="b2" a0="a"'),
      call(3, 'syscall=59 comm="a"'),
    );
    expect(event?.summary).toBe("Execve: a b1b2 c k l");
  });

  it("takes the command from the title when there are no arguments, else the name of the process", () => {
    const title = record("PROCTITLE", 3, "proctitle=6C73002D6C");
    expect(first(call(3, 'syscall=59 comm="ls"'), title)?.summary).toBe("Execve: ls -l");
    expect(first(call(3, 'syscall=59 comm="ls"'))?.summary).toBe("Execve: ls");
  });

  it.each([
    ["write", "Write: /etc/x.conf", "syscall=257 a2=241"],
    ["write", "Write: /etc/x.conf", "syscall=87"],
    ["chmod", "Chmod: /etc/x.conf", "syscall=268"],
    ["chown", "Chown: /etc/x.conf", "syscall=260"],
    ["attribute", "Attribute: /etc/x.conf", "syscall=188"],
    ["ptrace", "Ptrace", "syscall=101"],
  ])("calls it %s: %s", (category, summary, rest) => {
    const parent = record("PATH", 4, 'item=0 name="/etc/" nametype=PARENT');
    const file = record("PATH", 4, 'item=1 name="/etc/x.conf" nametype=NORMAL');
    expect(first(call(4, rest), parent, file)).toMatchObject({ category, summary });
  });

  it("names the new name of a file that is renamed, and knows calls by the name that auditd adds", () => {
    const names = ["DELETE", "CREATE"].map((type) => record("PATH", 4, `name="/a/${type}" nametype=${type}`));
    const renamed = first(record("SYSCALL", 4, "arch=40000003 syscall=38\u001DSYSCALL=rename"), ...names);
    expect(renamed?.summary).toBe("Write: /a/CREATE");
    expect(first(record("SYSCALL", 4, "arch=c00000b7 syscall=56 a2=1"))?.category).toBe("write");
    expect(first(record("SYSCALL", 4, "arch=40000003 syscall=38"))?.category).toBe("auditd");
  });

  it("does not call it a write when a file is opened to be read", () => {
    expect(first(call(4, "syscall=257 a2=80000"))).toMatchObject({ category: "auditd" });
    expect(first(call(4, "syscall=2 a1=0"))).toMatchObject({ category: "auditd" });
  });

  it("says whether an interface listens to everything", () => {
    const of = (prom: number) => first(record("ANOM_PROMISCUOUS", 6, `dev=eth7 prom=${prom} old_prom=0 auid=0`));
    expect(of(256)).toMatchObject({ category: "promiscuous", summary: "Promisc: Interface eth7 set promiscuous on" });
    expect(of(256)?.details).toMatchObject({ dev: "eth7", originaluser: "root" });
    expect(of(0)?.summary).toBe("Promisc: Interface eth7 set promiscuous off");
  });

  it("reads what programs write, apostrophes in it included", () => {
    const rest =
      'op=PAM:authentication acct="o\'neil" exe="/usr/sbin/sshd" hostname=? addr=::ffff:203.0.113.66 res=failed';
    const event = first(record("USER_AUTH", 8, `pid=5 uid=0 auid=4294967295 ses=4294967295 msg='${rest}'`));
    expect(event).toMatchObject({
      category: "authentication",
      details: { username: "o'neil", sourceipaddress: "203.0.113.66", success: false, process: "/usr/sbin/sshd" },
    });
    expect(event?.details.originaluser).toBeUndefined();
    expect(event?.details.session).toBeUndefined();
  });

  it("decodes accounts, keeps names of hosts, and gives numbers of users where names are missing", () => {
    const rest = "op=login acct=6120623D63 addr=gw.example res=1";
    const event = first(record("USER_LOGIN", 8, `auid=1005 uid=33 msg='${rest}'`));
    expect(event?.details).toMatchObject({ username: "a b=c", source: "gw.example", success: true });
    expect(event?.details).toMatchObject({ originaluser: "1005", user: "33" });
  });

  it("does not believe names in capitals that are not behind the byte that auditd writes", () => {
    expect(first(call(2, 'comm="x" AUID="mallory"'))?.details.originaluser).toBe("1005");
  });

  it("divides several keys of one rule", () => {
    expect(first(call(2, "key=61756469740172756E"))?.details.auditkey).toEqual(["audit", "run"]);
    expect(first(call(2, "key=(null)"))?.details.auditkey).toBeUndefined();
  });

  it("reads records of syslog and of the kernel, and keeps their host", () => {
    const header = "<13>May  4 10:00:01 edge7 audispd: ";
    const events = read(
      `${header}${call(5, 'syscall=59 comm="id"')}`,
      `${header}${record("EXECVE", 5, 'a0="id" a1="-u"')}`,
    );
    expect(events).toHaveLength(1);
    expect(events[0]?.event).toMatchObject({ hostname: "edge7", summary: "Execve: id -u" });
    const kernel =
      'May  4 10:00:01 edge7 kernel: audit: type=1400 audit(1777888800.125:77): apparmor="DENIED" name="/x"';
    expect(first(kernel)).toMatchObject({ hostname: "edge7", details: { auditserial: "77", apparmor: "DENIED" } });
  });

  it("makes events of each serial when a shipper sends several lines in one text", () => {
    const text = [call(1, 'syscall=59 comm="a"'), "what is this", call(2, 'syscall=59 comm="b"')].join("\n");
    expect(readEvent(text, options).event.details.message).toMatch(/what is this$/);
    expect(read(...text.split("\n"))).toHaveLength(3);
  });

  it("is not misled by text that only speaks of records", () => {
    const line = "May  4 10:00:01 edge7 sshd[7]: Invalid user type=SYSCALL msg=audit(1.1:1): from 203.0.113.5 port 9";
    expect(read(line)[0]?.parsers).toEqual(["syslog", "sshd"]);
  });
});
