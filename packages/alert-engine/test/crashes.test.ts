import { eachEvent, type Hit, type HookContext } from "@mozdef/alert";
import { type AlertAction, createTask } from "@mozdef/alert/runtime";
import { createRouter, runAlerts } from "@mozdef/alert-engine";
import { type AlertStore, createAlertStore, finishCommits, saveEvents, type StoreError } from "@mozdef/alert-store";
import { SearchQuery, TermMatch } from "@mozdef/query";
import { randomUUID } from "node:crypto";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { EachLogin, login, ManyLogins, options } from "./alerts.ts";
import { documentsOf, NOW, openStore } from "./open-store.ts";

const tasks = [createTask(ManyLogins), createTask(EachLogin)];
const events = [login("a"), login("a"), login("a"), login("b")];

class Killed extends Error {}

/**
 * The same store as a process sees it that dies after a number of single writes: the bulk request it dies in is cut after the
 * last of them, everything later never happens.
 */
const dyingAfter = (store: AlertStore, writes: number): AlertStore => {
  const client = store.client.child({});
  const request = client.transport.request.bind(client.transport);
  let left = writes;
  client.transport.request = (async (params: { bulkBody?: unknown[] }, requestOptions: never) => {
    if (left < 0) throw new Killed();
    if (!Array.isArray(params.bulkBody) || !JSON.stringify(params).includes('"/_bulk"'))
      return request(params as never, requestOptions);
    const lines = params.bulkBody.length;
    if (lines / 2 <= left) {
      left -= lines / 2;
      return request(params as never, requestOptions);
    }
    const cut = params.bulkBody.slice(0, 2 * left);
    left = -1;
    if (cut.length > 0) await request({ ...params, bulkBody: cut } as never, requestOptions);
    throw new Killed();
  }) as never;
  return Object.freeze({ ...store, client });
};

interface BulkAnswer {
  items: Record<string, object>[];
}

/** The same store, which takes no writes to the indices of a name, as a block on them has it. */
const refusing = (store: AlertStore, name: string): AlertStore => {
  const client = store.client.child({});
  const request = client.transport.request.bind(client.transport);
  client.transport.request = (async (params: { bulkBody?: object[] }, requestOptions: never) => {
    const { bulkBody } = params;
    if (!Array.isArray(bulkBody) || !JSON.stringify(params).includes('"/_bulk"'))
      return request(params as never, requestOptions);
    const isRefused = (header: object = {}) =>
      JSON.stringify(header).includes(`"_index":"${store.names.physical(name)}`);
    const headers = bulkBody.filter((_, index) => index % 2 === 0);
    const kept = bulkBody.filter((_, index) => !isRefused(headers[Math.floor(index / 2)]));
    const { items }: BulkAnswer =
      kept.length === 0 ? { items: [] } : await request({ ...params, bulkBody: kept } as never, requestOptions);
    const error = { type: "cluster_block_exception", reason: "index blocked by: [FORBIDDEN/8/index write (api)]" };
    return {
      items: headers.map((header) => (isRefused(header) ? { create: { status: 403, error } } : items.shift())),
    };
  }) as never;
  return Object.freeze({ ...store, client });
};

const restart = async (store: AlertStore, changes: Parameters<typeof options>[0] = {}): Promise<void> => {
  await finishCommits(store);
  await runAlerts(store, tasks, options(changes));
};

const action = (registration: string): AlertAction => ({ kind: "never", registration, send: () => undefined });

describe("a process that dies", () => {
  // 1 write to decide, 5 alerts, 7 to note what they cover, 8 to queue them for two targets of which one wants 3, 4 events to mark; one
  // more point after all of them.
  it.each(Array.from({ length: 26 }, (_, writes) => writes))(
    "after %i writes loses no alert, doubles none, leaves no event unmarked, and sends each to each target once",
    async (writes) => {
      const store = await openStore();
      await saveEvents(store, events, { now: NOW, refresh: true });
      const actions = { all: action("*"), some: action("login on a") };
      await runAlerts(dyingAfter(store, writes), tasks, options({ router: createRouter({ actions }) }));
      await restart(createAlertStore({ client: store.client, prefix: store.names.prefix }), {
        router: createRouter({ actions }),
      });

      const alerts = await documentsOf(store, "alerts");
      expect(alerts.map(({ _source }) => _source.summary).sort()).toEqual([
        "3 logins on a",
        "login on a",
        "login on a",
        "login on a",
        "login on b",
      ]);
      const stored = await documentsOf(store, "events");
      for (const { _source } of stored) {
        const names = _source.hostname === "a" ? ["ManyLogins", "EachLogin"] : ["EachLogin"];
        expect(new Set(_source.alert_names as string[])).toEqual(new Set(names));
        expect(_source.alerts).toHaveLength(names.length);
      }
      const queue = await documentsOf(store, "deliveries-*");
      expect(queue.map(({ _source }) => _source.target).sort()).toEqual([
        ...Array<string>(5).fill("all"),
        ...Array<string>(3).fill("some"),
      ]);
      expect(queue.every(({ _source }) => _source.status === "pending")).toBe(true);
      expect(await documentsOf(store, "coverage-*")).toHaveLength(7);
    },
  );
});

describe("what an alert keeps", () => {
  class Keeping extends EachLogin {
    override onEvent(event: Hit, context?: HookContext) {
      context?.state.put("localities", "last", { seen: event._source.hostname });
      return super.onEvent(event);
    }
  }

  // 1 write to decide, 1 alert, then 1 for what it covers, 1 document and 1 mark in one request.
  it.each([1, 2, 3, 4, 5])("is stored with its alert when the process dies after %i writes", async (writes) => {
    const store = await openStore();
    await saveEvents(store, [login("a")], { now: NOW, refresh: true });
    await runAlerts(dyingAfter(store, writes), [createTask(Keeping)], options());
    await finishCommits(store);
    const [event] = await documentsOf(store, "events");
    expect(event?._source.alert_names).toEqual(["Keeping"]);
    expect((await documentsOf(store, "localities")).map(({ _source }) => _source)).toEqual([{ seen: "a" }]);
  });
});

describe("finishCommits", () => {
  it("has nothing to do after a run that came to its end", async () => {
    const store = await openStore();
    await saveEvents(store, events, { now: NOW, refresh: true });
    await runAlerts(store, tasks, options());
    expect(await finishCommits(store)).toEqual({ finished: 0, unmarked: [], unfinished: [], refused: [] });
  });
});

describe("events of others", () => {
  /** An index of somebody else, as strict as they come, with a login that says it has alerted. */
  const withStrictIndex = async () => {
    const store = await openStore();
    const index = `strict-${randomUUID()}`;
    onTestFinished(() => store.client.indices.delete({ index }).then(() => undefined));
    await store.client.indices.create({
      index,
      mappings: {
        dynamic: "strict",
        properties: {
          summary: { type: "text" },
          hostname: { type: "keyword" },
          utctimestamp: { type: "date" },
          alert_names: { type: "text" },
        },
      },
    });
    const document = { ...login("strict"), alert_names: "StrictLogins" };
    await store.client.index({ index, id: "1", document, refresh: true });
    await saveEvents(store, [login("a")], { now: NOW, refresh: true });
    class StrictLogins extends EachLogin {
      override main() {
        return eachEvent(SearchQuery({ minutes: 10 }).must(TermMatch("hostname", "strict")), { indices: [index] });
      }
    }
    return { store, index, document, task: createTask(StrictLogins) };
  };
  const later = options({ now: new Date(NOW.getTime() + 60_000) });

  it("alert, whatever they say of alerts, and are not touched", async () => {
    const { store, index, document, task } = await withStrictIndex();
    const [strict, each] = await runAlerts(store, [task, createTask(EachLogin)], options());
    expect(strict).toMatchObject({ health: "ok", alerts: [{ _source: { summary: "login on strict" } }] });
    expect(each).toMatchObject({ health: "ok", alerts: [{ _source: { summary: "login on a" } }] });
    const { _source, _version } = await store.client.get({ index, id: "1" });
    expect([_source, _version]).toEqual([document, 1]);
  });

  it("do not alert twice under one name", async () => {
    const { store, task } = await withStrictIndex();
    await runAlerts(store, [task], options());
    const [again, each] = await runAlerts(store, [task, createTask(EachLogin)], later);
    expect(again).toMatchObject({ health: "ok", hits: 1, alerts: [] });
    expect(each?.alerts).toHaveLength(1);
  });

  it("are covered when what a dead process left is finished", async () => {
    const { store, task } = await withStrictIndex();
    await runAlerts(dyingAfter(store, 2), [task], options());
    expect(await finishCommits(store)).toEqual({ finished: 1, unmarked: [], unfinished: [], refused: [] });
    expect((await runAlerts(store, [task], later))[0]?.alerts).toEqual([]);
  });
});

describe("an own event that cannot be marked", () => {
  it("costs no alert, alerts once, and is told of", async () => {
    const store = await openStore();
    await saveEvents(store, events, { now: NOW, refresh: true });
    const blocked = refusing(store, "events-");
    const onUnmarked = vi.fn();
    const runs = await runAlerts(blocked, tasks, options({ onUnmarked }));
    expect(runs.map(({ health, alerts }) => [health, alerts.length])).toEqual([
      ["ok", 1],
      ["ok", 4],
    ]);
    expect(onUnmarked).toHaveBeenCalledWith([
      expect.objectContaining({ name: "ManyLogins", count: 3 }),
      expect.objectContaining({ name: "EachLogin", count: 4 }),
    ]);
    const again = await runAlerts(store, tasks, options({ now: new Date(NOW.getTime() + 60_000) }));
    expect(again.flatMap(({ alerts }) => alerts)).toEqual([]);
    expect(await finishCommits(store)).toMatchObject({ unmarked: [], unfinished: [] });
  });
});

describe("what cannot be stored", () => {
  it("is an error of its own alert, and stops no other", async () => {
    const store = await openStore();
    await saveEvents(store, [login("a")], { now: NOW, refresh: true });
    const blocked = refusing(store, "localities");
    class Keeping extends EachLogin {
      override onEvent(event: Hit, context?: HookContext) {
        context?.state.put("localities", "last", { seen: 1 });
        return super.onEvent(event);
      }
    }
    const [keeping, each] = await runAlerts(blocked, [createTask(Keeping), createTask(EachLogin)], options());
    expect(keeping).toMatchObject({ health: "error", error: { code: "STORE_WRITE_FAILED" }, alerts: [{}] });
    expect(each).toMatchObject({ health: "ok", alerts: [{}] });
  });

  it("is stored once nothing is in its way any more, by the slot that it is of", async () => {
    const store = await openStore();
    await saveEvents(store, events, { now: NOW, refresh: true });
    const retryable = expect.objectContaining({ code: "STORE_WRITE_FAILED", retryable: true }) as StoreError;
    for (const name of ["alerts-", "slots-", "coverage-"]) {
      const runs = await runAlerts(refusing(store, name), tasks, options());
      expect(runs.map(({ error }) => error)).toEqual([retryable, retryable]);
    }
    await restart(store);
    expect(await documentsOf(store, "alerts-*")).toHaveLength(5);
    const again = await runAlerts(store, tasks, options({ now: new Date(NOW.getTime() + 60_000) }));
    expect(again.flatMap(({ alerts }) => alerts)).toEqual([]);
  });

  it("is tried again when that can help, and holds up nothing meanwhile", async () => {
    const store = await openStore();
    await saveEvents(store, events, { now: NOW, refresh: true });
    const blocked = refusing(store, "coverage-");
    const [many] = await runAlerts(blocked, tasks, options());
    expect(many).toMatchObject({ health: "error", error: { code: "STORE_WRITE_FAILED" } });
    expect(await finishCommits(blocked)).toMatchObject({ finished: 0, unfinished: { length: 5 }, refused: [] });
    expect(await finishCommits(store)).toMatchObject({ finished: 1, unfinished: [] });
    const again = await runAlerts(store, tasks, options({ now: new Date(NOW.getTime() + 60_000) }));
    expect(again.flatMap(({ alerts }) => alerts)).toEqual([]);
  });

  it("is given up when it cannot be carried out for a day after its slot", async () => {
    const store = await openStore();
    await saveEvents(store, events, { now: NOW, refresh: true });
    const blocked = refusing(store, "coverage-");
    await runAlerts(blocked, tasks, options());
    const after = (ms: number) => ({ now: new Date(NOW.getTime() + ms) });
    expect(await finishCommits(blocked, after(86_400_000))).toMatchObject({ finished: 0, refused: [] });
    const { finished, unfinished, refused } = await finishCommits(blocked, after(86_400_001));
    expect([finished, unfinished]).toEqual([1, []]);
    expect(refused[0]?.message).toContain("It was tried for a day and is given up.");
    expect(await finishCommits(store)).toMatchObject({ finished: 0, unfinished: [], refused: [] });
    const [entry] = (await documentsOf(store, "slots-*")).filter(({ _source }) => _source.health === "error");
    expect(entry?._source).toMatchObject({ status: "applied", refused: expect.any(Array) as string[] });
  });
});
