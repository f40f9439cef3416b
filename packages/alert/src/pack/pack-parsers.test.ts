import { describe, expect, it } from "vitest";
import type { EventParser } from "./event-parser.ts";
import { parsersOfPacks } from "./pack-parsers.ts";

const parser = (name: string): EventParser => ({ name, recognise: () => false, parse: () => null });
const pack = (source: string, ...names: readonly string[]) => ({ source, pack: { parsers: names.map(parser) } });

describe("parsersOfPacks", () => {
  it("gives the parsers in the order of the packs", () => {
    const { parsers, conflicts } = parsersOfPacks([pack("a", "door", "gate"), pack("b", "lift")], ["sshd"]);
    expect(parsers.map(({ name }) => name)).toEqual(["door", "gate", "lift"]);
    expect(conflicts).toEqual([]);
  });

  it("names both packs that use one name, and keeps the first parser", () => {
    const [first, second] = [pack("a", "door"), pack("b", "door", "lift")];
    const { parsers, conflicts } = parsersOfPacks([first, second], []);
    expect(parsers).toEqual([first.pack.parsers[0], second.pack.parsers[1]]);
    expect(conflicts.map(({ source, error }) => [source, error.code, error.message])).toEqual([
      [
        "b",
        "PACK_PARSER_CONFLICT",
        "There is already a parser door, from a; the one from b is left out. The name says in each event who has read it: rename one of the two, or leave one of the packs out.",
      ],
    ]);
  });

  it("takes a parser that two packs give for what it is: one", () => {
    const shared = pack("a", "door");
    expect(parsersOfPacks([shared, { ...shared, source: "b" }], [])).toEqual({
      parsers: shared.pack.parsers,
      conflicts: [],
    });
  });

  it("keeps the names of the parsers that come with the service", () => {
    const { parsers, conflicts } = parsersOfPacks([pack("a", "sshd")], ["sshd"]);
    expect(parsers).toEqual([]);
    expect(conflicts[0]?.error.message).toContain("a parser sshd, from MozDef itself; the one from a is left out.");
  });
});
