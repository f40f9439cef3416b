import { describe, expect, it } from "vitest";
import { ZeekTable } from "./zeek-table.ts";

const tabs = (...cells: readonly string[]): string => cells.join("\t");
const HEADER = [
  "#separator \\x09",
  tabs("#set_separator", ","),
  tabs("#empty_field", "(empty)"),
  tabs("#unset_field", "-"),
  tabs("#path", "own"),
  tabs("#open", "2026-05-04-10-00-00"),
  tabs("#fields", "ts", "id.orig_p", "ok", "tags", "names", "note", "big"),
  tabs("#types", "time", "port", "bool", "set[enum]", "vector[count]", "string", "count"),
];
const open = (lines: readonly string[] = HEADER): ZeekTable => {
  const table = new ZeekTable();
  for (const line of lines) expect(table.read(line)).toBeNull();
  return table;
};

describe("ZeekTable", () => {
  it("reads rows by the header before them", () => {
    const row = tabs("1777888800.250000", "443", "T", "a,b", "1,2", "tab\\x09 here", "18446744073709551615");
    expect(open().read(row)).toEqual({
      _path: "own",
      ts: "1777888800.250000",
      "id.orig_p": 443,
      ok: true,
      tags: ["a", "b"],
      names: [1, 2],
      note: "tab\t here",
      big: "18446744073709551615",
    });
  });

  it("leaves out what is unset, and keeps what is empty", () => {
    const row = tabs("1.0", "-", "F", "(empty)", "-", "(empty)", "0");
    expect(open().read(row)).toEqual({ _path: "own", ts: "1.0", ok: false, tags: [], note: "", big: 0 });
  });

  it("reads tables with another separator, and such without types", () => {
    const table = open(["#separator \\x7c", "#set_separator|;", "#path|other", "#fields|ts|n"]);
    expect(table.read("5.0|x")).toEqual({ _path: "other", ts: "5.0", n: "x" });
    expect(open([tabs("#fields", "ts", "n")]).read(tabs("1.0", "-"))).toEqual({ ts: "1.0" });
  });

  it("does not touch lines of others, before, between and after", () => {
    const table = open();
    expect(table.read("Failed password for x")).toBeUndefined();
    expect(table.read("# a remark")).toBeUndefined();
    expect(table.read(tabs("#close", "2026-05-04-11-00-00"))).toBeNull();
    expect(table.read(tabs("1.0", "1", "T", "-", "-", "-", "1"))).toBeUndefined();
    expect(table.read(tabs("#close", "again"))).toBeUndefined();
    expect(new ZeekTable().read(tabs("#path", "own"))).toBeUndefined();
  });

  it("begins anew with the next header", () => {
    const table = open();
    for (const line of ["#separator \\x09", tabs("#fields", "ts", "two")]) table.read(line);
    expect(table.read(tabs("3.0", "2"))).toEqual({ ts: "3.0", two: "2" });
  });

  it("takes no names from a header that could not be Zeek's", () => {
    const wide = Array.from({ length: 5_000 }, (_, index) => `f${index}`);
    expect(open([tabs("#fields", "ts", ...wide)]).read(tabs("1", ...wide))).toBeUndefined();
    expect(open([tabs("#fields", "x")]).read("anything")).toBeUndefined();
    const table = open([tabs("#fields", "ts", "__proto__")]);
    expect(Object.keys(table.read(tabs("1", "2")) ?? {})).toEqual(["ts", "__proto__"]);
  });
});
