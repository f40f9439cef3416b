// Alerts that hand on what nobody can use.
import { eachEvent } from "@mozdef/alert";
import { QueryStringMatch, SearchQuery } from "@mozdef/query";
import { BAIT, DRAFT, inHook, inMain, type TaskClass } from "./hostile-task.ts";

const withDetails = (details: unknown): TaskClass => inHook(() => ({ ...DRAFT, details }));

const cycle = (): object => {
  const one: { self?: object } = {};
  one.self = one;
  return one;
};

const deep = (depth: number): object => {
  let one: object = {};
  for (let level = 0; level < depth; level += 1) one = { one };
  return one;
};

export const againstEngine: Readonly<Record<string, TaskClass>> = {
  DraftOfBigInt: withDetails({ count: 1n }),
  DraftOfCycle: withDetails(cycle()),
  DraftOfFunction: inHook(() => () => DRAFT),
  DraftOfSymbol: inHook(() => Symbol("draft")),
  DraftOf20Megabytes: withDetails({ text: "x".repeat(20_000_000) }),
  DraftOfDepth: withDetails(deep(100_000)),
  DraftOfControls: inHook(() => ({ ...DRAFT, summary: "\u0000\u001b[2J\u202e\ud800", severity: "\u0007" })),
  MainOfGarbage: inMain(() => ({ 0: eachEvent(BAIT), length: 1e9 })),
  MainOfProxy: inMain(
    () =>
      new Proxy([], {
        get: () => {
          throw new Error("touched");
        },
      }),
  ),
  MainOfThousands: inMain(() => Array.from({ length: 5_000 }, () => eachEvent(BAIT))),
  MainForEver: inMain(() =>
    (function* () {
      for (;;) yield eachEvent(BAIT);
    })(),
  ),
  QueryOfNothing: inMain(() => eachEvent({} as never)),
  QueryOfNonsense: inMain(() => eachEvent(SearchQuery({ minutes: 5 }).must(QueryStringMatch('summary: "(((( AND')))),
  SearchesThousands: inMain(async (context) => {
    await Promise.all(Array.from({ length: 3_000 }, () => context.search(BAIT, { size: 10_000 })));
    return [];
  }),
  WritesState: inHook((_, { state }) => {
    state.put("mozdefstate", "runner-x", { type: "runner", owner: "hostile" });
    state.put("events", "event-1", { summary: "hostile" });
    return null;
  }),
  LogsForEver: inHook((_, { log }) => {
    for (let line = 0; line < 3_000; line += 1) log.error(`\u001b[2J${"x".repeat(300)}\n${line}`);
    return null;
  }),
  LogsMegabytes: inHook((_, { log }) => {
    log.info("x".repeat(30_000_000), { more: "x".repeat(30_000_000) });
    return null;
  }),
  Fetches: inHook(async (_, { fetch }) => {
    const answer = await fetch(process.argv[4] ?? "");
    return { ...DRAFT, summary: await answer.text() };
  }),
};
