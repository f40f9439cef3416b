import {
  aggregation,
  crontab,
  defineSource,
  distinctOf,
  eachEvent,
  ecsSource,
  interval,
  maxOf,
  newTerm,
  noEvent,
  percentage,
  type Schedule,
  type Search,
  sequence,
  spike,
  step,
  sumOf,
} from "@mozdef/alert";
import { planSearch } from "@mozdef/alert/runtime";
import {
  type Clause,
  ExistsMatch,
  type FieldKind,
  type FieldKinds,
  fieldNamed,
  LessThanMatch,
  PhraseMatch,
  PrefixMatch,
  QueryStringMatch,
  RangeMatch,
  RegexpMatch,
  SearchQuery,
  SubnetMatch,
  TermMatch,
  TermsMatch,
  WildcardMatch,
} from "@mozdef/query";
import { describe, expect, it } from "vitest";
import { checkAlert } from "./check-alert.ts";
import { longestPauseMs } from "./check-schedule.ts";
import type { Subject } from "./problem.ts";

const query = SearchQuery({ minutes: 10 }).must(TermMatch("category", "syslog"));

const subject = (search: Search, changes: Partial<Subject> = {}): Subject => ({
  name: "AlertExample",
  schedule: crontab({ minute: "*/5" }),
  scope: { declared: {}, sources: {} },
  known: new Set(["AlertExample", "AlertOther"]),
  about: { description: "Something happens.", severity: "NOTICE", attack: ["T1110", "T1110.001"] },
  searches: [planSearch("AlertExample", search, { sources: changes.scope?.sources ?? {} })],
  failure: null,
  unknownSource: null,
  methods: ["main", "onEvent", "onAggregation", "onNoEvent"],
  cases: [],
  brokenSuites: [],
  hasSuite: true,
  folder: "src/alert-example",
  hasReadme: true,
  ...changes,
});

/** A clause over a name of another shape. */
const ecsTerm = (field: string, value: string): Clause => TermMatch(fieldNamed(field) as "details.x", value);

const problemsOf = (one: Subject): readonly string[] =>
  checkAlert(one, new Set()).map(({ rule, message }) => `${rule}: ${message}`);
const withClause = (clause: Clause): readonly string[] => problemsOf(subject(eachEvent(query.must(clause))));

describe("lint", () => {
  it("knows the fields of events only", () => {
    const health = query.must(ecsTerm("health", "error"));
    expect(problemsOf(subject(eachEvent(health, { indices: ["slots-*"] })))).toEqual([]);
    expect(problemsOf(subject(eachEvent(health, { indices: ["slots-*", "events-weekly"] })))).toEqual([
      expect.stringMatching(/^field-unknown: .*events have no field "health"/),
    ]);
  });

  it("finds nothing in a good alert", () => {
    expect(problemsOf(subject(eachEvent(query)))).toEqual([]);
  });

  it("leaves out rules that are ignored", () => {
    expect(checkAlert(subject(eachEvent(query), { hasReadme: false }), new Set(["readme-missing"]))).toEqual([]);
  });

  it.each<[string, Clause, string]>([
    [
      "an unknown field",
      TermMatch(fieldNamed("hostnme") as "details.x", "a"),
      'field-unknown: TermMatch("hostnme", "a"): events have no field "hostnme".',
    ],
    [
      "several words in a list on text",
      TermsMatch("summary", ["login failed", "ok"]),
      'can never match "login failed"',
    ],
    [
      "upper case in a list on text",
      TermsMatch("summary", ["Login"]),
      'match-impossible: TermsMatch("summary", ["Login"]) can never match "Login"',
    ],
    ["a phrase without a word", PhraseMatch("summary", "--"), "can never match: its value has no word."],
    ["a pattern of two words", WildcardMatch("summary", "a b*"), "patterns are compared with single words"],
    [
      "no address",
      TermMatch("details.sourceipaddress", "somewhere"),
      "is refused by the store: somewhere is not an address.",
    ],
    ["no boolean", TermMatch("details.success", "yes"), "details.success is true or false."],
    ["a leading wildcard", WildcardMatch("hostname", "*.example.org"), "leading-wildcard: WildcardMatch"],
    [
      "a leading wildcard in a query string",
      QueryStringMatch("hostname:*.example.org"),
      "leading-wildcard: QueryStringMatch",
    ],
    [
      "a backslash that stands for nothing",
      WildcardMatch("details.path", "C:\\Windows\\*"),
      "wildcard-escape: WildcardMatch",
    ],
    ["a value too long to be indexed", TermMatch("details.path", "x".repeat(8_192)), "characters are searched"],
    ["lower-case operators", QueryStringMatch("a and b"), "query-string-unescaped: QueryStringMatch"],
    ["a field that binds one word only", QueryStringMatch("summary: test conf"), "a field binds only the next word"],
    ["a network without quotes", QueryStringMatch("details.x: 10.0.0.0/8"), "a slash starts a regular expression"],
    ["open quotes", QueryStringMatch('summary: "a'), "parentheses or quotes are not closed"],
  ])("finds %s", (_, clause, message) => {
    const problems = withClause(clause);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(message);
  });

  it.each<[string, Clause]>([
    ["networks", TermMatch("details.sourceipaddress", "10.0.0.0/8")],
    ["good query strings", QueryStringMatch('summary: "test conf" AND (category: a OR hostname: b)')],
    ["single words", TermsMatch("summary", ["login", "ldap_count_entries"])],
    ["backslashes that are escaped", WildcardMatch("details.path", String.raw`C:\\Windows\\*\*`)],
    ["fields below details", ExistsMatch("details.anything")],
    ["upper case that is ignored", PrefixMatch("summary", "Fail", { ignoreCase: true })],
    ["upper case that is one of several", RegexpMatch("summary", "[Ff]ailed")],
    ["a class of characters", RegexpMatch("summary", "fail\\W")],
  ])("accepts %s", (_, clause) => {
    expect(withClause(clause)).toEqual([]);
  });

  it.each<[string, Clause, FieldKind, string | null]>([
    ["a field at the top", TermMatch(fieldNamed("vendor"), "a"), "keyword", null],
    ["an address", SubnetMatch(fieldNamed("details.peeraddress") as never, "10.0.0.0/8"), "ip", null],
    ["no address", TermMatch("details.peeraddress", "somewhere"), "ip", "somewhere is not an address"],
    ["a number", RangeMatch(fieldNamed("details.bytes"), 1, 5), "long", null],
    ["not a number", TermMatch("details.bytes", "many"), "double", 'details.bytes is a number, "many" is not'],
    ["a number as text", LessThanMatch(fieldNamed("details.bytes"), 5), "text", "details.bytes, which is text"],
    ["a bound by name", RangeMatch(fieldNamed("details.bytes"), { gt: 5 }), "text", "details.bytes, which is text"],
    ["no case", TermMatch("details.text", "a", { ignoreCase: true }), "text", "ignores the case of details.text"],
    ["no beginning", PrefixMatch(fieldNamed("details.bytes") as "details.x", "1"), "long", "details.bytes is a number"],
    ["text", TermsMatch("details.text", ["two words"]), "text", 'can never match "two words"'],
  ])("takes what the pack declares: %s", (_, clause, kind, message) => {
    const search = eachEvent(query.must(clause));
    const scope = { declared: { [(clause as { readonly field: string }).field]: kind }, sources: {} };
    expect(problemsOf(subject(search, { scope }))).toEqual(message === null ? [] : [expect.stringContaining(message)]);
    // Without the declaration the result would differ.
    expect(problemsOf(subject(search))).not.toEqual(problemsOf(subject(search, { scope })));
  });

  it.each<[string, Clause, string | null]>([
    ["a field of ECS", ecsTerm("process.name", "sshd"), null],
    ["a label", ecsTerm("labels.team", "red"), null],
    ["a field that the source declares", ecsTerm("audit.id", "1"), null],
    ["a field of MozDef's", TermMatch("category", "a"), 'the events of the source logs have no field "category".'],
    ["a field below details", TermMatch("details.program", "sshd"), 'have no field "details.program"'],
    [
      "a typing error",
      ecsTerm("proces.name", "sshd"),
      'field-unknown: TermMatch("proces.name", "sshd"): the events of the source logs have no field "proces.name". Name a field of your own in the "fields" of the source.',
    ],
    ["text that is a keyword in MozDef", ecsTerm("message", "--"), "can never match: its value has no word."],
    ["no address", ecsTerm("source.ip", "somewhere"), "somewhere is not an address"],
  ])("goes by the fields of the source that a search names: %s", (_, clause, message) => {
    const sources = { logs: ecsSource({ indices: ["logs-*"], fields: { "audit.id": "keyword" } }) };
    const search = eachEvent(SearchQuery({ minutes: 10 }).must(clause), { source: "logs" });
    expect(problemsOf(subject(search, { scope: { declared: {}, sources } }))).toEqual(
      message === null ? [] : [expect.stringContaining(message)],
    );
  });

  it("goes by MozDef's fields when the configuration gives the source", () => {
    const choice = { sources: { logs: ecsSource({ indices: ["logs-*"] }) }, source: "logs" };
    const search = eachEvent(SearchQuery({ minutes: 10 }).must(TermMatch("details.program", "sshd")));
    const searches = [planSearch("AlertExample", search, choice)];
    expect(problemsOf(subject(search, { scope: { declared: {}, ...choice }, searches }))).toEqual([]);
  });

  it("takes any field of a source that declares none", () => {
    const search = eachEvent(SearchQuery({ minutes: 10 }).must(ecsTerm("anything", "a")), { source: "own" });
    const problems = (fields: FieldKinds): readonly string[] => {
      const sources = { own: defineSource({ indices: ["own"], fields, names: { hostname: "anywhere" } }) };
      return problemsOf(subject(search, { scope: { declared: {}, sources } }));
    };
    expect(problems({})).toEqual([]);
    expect(problems({ anything: "keyword" })).toEqual([]);
    expect(problems({ another: "keyword" })).toEqual([expect.stringContaining('have no field "anything"')]);
  });

  it("finds groups by a field that is not there", () => {
    const grouped = aggregation(query, { field: fieldNamed("hostnme"), threshold: 1 });
    expect(problemsOf(subject(grouped))).toContainEqual(
      expect.stringContaining('field-unknown: groups by hostnme: events have no field "hostnme".'),
    );
  });

  it.each<[string, Search, string]>([
    [
      "of a further step",
      sequence({ within: { minutes: 10 } }, [step(query), step(query.must(ecsTerm("hostnme", "a")))]),
      'field-unknown: TermMatch("hostnme", "a"): events have no field "hostnme".',
    ],
    [
      "that a step goes by",
      sequence({ by: "hostname", within: { minutes: 10 } }, [step(query), step(query, { by: fieldNamed("hostnme") })]),
      'field-unknown: step 2 goes by hostnme: events have no field "hostnme".',
    ],
    [
      "of the events that are 100 %",
      percentage(query, { of: query.must(ecsTerm("hostnme", "a")), atLeast: 5 }),
      'field-unknown: TermMatch("hostnme", "a"): events have no field "hostnme".',
    ],
    [
      "among several",
      newTerm(query, { field: ["hostname", fieldNamed("hostnme")] }),
      'field-unknown: looks for new values of hostnme: events have no field "hostnme".',
    ],
    [
      "that is measured",
      aggregation(query, { field: "hostname", measure: distinctOf(fieldNamed("hostnme")), atLeast: 2 }),
      'field-unknown: distinctOf("hostnme"): events have no field "hostnme".',
    ],
    [
      "of each value",
      noEvent(query, { each: fieldNamed("hostnme") }),
      'field-unknown: looks after each hostnme: events have no field "hostnme".',
    ],
  ])("finds an unknown field %s", (_, search, message) => {
    expect(problemsOf(subject(search))).toEqual([expect.stringContaining(message)]);
  });

  it.each<[string, Search, FieldKinds, string | null]>([
    [
      "groups by text",
      aggregation(query, { field: "summary" }),
      {},
      "field-unfit: groups by summary: the store refuses",
    ],
    [
      "a step that goes by text",
      sequence({ by: "hostname", within: { minutes: 10 } }, [step(query), step(query, { by: "summary" })]),
      {},
      "field-unfit: step 2 goes by summary: the store refuses it: summary is text",
    ],
    [
      "different texts",
      aggregation(query, { field: "hostname", measure: distinctOf("summary"), atLeast: 2 }),
      {},
      'field-unfit: distinctOf("summary"): the store refuses it: summary is text',
    ],
    [
      "a sum of what is not declared",
      aggregation(query, { field: "hostname", measure: sumOf("details.bytes"), atLeast: 2 }),
      {},
      'field-unfit: sumOf("details.bytes"): details.bytes is keyword, only long and double are numbers.',
    ],
    [
      "a spike of a sum of what is not declared",
      spike(query, { measure: sumOf("details.bytes"), baseline: { hours: 1 }, factor: 2 }),
      {},
      'field-unfit: sumOf("details.bytes"): details.bytes is keyword, only long and double are numbers.',
    ],
    [
      "a sum of a number",
      aggregation(query, { field: "hostname", measure: sumOf("details.bytes"), atLeast: 2 }),
      { "details.bytes": "long" },
      null,
    ],
    [
      "the greatest date",
      aggregation(query, { field: "hostname", measure: maxOf("utctimestamp"), atLeast: 2 }),
      {},
      null,
    ],
  ])("knows which fields can be grouped by and measured: %s", (_, search, declared, message) => {
    expect(problemsOf(subject(search, { scope: { declared, sources: {} } }))).toEqual(
      message === null ? [] : [expect.stringContaining(message)],
    );
  });

  it("takes any measure in a source that declares no field", () => {
    const sources = { own: defineSource({ indices: ["own"] }) };
    const measure = sumOf(fieldNamed("bytes"));
    const search = aggregation(SearchQuery({ minutes: 10 }), { field: [], measure, atLeast: 2, source: "own" });
    expect(problemsOf(subject(search, { scope: { declared: {}, sources } }))).toEqual([]);
  });

  it("finds clauses that can never match in every query", () => {
    const never = query.must(PhraseMatch("summary", "--"));
    const search = sequence({ within: { minutes: 10 }, without: step(never) }, [step(query)]);
    expect(problemsOf(subject(search))).toEqual([expect.stringContaining("can never match: its value has no word.")]);
  });

  it("finds sequences that end between two windows", () => {
    const steps = [
      step(SearchQuery().must(TermMatch("category", "a"))),
      step(SearchQuery().must(TermMatch("category", "b"))),
    ];
    const problems = (minutes: number) =>
      problemsOf(subject(sequence({ within: { minutes: 2 }, window: { minutes } }, steps)));
    expect(problems(5)).toEqual([expect.stringContaining("window-gap: looks back 300 s but runs every 300 s")]);
    expect(problems(6)).toEqual([]);
  });

  it("says where to declare a field", () => {
    expect(withClause(TermMatch(fieldNamed("constructor"), "a"))[0]).toContain(
      'events have no field "constructor". Did you mean details.constructor? Name a field of your own in definePack({ fields }).',
    );
  });

  it("finds windows that leave gaps", () => {
    expect(problemsOf(subject(eachEvent(query), { schedule: crontab({ minute: "*/10" }) }))[0]).toContain(
      "window-gap: looks back 600 s but runs every 600 s",
    );
  });

  it("finds alerts that one run without a find ends", () => {
    const problems = (minutes: number) => {
      const ending = { quietFor: { hours: 1 }, resolveAfter: { minutes } };
      return [aggregation(query, { field: "hostname", ...ending }), noEvent(query, ending)].map((search) =>
        problemsOf(subject(search)).filter((problem) => problem.startsWith("resolve-too-soon")),
      );
    };
    expect(problems(5)).toEqual([[expect.stringContaining("resolved after 300 s but runs every 300 s")], []]);
    expect(problems(6)).toEqual([[], []]);
  });

  it("finds searches without a window", () => {
    expect(problemsOf(subject(eachEvent(SearchQuery().must(ExistsMatch("category")))))).toEqual([
      "window-missing: searches all events that there are. Give the query a window: SearchQuery({ minutes: 20 }).",
    ]);
  });

  it("finds thresholds above the samples shown", () => {
    const search = aggregation(query, { field: "hostname", threshold: 50 });
    expect(problemsOf(subject(search))).toEqual([
      "samples-too-few: fires for 50 events but shows 5: set samplesLimit to at least 10.",
    ]);
  });

  it("finds summaries that do not name their group", () => {
    const cases = [
      {
        suite: {} as never,
        testCase: { name: "fires", config: {} } as never,
        ms: 0,
        mains: [],
        lookups: [],
        drafts: [{ summary: "many failures", category: "c", tags: [] }],
        groups: ["192.0.2.7"],
      },
    ];
    expect(problemsOf(subject(eachEvent(query), { cases }))[0]).toContain(
      'summary-without-group: says "many failures" for the group "192.0.2.7" (case "fires")',
    );
    const others = (group: string): typeof cases => cases.map((each) => ({ ...each, groups: [group] }));
    expect(problemsOf(subject(eachEvent(query), { cases: [...cases, ...others("192.0.2.8")] }))).toHaveLength(1);
    // Where all alerts have one group, it says nothing.
    expect(problemsOf(subject(eachEvent(query), { cases: [...cases, ...others("192.0.2.7")] }))).toEqual([]);
  });

  it.each<[string, object | null, string]>([
    ["nothing about an alert", null, "about-missing: does not say what it detects."],
    ["a blank description", { description: " " }, "about-missing: does not say what it detects."],
    ["other identifiers", { attack: ["TA0006"] }, 'about-attack: about.attack: "TA0006" is not a technique.'],
    ["unknown severities", { severity: "HIGH" }, 'about-severity: about.severity: "HIGH" is not one of DEBUG, '],
    [
      "an alert that there is not",
      { replaces: ["AlertNone"] },
      "about-replaces: about.replaces: no pack around here has",
    ],
    [
      "an alert that replaces itself",
      { replaces: ["AlertExample"] },
      "about-replaces: about.replaces: it names itself.",
    ],
    ["other addresses", { references: ["wiki/x"] }, 'about-reference: about.references: "wiki/x" is not an http'],
  ])("finds %s", (_, about, message) => {
    const one = subject(eachEvent(query), { about: about && { description: "Something happens.", ...about } });
    expect(problemsOf(one)).toEqual([expect.stringContaining(message)]);
  });

  it("finds severities that an alert gives and does not say", () => {
    const cases = (config: object) => [
      {
        suite: {} as never,
        testCase: { name: "fires", config } as never,
        ms: 0,
        mains: [],
        lookups: [],
        drafts: [{ summary: "x", category: "c", tags: [], severity: "ERROR" }],
        groups: [],
      },
    ];
    expect(problemsOf(subject(eachEvent(query), { cases: cases({}) }))).toEqual([
      'about-severity: about.severity says NOTICE, but it gives ERROR (case "fires").',
    ]);
    // Configuration may change it.
    expect(problemsOf(subject(eachEvent(query), { cases: cases({ severity: "ERROR" }) }))).toEqual([]);
  });

  it("finds missing tests, missing pages, and a main that fails", () => {
    const bare = subject(eachEvent(query), { hasSuite: false, hasReadme: false, failure: "main failed: x" });
    expect(problemsOf(bare).map((text) => text.split(":")[0])).toEqual([
      "main-failed",
      "tests-missing",
      "readme-missing",
    ]);
  });
});

describe("pauses between runs", () => {
  it.each<[string, Schedule, number]>([
    ["every minute", crontab({}), 60],
    ["twice an hour, unevenly", crontab({ minute: "0,10" }), 50 * 60],
    ["working days at nine", crontab({ minute: 0, hour: 9, dayOfWeek: "1-5" }), 3 * 86_400],
    ["each half hour at night", crontab({ minute: "*/30", hour: "18-23,0-7" }), 30 * 60],
    ["half a minute", interval({ seconds: 30 }), 30],
  ])("%s", (_, schedule, seconds) => {
    expect(longestPauseMs(schedule)).toBe(seconds * 1_000);
  });
});
