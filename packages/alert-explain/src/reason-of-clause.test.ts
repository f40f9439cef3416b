import {
  any,
  type Clause,
  ExistsMatch,
  LessThanMatch,
  PhraseMatch,
  PrefixMatch,
  QueryStringMatch,
  RangeMatch,
  RegexpMatch,
  SubnetMatch,
  TermMatch,
  TermsMatch,
  WildcardMatch,
} from "@mozdef/query";
import { describe, expect, it } from "vitest";
import { editDistance, nearest } from "./edit-distance.ts";
import { describeSpan } from "./describe-span.ts";
import { reasonOfClause } from "./reason-of-clause.ts";

const event = {
  summary: "Login FAILED",
  category: "Syslog",
  utctimestamp: "2017-01-01T00:57:00+00:00",
  details: { program: "sshdd", programm: "x", sourceipaddress: "192.0.2.7", list: ["a", "b"] },
};
const kinds = new Map(
  Object.entries({
    summary: "text",
    category: "keyword",
    utctimestamp: "date",
    "details.program": "keyword",
    "details.list": "keyword",
    "details.sourceipaddress": "ip",
  }),
);
const words = new Map([
  ["Login FAILED", ["login", "failed"]],
  ["failed login", ["failed", "login"]],
  ["failed root", ["failed", "root"]],
]);
const reason = (clause: Clause): string => reasonOfClause(clause, { event, kinds, words });

describe("why an event does not fit", () => {
  it.each<[string, Clause, string]>([
    ["a field that is absent", ExistsMatch("details.user"), "the event has no details.user"],
    [
      "a field that is almost there",
      TermMatch("details.programs", "x"),
      "the event has no details.programs; it has details.program",
    ],
    [
      "a field the store does not know",
      TermMatch("details.programm", "y"),
      "the store does not know a field details.programm",
    ],
    ["another value", TermMatch("details.program", "sshd"), 'details.program is "sshdd"'],
    [
      "upper and lower case",
      TermMatch("category", "syslog"),
      'category is "Syslog": it differs in upper and lower case only',
    ],
    [
      "none of several values",
      TermsMatch("details.program", ["cron", "sshd"]),
      'details.program is "sshdd"; nearest is "sshd"',
    ],
    ["a list", TermMatch("details.list", "c"), 'details.list is "a", "b"'],
    [
      "words in another order",
      PhraseMatch("summary", "failed login"),
      'the words are there, but not next to one another in this order; the words of summary are: "login", "failed"',
    ],
    [
      "a missing word",
      PhraseMatch("summary", "failed root"),
      'missing "root"; the words of summary are: "login", "failed"',
    ],
    [
      "values that are not lower-case words",
      TermsMatch("summary", ["FAILED"]),
      'words are stored in lower case, "FAILED" never fits; the words of summary are: "login", "failed"',
    ],
    [
      "a pattern on words",
      WildcardMatch("summary", "x*"),
      'no single word fits the pattern; words are: "login", "failed"',
    ],
    ["a pattern on a value", WildcardMatch("details.program", "cron*"), 'details.program is "sshdd"'],
    [
      "a beginning of words",
      PrefixMatch("summary", "x"),
      'no single word begins with "x"; words are: "login", "failed"',
    ],
    [
      "a beginning in another case",
      PrefixMatch("category", "sys"),
      'category is "Syslog": it differs in upper and lower case only',
    ],
    ["another beginning", PrefixMatch("details.program", "cron"), 'details.program is "sshdd"'],
    [
      "an expression on words",
      RegexpMatch("summary", "x+"),
      'no single word fits the expression; words are: "login", "failed"',
    ],
    [
      "an expression on a value",
      RegexpMatch("details.program", "ssh"),
      'details.program is "sshdd": an expression has to fit the whole value',
    ],
    [
      "a bound that does not count",
      RangeMatch("utctimestamp", { gt: "2017-01-01T00:57:00Z" }),
      'utctimestamp is "2017-01-01T00:57:00+00:00", the bound itself, which is not part of the range',
    ],
    [
      "another network",
      SubnetMatch("details.sourceipaddress", "10.0.0.0/8"),
      'details.sourceipaddress is "192.0.2.7", outside 10.0.0.0/8',
    ],
    [
      "too early",
      RangeMatch("utctimestamp", "2017-01-01T00:58:00Z", "2017-01-01T01:00:00Z"),
      'utctimestamp is "2017-01-01T00:57:00+00:00", 1m too early',
    ],
    [
      "too late",
      LessThanMatch("utctimestamp", new Date("2017-01-01T00:00:00Z")),
      'utctimestamp is "2017-01-01T00:57:00+00:00", 57m too late',
    ],
    ["a range of text", RangeMatch("category", "a", "b"), 'category is "Syslog"'],
    ["a query string", QueryStringMatch("x"), "no part of the query string fits the event"],
    ["a combination", any(ExistsMatch("details.user")), "its own clauses do not fit together; see below"],
  ])("%s", (_, clause, expected) => {
    expect(reason(clause)).toBe(expected);
  });
});

describe("distances", () => {
  it("count single changes", () => {
    expect([
      editDistance("sshd", "sshd"),
      editDistance("sshd", "ssh"),
      editDistance("", "abc"),
      editDistance("abc", "xbz"),
    ]).toEqual([0, 1, 3, 2]);
  });

  it("are bounded for long values", () => {
    expect(editDistance("a".repeat(100_000), "b".repeat(100_000))).toBe(200);
    expect(nearest("x", [])).toBeUndefined();
  });

  it("of times are told in the two largest units", () => {
    expect([0, 1_500, 90_000, 3_600_000, 90_061_000].map(describeSpan)).toEqual([
      "0s",
      "1s 500ms",
      "1m 30s",
      "1h",
      "1d 1h",
    ]);
  });
});

it("shows what a field of an event is called, with what a terminal would hide", () => {
  const facts = { event: { details: { "program\u001bc": "x" } }, kinds, words };
  expect(reasonOfClause(TermMatch("details.program", "x"), facts)).toBe(
    String.raw`the event has no details.program; it has details.program\u001bc`,
  );
});
