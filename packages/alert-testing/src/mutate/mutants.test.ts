import { aggregation, eachEvent, noEvent, percentage, type Search, sequence, step } from "@mozdef/alert";
import { any, BooleanMatch, ExistsMatch, PhraseMatch, PrefixMatch, RangeMatch } from "@mozdef/query";
import { RegexpMatch, SearchQuery, TermMatch, TermsMatch } from "@mozdef/query";
import { describeClause } from "@mozdef/query/tools";
import { describe, expect, it } from "vitest";
import type { Mutant, SearchPlace } from "./mutant/mutant.ts";
import { clauseMutants } from "./mutate-clauses.ts";
import { draftMutants } from "./mutate-draft.ts";
import { optionMutants } from "./mutate-options.ts";
import { windowMutants } from "./mutate-window.ts";
import { placesOf } from "./search-places.ts";

const program = TermMatch("details.program", "sshd");
const words = TermsMatch("summary", ["login", "invalid"]);
const skipped = PhraseMatch("summary", "11.22.33.44");
const query = SearchQuery({ minutes: 2 }).must(program, words).mustNot(skipped);

const find = (mutants: readonly Mutant[], description: string): Mutant => {
  const found = mutants.find((mutant) => mutant.description === description);
  if (found === undefined)
    throw new Error(`no "${description}" among ${mutants.map((one) => one.description).join("; ")}`);
  return found;
};

const NO_AGES = { fires: [], silent: [], times: "utctimestamp and receivedtimestamp" };
const place = (search: Search, ages: SearchPlace["ages"] = NO_AGES): SearchPlace => ({ search, position: 0, ages });

/** The query of a changed search in the words of the DSL. */
const changed = (mutant: Mutant, search: Search) => {
  const plan = mutant.changeSearch?.(search, 0)?.query.plan;
  return (
    plan && {
      must: plan.must.map(describeClause),
      mustNot: plan.mustNot.map(describeClause),
      should: plan.should.map(describeClause),
    }
  );
};

describe("clauses", () => {
  const search = eachEvent(query);
  const mutants = clauseMutants(place(search));

  it("are dropped and negated, each value of a list is dropped", () => {
    expect(mutants.map(({ description }) => description)).toEqual([
      'drop must TermMatch("details.program", "sshd")',
      'negate must TermMatch("details.program", "sshd")',
      'drop must TermsMatch("summary", ["login","invalid"])',
      'negate must TermsMatch("summary", ["login","invalid"])',
      'drop the value "login" of must TermsMatch("summary", ["login","invalid"])',
      'drop the value "invalid" of must TermsMatch("summary", ["login","invalid"])',
      'drop mustNot PhraseMatch("summary", "11.22.33.44")',
      'negate mustNot PhraseMatch("summary", "11.22.33.44")',
    ]);
  });

  it("that ignore case take it into account", () => {
    const caseless = eachEvent(
      SearchQuery().must(
        PrefixMatch("hostname", "WEB", { ignoreCase: true }),
        any(TermMatch("category", "Syslog", { ignoreCase: true }), ExistsMatch("details.x")),
      ),
    );
    const kept = clauseMutants(place(caseless)).filter(({ description }) => description.startsWith("take case"));
    expect(kept.map((one) => changed(one, caseless)?.must)).toEqual([
      [
        'PrefixMatch("hostname", "WEB")',
        'BooleanMatch({ should: [TermMatch("category", "Syslog", { ignoreCase: true }), ExistsMatch("details.x")] })',
      ],
      [
        'PrefixMatch("hostname", "WEB", { ignoreCase: true })',
        'BooleanMatch({ should: [TermMatch("category", "Syslog"), ExistsMatch("details.x")] })',
      ],
    ]);
    expect(kept[0]?.suggestion).toBe(
      'No firing case has hostname in other upper and lower case than PrefixMatch("hostname", "WEB", { ignoreCase: true }) is written. Add one to "fires".',
    );
  });

  it("of every kind come with an event that decides", () => {
    const search = eachEvent(
      SearchQuery()
        .must(
          RangeMatch("utctimestamp", { gt: 1, lte: 5 }),
          PrefixMatch("hostname", "web"),
          RegexpMatch("hostname", "web[0-9]"),
        )
        .mustNot(
          RangeMatch("utctimestamp", { gt: 1, lt: 5 }),
          RangeMatch("utctimestamp", { lte: 5 }),
          RegexpMatch("category", "a|b"),
          PrefixMatch("category", "sys"),
        ),
    );
    const drops = clauseMutants(place(search)).filter(({ description }) => description.startsWith("drop"));
    expect(drops.map(({ suggestion }) => / with (\{.*\}), and all else/.exec(suggestion)?.[1])).toEqual([
      "{ utctimestamp: <not greater than 1 and at most 5> }",
      '{ hostname: "something else" }',
      '{ hostname: "something else" }',
      "{ utctimestamp: <greater than 1 and less than 5> }",
      "{ utctimestamp: 5 }",
      "{ category: <fits /a|b/> }",
      '{ category: "sys" }',
    ]);
  });

  it("change nothing else", () => {
    expect(changed(find(mutants, 'drop must TermMatch("details.program", "sshd")'), search)).toEqual({
      must: [describeClause(words)],
      mustNot: [describeClause(skipped)],
      should: [],
    });
    expect(changed(find(mutants, 'negate mustNot PhraseMatch("summary", "11.22.33.44")'), search)).toEqual({
      must: [program, words, skipped].map(describeClause),
      mustNot: [],
      should: [],
    });
    expect(
      changed(find(mutants, 'drop the value "login" of must TermsMatch("summary", ["login","invalid"])'), search)?.must,
    ).toEqual([describeClause(program), 'TermsMatch("summary", ["invalid"])']);
  });

  it("are changed wherever the same code was at work with another configuration", () => {
    const other = eachEvent(
      SearchQuery({ minutes: 2 }).must(program, words).mustNot(PhraseMatch("summary", "192.0.2.1")),
    );
    const drop = find(mutants, 'drop mustNot PhraseMatch("summary", "11.22.33.44")');
    expect(changed(drop, other)?.mustNot).toEqual([]);
    expect(drop.changeSearch?.(other, 1)).toBeNull();
  });

  it("are left alone where another configuration has none", () => {
    const other = eachEvent(SearchQuery({ minutes: 2 }).must(program, words));
    expect(find(mutants, 'drop mustNot PhraseMatch("summary", "11.22.33.44")').changeSearch?.(other, 0)).toBeNull();
  });

  it("suggest the event that is missing", () => {
    expect(find(mutants, 'drop must TermMatch("details.program", "sshd")').suggestion).toBe(
      'No silent case has details.program other than "sshd". Add one to "silent" with { details: { program: "something else" } }, and all else as in the firing cases.',
    );
    expect(find(mutants, 'drop mustNot PhraseMatch("summary", "11.22.33.44")').suggestion).toBe(
      'No silent case has events that only PhraseMatch("summary", "11.22.33.44") decides about. Add one to "silent" with { summary: "11.22.33.44" }, and all else as in the firing cases.',
    );
    expect(find(mutants, 'drop the value "login" of must TermsMatch("summary", ["login","invalid"])').suggestion).toBe(
      'No firing case has summary "login" and none of the other values. Add one to "fires" with { summary: "login" }.',
    );
  });

  it("are not dropped when the runtime adds them anyway", () => {
    const guarded = query.must(ExistsMatch("hostname")).mustNot(TermMatch("alert_names", "A"));
    const drops = clauseMutants(place(aggregation(guarded, { field: "hostname" })))
      .map(({ description }) => description)
      .filter((description) => /Exists|alert_names/.test(description));
    expect(drops).toEqual(['negate must ExistsMatch("hostname")', 'negate mustNot TermMatch("alert_names", "A")']);
    const other = clauseMutants(place(eachEvent(guarded))).map(({ description }) => description);
    expect(other).toContain('drop must ExistsMatch("hostname")');
  });

  it("inside combinations are reached, a combination is never left empty", () => {
    const nested = eachEvent(
      SearchQuery().must(any(program, BooleanMatch({ mustNot: [ExistsMatch("details.user")] }))),
    );
    const inner = clauseMutants(place(nested));
    const drop = find(inner, 'drop must[0].should TermMatch("details.program", "sshd")');
    expect(changed(drop, nested)?.must).toEqual([
      'BooleanMatch({ should: [BooleanMatch({ mustNot: [ExistsMatch("details.user")] })] })',
    ]);
    expect(drop.suggestion).toContain("No firing case has events that only TermMatch");
    const last = find(inner, 'drop must[0].should[1].mustNot ExistsMatch("details.user")');
    expect(last.changeSearch?.(nested, 0)).toBeNull();
  });
});

describe("windows", () => {
  const windowOf = (mutant: Mutant | undefined): unknown =>
    mutant?.changeSearch?.(eachEvent(query), 0)?.query.plan.windowMs;

  it("move across the nearest event of the suite", () => {
    const [wide, narrow] = windowMutants(
      place(eachEvent(query), { fires: [0, 90_000], silent: [180_000, 150_000], times: "utctimestamp" }),
    );
    expect([windowOf(wide), windowOf(narrow)]).toEqual([151_000, 89_000]);
  });

  it("double and halve without such an event, and say so", () => {
    const [wide, narrow] = windowMutants(place(eachEvent(query), { fires: [0], silent: [0], times: "utctimestamp" }));
    expect([windowOf(wide), windowOf(narrow)]).toEqual([240_000, 60_000]);
    expect(wide?.suggestion).toContain("ago({ seconds: 121 })");
    expect(narrow?.suggestion).toContain("ago({ seconds: 119 })");
  });

  it("of deadman alerts are told by firing cases when they find more", () => {
    const [wide, narrow] = windowMutants(
      place(noEvent(query), { fires: [150_000], silent: [90_000], times: "utctimestamp" }),
    );
    expect([wide, narrow].map((one) => one?.changeSearch?.(noEvent(query), 0)?.query.plan.windowMs)).toEqual([
      151_000, 89_000,
    ]);
    expect(wide?.suggestion).toContain("No firing case has events that are just older than 2m.");
  });

  it("are left alone when there is none", () => {
    expect(windowMutants(place(eachEvent(SearchQuery().must(program))))).toEqual([]);
  });
});

describe("options", () => {
  const search = aggregation(query, {
    field: "details.sourceipaddress",
    threshold: 10,
    samplesLimit: 10,
    name: "A:b",
    indices: ["events-weekly"],
  });

  it("go back to their defaults one by one, the threshold up and down, the groups to another field", () => {
    const results = optionMutants(place(search)).map((mutant) => [
      mutant.description,
      mutant.changeSearch?.(search, 0),
    ]);
    expect(results).toEqual([
      ["A:b: threshold 10 + 1", { ...search, threshold: 11 }],
      ["A:b: threshold 10 - 1", { ...search, threshold: 9 }],
      ["A:b: aggregate by hostname instead of details.sourceipaddress", { ...search, fields: ["hostname"] }],
      ["A:b: drop samplesLimit 10", { ...search, samplesLimit: 5 }],
      ["A:b: drop indices events-weekly", { ...search, indices: ["events", "events-previous"] }],
      ['A:b: drop name "A:b"', { ...search, name: null }],
    ]);
  });

  it("that are defaults already are left alone", () => {
    expect(optionMutants(place(noEvent(query)))).toEqual([]);
    const plain = aggregation(query, { field: "hostname" });
    expect(optionMutants(place(plain)).map(({ description }) => description)).toEqual([
      "threshold 1 + 1",
      "aggregate by category instead of hostname",
    ]);
  });
});

describe("further queries", () => {
  const all = SearchQuery({ minutes: 2 }).must(program);
  const descriptions = (mutants: readonly Mutant[]) => mutants.map(({ description }) => description);

  it("are changed as the first one, each by its name", () => {
    const search = sequence({ by: "hostname", within: { minutes: 5 }, without: step(SearchQuery().must(words)) }, [
      step(SearchQuery().must(program), { times: 2 }),
    ]);
    const mutants = clauseMutants(place(search));
    const name = 'without after step 1: drop must TermsMatch("summary", ["login","invalid"])';
    expect(descriptions(mutants)).toContain('step 1: drop must TermMatch("details.program", "sshd")');
    expect(find(mutants, name).changeSearch?.(search, 0)).toMatchObject({
      query: { plan: { must: [program] } },
      further: [{ plan: { must: [] } }],
    });
    // More of what must not happen makes fewer alerts.
    expect(find(mutants, name).suggestion).toContain('Add one to "fires"');
  });

  it("are changed along with the first one where it was made of them", () => {
    const search = percentage(all.must(words), { of: all, atLeast: 50 });
    const mutants = clauseMutants(place(search));
    const [shared, own] = [
      find(mutants, 'drop must TermMatch("details.program", "sshd")'),
      find(mutants, 'drop must TermsMatch("summary", ["login","invalid"])'),
    ].map((mutant) => mutant.changeSearch?.(search, 0));
    expect(shared).toMatchObject({ query: { plan: { must: [words] } }, further: [{ plan: { must: [] } }] });
    expect(own).toMatchObject({ query: { plan: { must: [program] } }, further: [{ plan: { must: [program] } }] });
    expect(descriptions(mutants).filter((text) => text.startsWith("of: "))).toEqual([]);
    const [wide] = windowMutants(place(search));
    expect(wide?.changeSearch?.(search, 0)).toMatchObject({
      query: { plan: { windowMs: 240_000 } },
      further: [{ plan: { windowMs: 240_000 } }],
    });
  });

  it("that are written for themselves are changed by themselves", () => {
    const other = SearchQuery({ minutes: 2 }).must(words);
    const search = percentage(all, { of: other, atLeast: 50 });
    expect(descriptions(clauseMutants(place(search)))).toContain(
      'of: drop must TermsMatch("summary", ["login","invalid"])',
    );
  });

  it("make other places of code", () => {
    const of = (query: SearchQuery) => percentage(all, { of: query, atLeast: 50 });
    expect(placesOf([of(all), of(all.must(words)), of(all)])).toEqual([0, 1, 0]);
  });
});

describe("options of a step", () => {
  it("are dropped", () => {
    const first = step(query, { by: "details.src", indices: ["alerts"] });
    const search = sequence({ by: "hostname", within: { minutes: 5 } }, [first, step(query)]);
    const mutants = optionMutants(place(search));
    expect(find(mutants, "step 1: drop by details.src").changeSearch?.(search, 0)).toMatchObject({
      places: [{ by: null, indices: ["alerts"] }, {}],
    });
    expect(find(mutants, "step 1: drop indices alerts").changeSearch?.(search, 0)).toMatchObject({
      places: [{ by: ["details.src"], indices: null }, {}],
    });
  });

  it("are swapped and left out with their queries", () => {
    const steps = [program, words, skipped].map((clause) => step(SearchQuery().must(clause)));
    const search = sequence({ by: "hostname", within: { minutes: 5 } }, steps);
    const mutants = optionMutants(place(search));
    const must = (one: Search | null | undefined) =>
      one && [one.query, ...one.further].map(({ plan }) => plan.must.map(describeClause).join());
    const [a, b, c] = must(search) ?? [];
    expect(must(find(mutants, "swap step 2 and step 3").changeSearch?.(search, 0))).toEqual([a, c, b]);
    expect(must(find(mutants, "drop step 1").changeSearch?.(search, 0))).toEqual([b, c]);
  });

  it("of one that must not happen is left out", () => {
    const search = sequence({ within: { minutes: 5 }, without: step(query.must(skipped)) }, [step(query), step(query)]);
    const drop = find(optionMutants(place(search)), "drop what must not happen after step 2");
    expect(drop.changeSearch?.(search, 0)).toMatchObject({ isNeverBetween: false, places: [{}, {}] });
  });
});

describe("what an alert speaks for", () => {
  it("goes back to its default", () => {
    const search = eachEvent(query, { quietFor: { hours: 1 }, covers: "events" });
    expect(optionMutants(place(search)).map((one) => [one.description, one.changeSearch?.(search, 0)])).toEqual([
      ["drop quietFor 1h", { ...search, quietMs: null }],
      ["drop covers events", { ...search, covers: "group" }],
    ]);
    const silence = noEvent(query, { quietFor: { hours: 1 }, resolveAfter: { minutes: 0 } });
    expect(optionMutants(place(silence)).map((one) => [one.description, one.changeSearch?.(silence, 0)])).toEqual([
      ["drop quietFor 1h", { ...silence, quietMs: null }],
      ["drop resolveAfter 0s", { ...silence, resolveMs: null }],
    ]);
  });
});

describe("drafts", () => {
  it("change each field that is ever set", () => {
    const drafts = [
      { summary: "s", category: "c", tags: [] },
      {
        summary: "s",
        category: "c",
        tags: ["t"],
        severity: "CRITICAL",
        url: "",
        channel: "infosec",
        notify_mozdefbot: false,
      },
    ];
    const mutants = draftMutants(drafts);
    expect(
      mutants.map(({ description, changeDraft }) => [description, drafts.map((draft) => changeDraft?.(draft))]),
    ).toEqual([
      ["change summary of the alert", drafts.map((draft) => ({ ...draft, summary: "s (mutated)" }))],
      ["change category of the alert", drafts.map((draft) => ({ ...draft, category: "c-mutated" }))],
      [
        "change tags of the alert",
        [
          { ...drafts[0], tags: ["mutated"] },
          { ...drafts[1], tags: [] },
        ],
      ],
      ["change severity of the alert", [null, { ...drafts[1], severity: "DEBUG" }]],
      ["change channel of the alert", [null, { ...drafts[1], channel: "infosec-mutated" }]],
      ["change notify_mozdefbot of the alert", [null, { ...drafts[1], notify_mozdefbot: true }]],
    ]);
    expect(mutants[3]?.suggestion).toBe(
      'No firing case says the severity of its alert. Add it: alert: { severity: "CRITICAL" }.',
    );
  });
});

describe("places of code", () => {
  it("are positions in the list; searches of one form are those of a loop", () => {
    const other = eachEvent(SearchQuery().must(program));
    const loop = ["a", "b"].map((host) => eachEvent(query.must(TermMatch("hostname", host))));
    expect(placesOf([other, ...loop, eachEvent(query)])).toEqual([0, 1, 1, 3]);
  });

  it("of named searches are their own", () => {
    expect(placesOf([eachEvent(query, { name: "A:a" }), eachEvent(query, { name: "A:b" })])).toEqual([0, 1]);
  });
});
