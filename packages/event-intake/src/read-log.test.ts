import { describe, expect, it } from "vitest";
import { LogReader, readLog } from "./read-log.ts";

const options = { receivedAt: new Date("2026-05-04T12:00:00Z") };
const audit = (serial: number, type: string, rest: string): string =>
  `type=${type} msg=audit(1777888800.125:${serial}): ${rest}`;
const SSHD = "May  4 10:00:00 edge7 sshd[5]: Accepted password for erin from 203.0.113.5 port 7 ssh2";

describe("readLog", () => {
  it("reads lines of any kind, with the number of the line", () => {
    const text = [SSHD, "", "something else\r", '{"ts":1,"_path":"own"}'].join("\n");
    expect(readLog(text, options).map(({ line, parsers }) => [line, parsers.join()])).toEqual([
      [1, "syslog,sshd"],
      [3, ""],
      [4, "zeek"],
    ]);
  });

  it("reads rows of Zeek by the header before them", () => {
    const text = [
      "#separator \\x09",
      "#path\tssh",
      "#fields\tts\tuid\tid.orig_h",
      "1777888800.5\tC7\t203.0.113.5",
      SSHD,
    ];
    const events = readLog(text.join("\n"), options);
    expect(events.map(({ line, parsers }) => [line, parsers.at(-1)])).toEqual([
      [4, "zeek"],
      [5, "sshd"],
    ]);
    expect(events[0]?.event).toMatchObject({ source: "ssh", utctimestamp: "2026-05-04T10:00:00.500Z" });
  });

  it("puts records of auditd together, and lets other lines pass", () => {
    const reader = new LogReader(options);
    const lines = [audit(7, "EXECVE", 'a0="id"'), SSHD, audit(7, "SYSCALL", 'syscall=59 arch=c000003e comm="id"')];
    expect(lines.flatMap((line) => reader.push(line)).map(({ line }) => line)).toEqual([2]);
    expect(reader.push(audit(8, "SYSCALL", "syscall=1 arch=c000003e"))).toMatchObject([
      { line: 1, event: { summary: "Execve: id", details: { processname: "id" } } },
    ]);
    expect(reader.end()).toMatchObject([{ line: 4, event: { category: "write" } }]);
    expect(reader.end()).toEqual([]);
  });
});
