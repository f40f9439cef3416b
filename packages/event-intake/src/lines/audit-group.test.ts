import { describe, expect, it } from "vitest";
import { AuditGroup } from "./audit-group.ts";

const line = (serial: number, type = "SYSCALL", before = ""): string =>
  `${before}type=${type} msg=audit(1777888800.5:${serial}): a=b`;
const texts = (group: AuditGroup, ...lines: readonly string[]) =>
  lines.flatMap((each, index) => group.push(each, index + 1).complete);

describe("AuditGroup", () => {
  it("gives lines out when another serial, the last record or the end comes", () => {
    const group = new AuditGroup();
    expect(texts(group, line(1), line(1, "PATH"), line(2))).toEqual([
      { text: `${line(1)}\n${line(1, "PATH")}`, line: 1 },
    ]);
    expect(group.push(line(2, "EOE"), 4).complete).toEqual([{ text: `${line(2)}\n${line(2, "EOE")}`, line: 3 }]);
    expect(group.end()).toEqual([]);
    group.push(line(3), 5);
    expect(group.end()).toEqual([{ text: line(3), line: 5 }]);
  });

  it("does not take other lines, nor end an event for them", () => {
    const group = new AuditGroup();
    group.push(line(1), 1);
    expect(group.push("Failed password for x", 2)).toEqual({ isTaken: false, complete: [] });
    expect(group.push("it speaks of audit(1.5:1): only", 3).isTaken).toBe(false);
    expect(group.push(line(1, "PATH"), 4)).toEqual({ isTaken: true, complete: [] });
  });

  it("keeps hosts apart that have one serial", () => {
    const group = new AuditGroup();
    expect(texts(group, line(1, "SYSCALL", "node=a "), line(1, "PATH", "node=b "))).toHaveLength(1);
    const other = new AuditGroup();
    const [one, two] = ["a", "b"].map((host) => line(1, "PATH", `May  4 10:00:00 ${host} audispd: `));
    expect(texts(other, one ?? "", two ?? "")).toHaveLength(1);
  });

  it("does not grow without end", () => {
    const group = new AuditGroup();
    const complete = texts(group, ...Array.from({ length: 1_200 }, () => line(1)));
    expect(complete.map(({ text }) => text.split("\n").length)).toEqual([500, 500]);
    const long = new AuditGroup();
    expect(texts(long, ...Array.from({ length: 10 }, () => line(1) + "x".repeat(100_000)))).toHaveLength(1);
  });
});
