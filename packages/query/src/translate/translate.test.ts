import { describe, expect, it } from "vitest";
import { compile } from "../compile.ts";
import { ecsNames } from "../fields/ecs-names.ts";
import { ecsSchema } from "../fields/ecs.ts";
import type { EventSchema } from "../fields/event-schema.ts";
import { all, any, BooleanMatch, ExistsMatch, PhraseMatch, PrefixMatch, QueryStringMatch } from "../match.ts";
import { RangeMatch, RegexpMatch, SubnetMatch, TermMatch, TermsMatch, WildcardMatch } from "../match.ts";
import { fieldNamed } from "../fields/check-field.ts";
import { SearchQuery } from "../search-query.ts";
import { fitsPattern } from "./fits-pattern.ts";
import { fieldIn } from "./stand-in.ts";
import { translateQuery } from "./translate-query.ts";

const now = new Date("2026-01-01T00:00:00Z");
const ECS: EventSchema = { ...ecsSchema, names: { ...ecsNames, eventsource: { value: "nsm" } } };
const boolOf = (query: SearchQuery, schema = ECS) =>
  (compile(translateQuery(query, schema), { now, schema }).query as { bool: Record<string, unknown> }).bool;

describe("a query over MozDef's names, for events in ECS", () => {
  it("asks for the fields of ECS, in the window of ECS, and keeps what is compared", () => {
    const query = SearchQuery({ minutes: 2 })
      .must(PhraseMatch("summary", "failed"), TermMatch("details.program", "sshd"), TermsMatch("tags", ["a", "b"]))
      .mustNot(PhraseMatch("hostname", "web1"), SubnetMatch("details.sourceipaddress", "10.0.0.0/8"))
      .should(WildcardMatch("details.path", "/etc/*"), ExistsMatch("details.username"));
    const range = { gte: "2025-12-31T23:58:00.000Z", lte: "2026-01-01T00:00:00.000Z" };
    expect(boolOf(query)).toEqual({
      filter: [
        { bool: { should: [{ range: { "@timestamp": range } }], minimum_should_match: 1 } },
        { match_phrase: { message: { query: "failed" } } },
        { match: { "process.name": { query: "sshd" } } },
        { terms: { tags: ["a", "b"] } },
      ],
      must_not: [
        { match_phrase: { "host.name": { query: "web1" } } },
        { term: { "source.ip": { value: "10.0.0.0/8" } } },
      ],
      should: [{ wildcard: { "file.path": { value: "/etc/*" } } }, { exists: { field: "user.name" } }],
      minimum_should_match: 1,
    });
  });

  it("has other values where the same is said in other words", () => {
    const query = SearchQuery().must(TermMatch("details.success", false), TermMatch("category", "syslog"));
    expect(boolOf(query).filter).toEqual([
      { terms: { "event.outcome": ["failure"] } },
      { terms: { "event.dataset": ["system.auth", "system.syslog"] } },
    ]);
    expect(boolOf(SearchQuery().must(ExistsMatch("details.success"))).filter).toEqual([
      { terms: { "event.outcome": ["success", "failure"] } },
    ]);
  });

  it("takes patterns along, and decides them for values that are known", () => {
    const query = SearchQuery().must(
      PrefixMatch("details.path", "/etc/", { ignoreCase: true }),
      RegexpMatch("hostname", "web[0-9]+"),
      PrefixMatch("category", "sys"),
      RangeMatch("details.destinationport", { gt: "1" }),
    );
    expect(boolOf(query).filter).toEqual([
      { prefix: { "file.path": { value: "/etc/", case_insensitive: true } } },
      { regexp: { "host.name": { value: "web[0-9]+" } } },
      { terms: { "event.dataset": ["system.auth", "system.syslog"] } },
      { range: { "destination.port": { gt: "1" } } },
    ]);
    expect(boolOf(SearchQuery().must(TermMatch("category", "SYSLOG", { ignoreCase: true }))).filter).toEqual([
      { terms: { "event.dataset": ["system.auth", "system.syslog"] } },
    ]);
    expect(() => boolOf(SearchQuery().must(TermMatch("category", "SYSLOG")))).toThrow(/can match/);
    expect(boolOf(SearchQuery().must(WildcardMatch("category", "SYS*", { ignoreCase: true }))).filter).toHaveLength(1);
    expect(boolOf(SearchQuery().must(PrefixMatch("eventsource", "NS", { ignoreCase: true }))).filter).toEqual([
      { exists: { field: "@timestamp" } },
    ]);
  });

  it("leaves out what is true of every event, in all places", () => {
    const nsm = TermMatch("eventsource", "nsm");
    const sshd = TermMatch("details.program", "sshd");
    const isSshd = { match: { "process.name": { query: "sshd" } } };
    expect(boolOf(SearchQuery().must(nsm, sshd).should(nsm, TermMatch("hostname", "a")))).toEqual({ filter: [isSshd] });
    expect(boolOf(SearchQuery().must(any(TermMatch("eventsource", "x"), sshd)))).toEqual({
      filter: [{ bool: { filter: [], should: [isSshd], minimum_should_match: 1 } }],
    });
    expect(
      boolOf(
        SearchQuery()
          .must(sshd)
          .mustNot(all(nsm, TermMatch("eventsource", "x"))),
      ),
    ).toEqual({
      filter: [isSshd],
    });
    expect(
      boolOf(SearchQuery().must(TermsMatch("eventsource", ["x", "nsm"]), WildcardMatch("eventsource", "n?m"))),
    ).toEqual({
      filter: [{ exists: { field: "@timestamp" } }],
    });
  });

  it.each([
    [SearchQuery().must(TermMatch("eventsource", "x"))],
    [SearchQuery().must(TermMatch("category", "bro"))],
    [SearchQuery().must(ExistsMatch("hostname")).mustNot(ExistsMatch("eventsource"))],
    [SearchQuery().should(TermMatch("eventsource", "x"), BooleanMatch({ must: [TermMatch("eventsource", "y")] }))],
  ])("is refused when no event can match", (query) => {
    expect(() => translateQuery(query, ECS)).toThrow(expect.objectContaining({ code: "QUERY_NEVER_MATCHES" }));
  });

  it.each([
    [TermMatch("details.changetype", "add"), /no name for details\.changetype/],
    [QueryStringMatch("details.changetype:add"), /no name for details\.changetype/],
    [RangeMatch("eventsource", "a", "b"), /RangeMatch\("eventsource"/],
    [RegexpMatch("eventsource", "n.*"), /a regular expression is not compared with.*RegexpMatch\("eventsource"/],
    [QueryStringMatch("eventsource:[a TO b]"), /cannot be put into the names/],
    [QueryStringMatch("eventsource:n*"), /cannot be put into the names/],
    [QueryStringMatch("details.\\*:a*"), /stands for several fields/],
  ])("is refused when nothing stands for a field: %j", (clause, message) => {
    const act = () => translateQuery(SearchQuery().must(clause), ECS);
    expect(act).toThrow(
      expect.objectContaining({ code: "QUERY_FIELD_UNNAMED", message: expect.stringMatching(message) }),
    );
  });

  it("has no marks: those are in the service's own events", () => {
    const query = SearchQuery().must(TermMatch("hostname", "a")).mustNot(TermMatch("alert_names", "AlertX"));
    expect(boolOf(query)).toEqual({ filter: [{ match: { "host.name": { query: "a" } } }] });
    expect(() => translateQuery(SearchQuery().must(ExistsMatch("alert_names")), ECS)).toThrow(/can match/);
  });

  it("takes names of ECS as they are, but nothing that every object has", () => {
    expect(boolOf(SearchQuery().must(TermMatch(fieldNamed("source.ip"), "192.0.2.7"))).filter).toEqual([
      { match: { "source.ip": { query: "192.0.2.7" } } },
    ]);
    expect(() => translateQuery(SearchQuery().must(TermMatch(fieldNamed("constructor"), "a")), ECS)).toThrow(
      /no name for constructor/,
    );
  });
});

describe("a query string", () => {
  const translated = (query: string): unknown =>
    (translateQuery(SearchQuery().must(QueryStringMatch(query)), ECS).plan.must[0] as { query: string }).query;

  it.each([
    ['summary:"session opened"', 'message:"session opened"'],
    ["summary: veth*", "message: veth*"],
    [
      "(hostname:web1 OR -hostname:web2) AND details.program:sshd^2",
      "(host.name:web1 OR -host.name:web2) AND process.name:sshd^2",
    ],
    ["hostname:/web[0-9]+: x/", "host.name:/web[0-9]+: x/"],
    ["details.destinationport:[1 TO 1024}", "destination.port:[1 TO 1024}"],
    ["details.sourceport:>=1024", "source.port:>=1024"],
    ["details.program:(sshd OR sudo)", "process.name:(sshd OR sudo)"],
    ['"hostname: not a field" failed', '"hostname: not a field" failed'],
    ["details.uri:\\/a\\:b", "url.original:\\/a\\:b"],
    ["_exists_:details.username", "_exists_:user.name"],
    ["_exists_:details.success", 'event.outcome:("success" OR "failure")'],
    ["_exists_:eventsource", "*:*"],
    ["eventsource:nsm AND *:*", "*:* AND *:*"],
    ['eventsource:"x"', "(NOT *:*)"],
    ["category:syslog summary :a", 'event.dataset:("system.auth" OR "system.syslog") message:a'],
    ["details.success:true", 'event.outcome:("success")'],
    ["details.success:maybe", "(NOT *:*)"],
    ["details.program:a-b/c=d hostname:x", "process.name:a-b/c=d host.name:x"],
    ['summary:"open', 'message:"open'],
    ["hostname:", "host.name:"],
  ])("%s", (query, expected) => {
    expect(translated(query)).toBe(expected);
  });

  it("may be long, and end anywhere", () => {
    const open = "(".repeat(200_000);
    expect(translated(`hostname:a "${open}`)).toBe(`host.name:a "${open}`);
    expect(translated("hostname:a ".repeat(50_000))).toBe("host.name:a ".repeat(50_000));
    expect(translated("hostname:\\")).toBe("host.name:\\");
  });
});

describe("a field to group by", () => {
  it("is the one that stands for it; other values cannot be", () => {
    expect(fieldIn("details.sourceipaddress", ECS)).toBe("source.ip");
    expect(fieldIn("details.sourceipaddress", ecsSchema)).toBe("details.sourceipaddress");
    expect(() => fieldIn("details.success", ECS)).toThrow(/cannot be grouped or ordered by details\.success/);
    expect(() => fieldIn("eventsource", ECS)).toThrow(/cannot be grouped/);
  });
});

describe("a pattern", () => {
  it.each([
    ["*", "", true],
    ["a*c", "abc", true],
    ["a*c", "abcd", false],
    ["a?c", "abc", true],
    ["a?c", "ac", false],
    ["\\*", "*", true],
    ["\\*", "a", false],
    ["*a*b*", "xxaxxbxx", true],
    ["**", "a", true],
    ["", "", true],
  ])("%s and %s: %s", (pattern, value, expected) => {
    expect(fitsPattern(pattern, value)).toBe(expected);
  });

  it("does not hang", () => {
    expect(fitsPattern(`${"a*".repeat(200)}c`, "a".repeat(2_000))).toBe(false);
  });
});
