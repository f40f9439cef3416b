import { expect, test } from "vitest";
import { matchingTerms } from "./matching-terms.ts";

const source = {
  summary: "Login of Bob@example.com from 192.0.2.7 (failed)",
  hostname: "Web1",
  tags: ["releng", 7],
  details: { nested: { ip: "2001:db8::7", ok: true }, none: null },
};

test.each([
  ["a value at any depth", "2001:db8::7"],
  ["a value in other letters", "web1"],
  ["an element of a list", "releng"],
  ["a number", "7"],
  ["true", "true"],
  ["words of the summary next to one another", "bob@example.com"],
  ["a word of the summary", "FAILED"],
  ["an address in the summary", "192.0.2.7"],
])("finds %s", (_what, term) => {
  expect(matchingTerms(source, ["absent", term])).toEqual([term]);
});

test("finds all terms, in the order of the list", () => {
  expect(matchingTerms(source, ["web1", "nothing here", "failed"])).toEqual(["web1", "failed"]);
});

test("does not take a part of a word or of a value", () => {
  expect(matchingTerms(source, ["ob", "eb1", "2001:db8"])).toEqual([]);
});

test("falls back on terms with a word in common", () => {
  expect(matchingTerms(source, ["bob of example", "absent"])).toEqual(["bob of example"]);
});

test("an event without a summary", () => {
  expect(matchingTerms({ hostname: "web1" }, ["web1", "x"])).toEqual(["web1"]);
  expect(matchingTerms({ summary: null }, ["x"])).toEqual([]);
});
