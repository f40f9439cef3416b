import { PhraseMatch, SearchQuery, TermMatch } from "@mozdef/query";
import { describe, expect, it } from "vitest";
import { context, hit, NOW, planned, taskOf } from "../../test/fakes.ts";
import {
  type AggregatedEvents,
  aggregation,
  type AlertContext,
  type AlertTask,
  eachEvent,
  type Hit,
  noEvent,
} from "../index.ts";
import { type AnsweredSearch, evaluate } from "../runtime.ts";

const query = SearchQuery({ minutes: 2 }).must(TermMatch("category", "x"));
const draft = { summary: "s", category: "c", tags: ["t"], severity: "WARNING" };
const groupHook = (seen: AggregatedEvents[]) => (group: AggregatedEvents) => {
  seen.push(group);
  return draft;
};
const run = (task: AlertTask, answered: readonly AnsweredSearch[], scope: AlertContext = context()) =>
  evaluate(task, answered, scope, "alerts-201701");
const found = (hits: readonly Hit[]) => ({ kind: "eachEvent", hits }) as const;

describe("each event", () => {
  const search = eachEvent(query, { data: { rule: 1 } });

  it("makes one alert of each event, in order of time and then id", async () => {
    const task = taskOf(search, { onEvent: (event) => ({ ...draft, summary: event._id }) });
    const hits = [hit("c"), hit("b"), hit("a", { utctimestamp: "2017-01-01T00:59:30Z" })];
    const { alerts, errors } = await run(task, [{ planned: planned(search), result: found(hits) }]);
    expect(alerts.map(({ alert }) => alert._source.summary)).toEqual(["b", "c", "a"]);
    expect(alerts[0]?.covers).toEqual([{ _index: "events-20170101", _id: "b" }]);
    expect(errors).toEqual([]);
  });

  it("hands over the data of the search", async () => {
    const task = taskOf(search, { onEvent: (_, { data }) => ({ ...draft, summary: JSON.stringify(data) }) });
    const { alerts } = await run(task, [{ planned: planned(search), result: found([hit("a")]) }]);
    expect(alerts[0]?.alert._source.summary).toBe('{"rule":1}');
  });

  it("makes no alert when the hook returns nothing, and waits for promises", async () => {
    const task = taskOf(search, { onEvent: ({ _id }) => (_id === "a" ? Promise.resolve(draft) : null) });
    const { alerts } = await run(task, [{ planned: planned(search), result: found([hit("a"), hit("b")]) }]);
    expect(alerts).toHaveLength(1);
  });

  it("reports an event whose hook throws and goes on with the next", async () => {
    const task = taskOf(search, {
      onEvent: ({ _id }) => {
        if (_id === "a") throw new TypeError("no hostname");
        return draft;
      },
    });
    const { alerts, errors } = await run(task, [{ planned: planned(search), result: found([hit("a"), hit("b")]) }]);
    expect(alerts).toHaveLength(1);
    expect(errors.map(({ code, message }) => [code, message])).toEqual([
      ["ALERT_HOOK_FAILED", "TestAlert failed on event events-20170101/a: no hostname"],
    ]);
  });

  it("lets no hook change an event", async () => {
    const task = taskOf(search, {
      onEvent: (event) => {
        (event._source as Record<string, unknown>).summary = "changed";
        return draft;
      },
    });
    const { errors } = await run(task, [{ planned: planned(search), result: found([hit("a")]) }]);
    expect(errors[0]?.message).toContain("not extensible");
  });

  it("alerts once for an event that two searches of one name find, and twice under two names", async () => {
    const [first, again, other] = [search, eachEvent(query), eachEvent(query, { name: "Other" })];
    const task = taskOf([], { onEvent: () => draft });
    const result = found([hit("a")]);
    const { alerts } = await run(
      task,
      [first, again, other].map((one) => ({ planned: planned(one), result })),
    );
    expect(alerts.map(({ alert }) => alert._source.classname)).toEqual(["TestAlert", "Other"]);
    expect(new Set(alerts.map(({ alert }) => alert._id)).size).toBe(2);
  });
});

describe("aggregation", () => {
  const search = aggregation(query, { field: "hostname", threshold: 3, samplesLimit: 2 });
  const events = ["d", "b", "a", "c"].map((id) => hit(id));
  const groups = [
    { keys: ["small"], events: events.slice(0, 2) },
    { keys: ["b"], events: events.slice(0, 3) },
    { keys: ["a"], events: events.slice(0, 3) },
    { keys: ["large"], events },
  ];

  it("makes one alert of each group that reaches the threshold: largest first, then by value", async () => {
    const seen: AggregatedEvents[] = [];
    const task = taskOf(search, { onAggregation: groupHook(seen) });
    const disjoint = groups.map(({ keys, events }) => ({
      keys,
      events: events.map((event) => ({ ...event, _id: `${keys[0] ?? ""}-${event._id}` })),
    }));
    await run(task, [{ planned: planned(search), result: { kind: "aggregation", groups: disjoint } }]);
    expect(seen.map(({ value, count }) => [value, count])).toEqual([
      ["large", 4],
      ["a", 3],
      ["b", 3],
    ]);
  });

  it("gives the first samples and all events, embeds the samples, covers all", async () => {
    const seen: AggregatedEvents[] = [];
    const task = taskOf(search, { onAggregation: groupHook(seen) });
    const { alerts } = await run(task, [
      { planned: planned(search), result: { kind: "aggregation", groups: [{ keys: ["x"], events }] } },
    ]);
    expect(seen[0]).toMatchObject({ value: "x", values: { hostname: "x" } });
    expect(seen[0]?.events.map(({ _id }) => _id)).toEqual(["a", "b"]);
    expect(seen[0]?.allEvents.map(({ _id }) => _id)).toEqual(["a", "b", "c", "d"]);
    expect(alerts[0]?.alert._source.events.map(({ documentid }) => documentid)).toEqual(["a", "b"]);
    expect(alerts[0]?.covers.map(({ _id }) => _id)).toEqual(["a", "b", "c", "d"]);
  });

  it("counts an event with a list value once under one name: the larger group takes it", async () => {
    const seen: AggregatedEvents[] = [];
    const task = taskOf(search, { onAggregation: groupHook(seen) });
    await run(task, [{ planned: planned(search), result: { kind: "aggregation", groups } }]);
    expect(seen.map(({ value }) => value)).toEqual(["large"]);
  });
});

describe("no event", () => {
  const search = noEvent(query);
  const task = taskOf(search, { onNoEvent: () => draft });

  it("makes an alert without events when nothing was found", async () => {
    const { alerts } = await run(task, [{ planned: planned(search), result: { kind: "noEvent", found: false } }]);
    expect(alerts[0]?.alert._source.events).toEqual([]);
    expect(alerts[0]?.covers).toEqual([]);
  });

  it("makes none when something was found", async () => {
    const { alerts } = await run(task, [{ planned: planned(search), result: { kind: "noEvent", found: true } }]);
    expect(alerts).toEqual([]);
  });

  it("has an id for each slot and each query", async () => {
    const idOf = async (one: typeof search, now: Date) => {
      const result = { kind: "noEvent", found: false } as const;
      const { alerts } = await run(task, [{ planned: planned(one), result }], context({ now }));
      return alerts[0]?.alert._id;
    };
    const later = new Date(NOW.getTime() + 60_000);
    const other = noEvent(query.must(PhraseMatch("hostname", "host2")));
    const ids = [await idOf(search, NOW), await idOf(search, later), await idOf(other, NOW)];
    expect(new Set(ids).size).toBe(3);
    expect(await idOf(search, NOW)).toBe(ids[0]);
  });
});

describe("what a task lacks", () => {
  it.each([
    ["onEvent", eachEvent(query), found([hit("a")])],
    [
      "onAggregation",
      aggregation(query, { field: "hostname" }),
      { kind: "aggregation", groups: [{ keys: ["x"], events: [hit("a")] }] },
    ],
    ["onNoEvent", noEvent(query), { kind: "noEvent", found: false }],
  ] as const)("is named: %s", async (hook, search, result) => {
    const { errors } = await run(taskOf(search), [{ planned: planned(search), result }]);
    expect(errors.map(({ code }) => code)).toEqual(["ALERT_HOOK_MISSING"]);
    expect(errors[0]?.message).toContain(hook);
  });
});

describe("ids", () => {
  it("are the same for the same events, and differ by name, event and group", async () => {
    const search = aggregation(query, { field: "hostname" });
    const task = taskOf(search, { onAggregation: () => draft });
    const idOf = async (value: string, id: string, name = "TestAlert") => {
      const result = { kind: "aggregation", groups: [{ keys: [value], events: [hit(id)] }] } as const;
      const { alerts } = await run(task, [{ planned: { ...planned(search), name }, result }]);
      return alerts[0]?.alert._id;
    };
    const first = await idOf("x", "a");
    expect(first).toMatch(/^[0-9a-f]{32}$/);
    expect(await idOf("x", "a")).toBe(first);
    expect(new Set([first, await idOf("y", "a"), await idOf("x", "b"), await idOf("x", "a", "Other")]).size).toBe(4);
  });

  it("stand under the index that the store has named", async () => {
    const search = eachEvent(query);
    const task = taskOf(search, { onEvent: () => draft });
    const { alerts } = await run(task, [{ planned: planned(search), result: found([hit("a")]) }]);
    expect(alerts[0]?.alert._index).toBe("alerts-201701");
  });
});
