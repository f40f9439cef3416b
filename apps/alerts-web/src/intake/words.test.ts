import { expect, it } from "vitest";
import { parserOf, reasonsOf, wayOf } from "./words.ts";

it("says in words what it knows, and shows what it does not know as it is", () => {
  expect([wayOf("syslog"), wayOf("pigeon")]).toEqual(["Syslog", "pigeon"]);
  expect([parserOf("none"), parserOf("sshd")]).toEqual(["nobody: kept as it came", "sshd"]);
});

it("puts the most frequent reason first", () => {
  expect(reasonsOf({ encoding: 1, other: 3 })).toEqual([
    ["other", 3],
    ["bytes that are not UTF-8 were replaced", 1],
  ]);
});
