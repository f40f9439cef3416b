import {
  aggregation,
  AlertTask,
  type AggregatedEvents,
  distinctOf,
  noEvent,
  percentage,
  type SilentSearch,
  spike,
} from "@mozdef/alert";
import { type AlertTaskClass, createTask } from "@mozdef/alert/runtime";
import { runAlerts } from "@mozdef/alert-engine";
import { type AlertStore, changeAlert, createAlertStore, finishCommits, saveEvents } from "@mozdef/alert-store";
import { SearchQuery, TermMatch } from "@mozdef/query";
import { describe, expect, it } from "vitest";
import { options } from "./alerts.ts";
import { documentsOf, openStore, watchRequests } from "./open-store.ts";

const quietFor = { hours: 1 };
const resolveAfter = { minutes: 5 };
const knocking = SearchQuery({ minutes: 10 }).must(TermMatch("category", "knock"));
const beating = SearchQuery({ minutes: 2 }).must(TermMatch("category", "heartbeat"));
const draft = { category: "c", tags: ["t"] };

class EndingKnocks extends AlertTask {
  main() {
    return aggregation(knocking, { field: "hostname", threshold: 2, quietFor, resolveAfter });
  }
  onAggregation({ value, count }: AggregatedEvents) {
    return { ...draft, summary: `${count} knocks by ${value}` };
  }
}

class EndingSilence extends AlertTask {
  main() {
    const each = { each: "hostname", seenWithin: { days: 1 } } as const;
    return noEvent(beating, { ...each, quietFor, resolveAfter: { seconds: 0 } });
  }
  onNoEvent({ value }: SilentSearch) {
    return { ...draft, summary: `no heartbeat of ${value}` };
  }
}

/** Its alerts are closed by people. */
class EndingNever extends AlertTask {
  main() {
    return aggregation(knocking, { field: "hostname", threshold: 2, quietFor });
  }
  onAggregation({ value, count }: AggregatedEvents) {
    return { ...draft, summary: `${count} knocks by ${value}` };
  }
}

class EndingFailure extends EndingKnocks {
  override onAggregation(group: AggregatedEvents) {
    if (group.value === "bad") throw new Error("this host is bad");
    return super.onAggregation(group);
  }
}

class EndingMeasure extends AlertTask {
  main() {
    const measure = distinctOf("source");
    return aggregation(knocking, { field: "hostname", measure, atLeast: 2, quietFor, resolveAfter });
  }
  onAggregation({ value, measured }: AggregatedEvents) {
    return { ...draft, summary: `${measured} knock on ${value}` };
  }
}

class EndingSpike extends AlertTask {
  main() {
    const query = SearchQuery({ minutes: 1 }).must(TermMatch("category", "knock"));
    return spike(query, { field: "hostname", baseline: { hours: 1 }, factor: 2, atLeast: 2, quietFor, resolveAfter });
  }
  onAggregation({ value }: AggregatedEvents) {
    return { ...draft, summary: `more of ${value}` };
  }
}

class EndingPercentage extends AlertTask {
  main() {
    const of = SearchQuery({ minutes: 10 });
    return percentage(knocking, { of, field: "hostname", atLeast: 50, quietFor, resolveAfter });
  }
  onAggregation({ value }: AggregatedEvents) {
    return { ...draft, summary: `half of ${value}` };
  }
}

const at = (time: string) => new Date(`2017-01-01T${time}:00Z`);

const events = (store: AlertStore, time: string, count: number, hostname = "a", category = "knock") =>
  saveEvents(
    store,
    Array.from({ length: count }, (_, index) => ({
      ...{ category, hostname, source: `s${index}` },
      utctimestamp: at(time).toISOString(),
    })),
    { now: at(time), refresh: true },
  );

const runOf = (store: AlertStore, tasks: readonly AlertTaskClass[], time: string) =>
  runAlerts(
    store,
    tasks.map((task) => createTask(task)),
    { ...options(), now: at(time) },
  );

const run = async (store: AlertStore, task: AlertTaskClass, time: string) => {
  const [result] = await runOf(store, [task], time);
  expect(result?.errors).toEqual([]);
  return result?.alerts.map(({ _source }) => _source.summary) ?? [];
};

/** Oldest first, those of one time by their group. */
const stored = async (store: AlertStore) => {
  const placeOf = ({ utctimestamp, groupkey }: Readonly<Record<string, unknown>>) =>
    `${String(utctimestamp)} ${String(groupkey)}`;
  return (await documentsOf(store, "alerts-*")).sort((x, y) => placeOf(x._source).localeCompare(placeOf(y._source)));
};

const statuses = async (store: AlertStore) =>
  (await stored(store)).map(({ _source }) => [_source.groupkey, _source.status, _source.closereason ?? null]);

const OPEN = ["a", "manual", null];
const RESOLVED = ["a", "closed", "resolved"];

describe("an alert with resolveAfter", () => {
  it("is closed by the service once its condition was not found for so long", async () => {
    const store = await openStore();
    await events(store, "01:00", 2);
    await events(store, "01:00", 2, "b");
    await run(store, EndingKnocks, "01:01");
    await events(store, "01:03", 2, "b");
    expect(await run(store, EndingKnocks, "01:04")).toEqual([]);
    expect(await run(store, EndingKnocks, "01:05")).toEqual([]);
    expect(await statuses(store)).toEqual([OPEN, ["b", "manual", null]]);
    await run(store, EndingKnocks, "01:06");
    const [first] = await stored(store);
    const closed = "2017-01-01T01:06:00+00:00";
    expect(first?._source).toMatchObject({
      ...{ status: "closed", closedat: closed, closedby: "mozdef", closereason: "resolved" },
      ...{ lastseen: "2017-01-01T01:01:00+00:00", resolveafterms: 300_000 },
      history: [{ at: closed, by: "mozdef", action: "close", from: "manual", to: "closed", text: "resolved" }],
    });
    // What was added later ends later.
    await run(store, EndingKnocks, "01:08");
    expect(await statuses(store)).toEqual([RESOLVED, ["b", "manual", null]]);
    await run(store, EndingKnocks, "01:09");
    expect(await statuses(store)).toEqual([RESOLVED, ["b", "closed", "resolved"]]);
  });

  it("begins anew when it comes again after that, also in its quiet time", async () => {
    const store = await openStore();
    await events(store, "01:00", 2);
    await run(store, EndingKnocks, "01:01");
    await run(store, EndingKnocks, "01:06");
    expect(await statuses(store)).toEqual([RESOLVED]);
    await events(store, "01:07", 2);
    expect(await run(store, EndingKnocks, "01:08")).toEqual(["2 knocks by a"]);
    expect(await statuses(store)).toEqual([RESOLVED, OPEN]);
    expect((await stored(store))[1]?._source).not.toHaveProperty("previous");
    await run(store, EndingKnocks, "01:13");
    expect(await statuses(store)).toEqual([RESOLVED, RESOLVED]);
  });

  it("of silence is over as soon as events are back, and no other", async () => {
    const store = await openStore();
    await events(store, "01:00", 1, "a", "heartbeat");
    await events(store, "01:00", 1, "b", "heartbeat");
    expect(await run(store, EndingSilence, "01:05")).toEqual(["no heartbeat of a", "no heartbeat of b"]);
    expect(await run(store, EndingSilence, "01:06")).toEqual([]);
    await events(store, "01:06", 1, "b", "heartbeat");
    expect(await run(store, EndingSilence, "01:07")).toEqual([]);
    expect(await statuses(store)).toEqual([OPEN, ["b", "closed", "resolved"]]);
    // Silent anew.
    expect(await run(store, EndingSilence, "01:10")).toEqual(["no heartbeat of b"]);
  });

  it("is not made once more by a slot from before its end that is run late", async () => {
    const store = await openStore();
    await events(store, "01:00", 1, "a", "heartbeat");
    expect(await run(store, EndingSilence, "01:05")).toHaveLength(1);
    await events(store, "01:08", 1, "a", "heartbeat");
    await run(store, EndingSilence, "01:08");
    expect(await statuses(store)).toEqual([RESOLVED]);
    expect(await run(store, EndingSilence, "01:07")).toEqual([]);
    expect(await run(store, EndingSilence, "01:11")).toHaveLength(1);
  });

  it.each<[string, AlertTaskClass]>([
    ["a measure", EndingMeasure],
    ["a spike", EndingSpike],
    ["a percentage", EndingPercentage],
  ])("ends for %s", async (_, task) => {
    const store = await openStore();
    await events(store, "01:00", 3);
    expect(await run(store, task, "01:00")).toHaveLength(1);
    await run(store, task, "01:04");
    expect(await statuses(store)).toEqual([OPEN]);
    await run(store, task, "01:05");
    expect(await statuses(store)).toEqual([RESOLVED]);
  });

  it("stays open when its search failed, when a hook did, and when there was nowhere to look", async () => {
    const store = await openStore();
    await events(store, "01:00", 2);
    await run(store, EndingFailure, "01:01");
    await events(store, "01:05", 2, "bad");
    const [failed] = await runOf(store, [EndingFailure], "01:06");
    expect(failed?.errors).toMatchObject([{ code: "ALERT_HOOK_FAILED" }]);
    expect(await statuses(store)).toEqual([OPEN]);
    const client = store.client.child({});
    Object.assign(client, { msearch: () => Promise.reject(new Error("away")) });
    const [away] = await runOf(Object.freeze({ ...store, client }), [EndingKnocks], "01:07");
    expect(away?.health).toBe("error");
    expect(await statuses(store)).toEqual([OPEN]);
    class EndingNowhere extends EndingKnocks {
      override main() {
        return { ...super.main(), indices: ["nowhere-*"], name: "EndingFailure" };
      }
    }
    const [nowhere] = await runOf(store, [EndingNowhere], "01:08");
    expect(nowhere?.warnings).toMatchObject([{ code: "STORE_INDEX_MISSING" }]);
    expect(await statuses(store)).toEqual([OPEN]);
  });

  it("is asked for once in a tick, and not at all when no alert of it ends", async () => {
    const store = await openStore();
    const seen = watchRequests(store);
    const requestsOf = async (tasks: readonly AlertTaskClass[], time: string) => {
      seen.length = 0;
      await runOf(store, tasks, time);
      return seen.map(({ path }) => path).filter((path) => path.endsWith("_msearch")).length;
    };
    expect(await requestsOf([EndingNever, EndingNever], "01:02")).toBe(1);
    expect(await requestsOf([EndingKnocks], "01:03")).toBe(2);
    const many = [EndingNever, EndingKnocks, EndingMeasure, EndingPercentage, EndingSpike, EndingSilence];
    expect(await requestsOf(many, "01:03")).toBe(2);
  });

  it("that people have opened again is closed by people", async () => {
    const store = await openStore();
    await events(store, "01:00", 2);
    await run(store, EndingKnocks, "01:01");
    await run(store, EndingKnocks, "01:06");
    const id = (await stored(store))[0]?._id ?? "";
    await changeAlert(store, id, { kind: "reopen" }, { by: "ann", now: at("01:07") });
    await run(store, EndingKnocks, "01:08");
    expect(await statuses(store)).toEqual([OPEN]);
    // Not even by whoever carries out once more what was decided then.
    const slots = await documentsOf(store, "slots-*");
    for (const { _index, _id } of slots)
      await store.client.update({ index: store.names.physical(_index), id: _id, doc: { status: "decided" } });
    const another = createAlertStore({ client: store.client, prefix: store.names.prefix });
    expect(await finishCommits(another)).toMatchObject({ finished: slots.length, unfinished: [], refused: [] });
    expect(await statuses(store)).toEqual([OPEN]);
  });

  it.each([0, 1, 2, 3, 4, 5, 6, 7])("is closed once when its process dies after %i requests", async (requests) => {
    const store = await openStore();
    await events(store, "01:00", 2);
    await run(store, EndingKnocks, "01:01");
    const client = store.client.child({});
    const request = client.transport.request.bind(client.transport);
    let left = requests;
    client.transport.request = ((...args: Parameters<typeof request>) => {
      left -= 1;
      if (left < 0) throw new Error("killed");
      return request(...args);
    }) as never;
    await runOf(Object.freeze({ ...store, client }), [EndingKnocks], "01:06");
    const restarted = createAlertStore({ client: store.client, prefix: store.names.prefix });
    await finishCommits(restarted);
    await run(restarted, EndingKnocks, "01:06");
    expect(await statuses(store)).toEqual([RESOLVED]);
    expect((await stored(store))[0]?._source.history).toHaveLength(1);
  });
});

describe("an alert that people have closed", () => {
  const close = async (store: AlertStore, place: number, time: string) =>
    changeAlert(
      store,
      (await stored(store))[place]?._id ?? "",
      { kind: "close", reason: "benign" },
      { by: "ann", now: at(time) },
    );

  it("goes on counting without a word, until it has grown tenfold: then the next one names it", async () => {
    const store = await openStore();
    await events(store, "01:00", 2);
    await run(store, EndingNever, "01:01");
    await close(store, 0, "01:02");
    await events(store, "01:03", 5);
    expect(await run(store, EndingNever, "01:04")).toEqual([]);
    const [first] = await stored(store);
    expect(first?._source).toMatchObject({ status: "closed", closereason: "benign", count: 7 });
    await events(store, "01:05", 13);
    expect(await run(store, EndingNever, "01:06")).toEqual(["13 knocks by a"]);
    expect((await stored(store))[1]?._source).toMatchObject({ status: "manual", previous: first?._id, count: 13 });
    // That one is open, so what follows it does not say that it was closed.
    await events(store, "01:07", 200);
    expect(await run(store, EndingNever, "01:08")).toEqual(["200 knocks by a"]);
    expect((await stored(store))[2]?._source).not.toHaveProperty("previous");
  });

  it("speaks for its group until its quiet time has passed: then the next one names it", async () => {
    const store = await openStore();
    await events(store, "01:00", 2);
    await run(store, EndingNever, "01:01");
    await close(store, 0, "01:02");
    await events(store, "02:00", 2);
    expect(await run(store, EndingNever, "02:00")).toEqual([]);
    await events(store, "02:01", 3);
    expect(await run(store, EndingNever, "02:01")).toEqual(["3 knocks by a"]);
    const [first, second] = await stored(store);
    expect(second?._source.previous).toBe(first?._id);
    // The same run once more makes the same alert.
    expect(await run(store, EndingNever, "02:01")).toEqual([]);
    expect(await stored(store)).toHaveLength(2);
  });
});
