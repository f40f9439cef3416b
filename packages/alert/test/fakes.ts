import { type AlertContext, AlertTask, type EventSource, type Hit, type Search } from "@mozdef/alert";
import { planSearch } from "@mozdef/alert/runtime";

/** A hit with the given id, one second after another unless it says its own time. */
export const hit = (id: string, source: EventSource = {}): Hit => ({
  _index: "events-20170101",
  _id: id,
  _source: { utctimestamp: "2017-01-01T00:59:00+00:00", ...source },
});

export const NOW = new Date("2017-01-01T01:00:00Z");

const unexpected = (): never => {
  throw new Error("this test reaches nothing outside");
};

/** A context that refuses to reach outside. */
export const context = (overrides: Partial<AlertContext> = {}): AlertContext => ({
  now: NOW,
  log: { debug: unexpected, info: unexpected, warn: unexpected, error: unexpected },
  report: unexpected,
  signal: new AbortController().signal,
  fetch: unexpected,
  dns: { reverse: unexpected },
  search: unexpected,
  count: unexpected,
  state: { get: unexpected, find: unexpected, put: unexpected },
  ...overrides,
});

/** An alert made of functions. */
export const taskOf = (
  search: Search | readonly Search[],
  hooks: Partial<Pick<AlertTask, "onEvent" | "onAggregation" | "onNoEvent">> = {},
): AlertTask => {
  class TestAlert extends AlertTask {
    main() {
      return search;
    }
  }
  return Object.assign(new TestAlert({}), hooks);
};

export const planned = (search: Search) => planSearch("TestAlert", search);
