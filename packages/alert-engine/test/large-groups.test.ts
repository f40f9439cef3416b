import { type AggregatedEvents, aggregation, AlertTask, eachEvent } from "@mozdef/alert";
import { createTask } from "@mozdef/alert/runtime";
import { runAlerts } from "@mozdef/alert-engine";
import { type AlertStore, finishCommits, saveEvents } from "@mozdef/alert-store";
import { SearchQuery, TermMatch } from "@mozdef/query";
import { randomUUID } from "node:crypto";
import { describe, expect, it, onTestFinished } from "vitest";
import { login, options } from "./alerts.ts";
import { documentsOf, NOW, openStore } from "./open-store.ts";

/** More than come along with a group. */
const MANY = 10_100;

const groupsIn = (indices?: readonly string[]) => {
  const seen: AggregatedEvents[] = [];
  class Group extends AlertTask {
    main() {
      const query = SearchQuery({ minutes: 10 }).must(TermMatch("hostname", "a"));
      return aggregation(query, { field: "hostname", threshold: 3, ...(indices !== undefined && { indices }) });
    }
    onAggregation(group: AggregatedEvents) {
      seen.push(group);
      return { summary: `${group.count} logins on ${group.value}`, category: "x", tags: [], severity: "INFO" };
    }
  }
  return { seen, task: createTask(Group) };
};

const later = (minutes: number) => options({ now: new Date(NOW.getTime() + minutes * 60_000) });

describe("a group of more events than come along", { timeout: 120_000 }, () => {
  it("is counted exactly, and covered whole", async () => {
    const store = await openStore();
    const { seen, task } = groupsIn();
    await saveEvents(
      store,
      Array.from({ length: MANY }, () => login("a")),
      { now: NOW, refresh: true },
    );
    const [run] = await runAlerts(store, [task], options());
    expect(run?.alerts.map(({ _source }) => _source.summary)).toEqual([`${MANY} logins on a`]);
    expect(seen[0]?.allEvents).toHaveLength(10_000);
    const index = store.names.physical("coverage-*");
    await store.client.indices.refresh({ index });
    expect((await store.client.count({ index })).count).toBe(MANY);
    const [again] = await runAlerts(store, [task], later(1));
    expect(again).toMatchObject({ hits: 0, alerts: [] });
  });

  it("alerts again on what comes later, also where nothing is marked", async () => {
    const store = await openStore();
    const index = `foreign-${randomUUID()}`;
    onTestFinished(() => store.client.indices.delete({ index }).then(() => undefined));
    const mappings = {
      properties: { hostname: { type: "keyword" as const }, utctimestamp: { type: "date" as const } },
    };
    await store.client.indices.create({ index, mappings });
    const add = (count: number, utctimestamp: string) =>
      store.client.bulk({
        index,
        refresh: true,
        operations: Array.from({ length: count }, () => [{ index: {} }, { hostname: "a", utctimestamp }]).flat(),
      });
    await add(MANY, "2017-01-01T00:59:00Z");
    const { task } = groupsIn([index]);
    const [run] = await runAlerts(store, [task], options());
    expect(run?.alerts[0]?._source.summary).toBe(`${MANY} logins on a`);
    expect((await runAlerts(store, [task], later(1)))[0]).toMatchObject({ hits: MANY, alerts: [] });
    await add(4, "2017-01-01T01:01:00Z");
    const [again] = await runAlerts(store, [task], later(2));
    expect(again?.alerts.map(({ _source }) => _source.summary)).toEqual(["4 logins on a"]);
    expect(again?.alerts[0]?._source.events).toHaveLength(4);
  });

  it("is covered whole also by whoever finishes what a dead process left", async () => {
    const store = await openStore();
    const { task } = groupsIn();
    await saveEvents(
      store,
      Array.from({ length: MANY * 2 }, () => login("a")),
      { now: NOW, refresh: true },
    );
    await runAlerts(dyingWhenCovering(store), [task], options());
    const [entry] = (await documentsOf(store, "slots-*")).filter(({ _source }) => _source.type === "asked");
    expect(entry?._source).toMatchObject({ status: "decided" });
    expect(await finishCommits(store)).toMatchObject({ finished: 1, unfinished: [] });
    expect((await runAlerts(store, [task], later(1)))[0]).toMatchObject({ hits: 0, alerts: [] });
  });
});

/** The same store as a process sees it that dies before it notes what an alert covers. */
const dyingWhenCovering = (store: AlertStore): AlertStore => {
  const client = store.client.child({});
  const request = client.transport.request.bind(client.transport);
  client.transport.request = (async (params: { bulkBody?: unknown[] }, requestOptions: never) => {
    if (params.bulkBody?.some((line) => JSON.stringify(line).includes('"type":"coverage"'))) throw new Error("killed");
    return request(params as never, requestOptions);
  }) as never;
  return Object.freeze({ ...store, client });
};

/** The same store, which cannot send more than some events at once, as a server whose breaker trips. */
const sendingAtMost = (store: AlertStore, most: number): AlertStore => {
  const client = store.client.child({});
  const request = client.transport.request.bind(client.transport);
  const error = { type: "circuit_breaking_exception", reason: "[parent] Data too large" };
  client.transport.request = (async (
    params: { bulkBody?: object[]; body?: { size?: number } },
    requestOptions: never,
  ) => {
    const sizes = [params.body, ...(params.bulkBody ?? [])].map(
      (body) => (body as { size?: number } | undefined)?.size ?? 0,
    );
    const answer: { responses?: { hits?: { hits: unknown[] } }[]; hits?: { hits: unknown[] } } = await request(
      params as never,
      requestOptions,
    );
    const sent = [...(answer.responses ?? []).map(({ hits }) => hits), answer.hits].flatMap((hits) => hits?.hits ?? []);
    if (Math.max(...sizes) > 0 && sent.length > most) throw await breaker(store, error);
    return answer;
  }) as never;
  return Object.freeze({ ...store, client });
};

const breaker = async ({ client }: AlertStore, error: object): Promise<unknown> => {
  const cause: unknown = await client.get({ index: "nowhere", id: "1" }).catch((one: unknown) => one);
  const { meta } = cause as { readonly meta: { statusCode: number; body: unknown } };
  meta.statusCode = 429;
  meta.body = { error };
  return cause;
};

describe("events that are too large to be sent at once", () => {
  it("are fetched in smaller pages, and others are not held up", async () => {
    const store = await openStore();
    const text = "x".repeat(19_994);
    await saveEvents(
      store,
      Array.from({ length: 200 }, () => login("a", { summary: `login ${text}` })),
      { now: NOW, refresh: true },
    );
    class Each extends AlertTask {
      main() {
        return eachEvent(SearchQuery({ minutes: 10 }).must(TermMatch("hostname", "a")));
      }
      onEvent() {
        return { summary: "one", category: "x", tags: [], severity: "INFO" };
      }
    }
    const { seen, task } = groupsIn();
    const runs = await runAlerts(sendingAtMost(store, 50), [task, createTask(Each)], options());
    expect(runs.map(({ health, alerts }) => [health, alerts.length])).toEqual([
      ["ok", 1],
      ["ok", 200],
    ]);
    const texts = seen[0]?.allEvents.map(({ _source }) => String(_source.summary).length);
    expect(texts?.slice(0, 6)).toEqual([20_000, 20_000, 20_000, 20_000, 20_000, 8_191]);
  });
});
