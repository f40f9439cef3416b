import { eachEvent, type Hit, type HookContext } from "@mozdef/alert";
import { createTask } from "@mozdef/alert/runtime";
import { runAlerts } from "@mozdef/alert-engine";
import { type AlertStore, createAlertStore, finishCommits, saveEvents } from "@mozdef/alert-store";
import { SearchQuery, TermMatch } from "@mozdef/query";
import { describe, expect, it } from "vitest";
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

const restart = async (store: AlertStore): Promise<void> => {
  await finishCommits(store);
  await runAlerts(store, tasks, options());
};

describe("a process that dies", () => {
  // 5 alerts: 10 writes to prepare, 4 events to mark, 5 deliveries to release; one more point after all of them.
  it.each(Array.from({ length: 21 }, (_, writes) => writes))(
    "after %i writes loses no alert, doubles none, and leaves no event unmarked",
    async (writes) => {
      const store = await openStore();
      await saveEvents(store, events, { now: NOW, refresh: true });
      await runAlerts(dyingAfter(store, writes), tasks, options());
      await restart(createAlertStore({ client: store.client, prefix: store.names.prefix }));

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
      const deliveries = await documentsOf(store, "deliveries-*");
      expect(deliveries.map(({ _id }) => _id)).toEqual(alerts.map(({ _id }) => _id));
      expect(deliveries.every(({ _source }) => _source.status === "pending")).toBe(true);
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

  // 1 alert: 2 writes to prepare, then 1 mark and 1 document in one request.
  it.each([2, 4, 5])("is stored with its alert when the process dies after %i writes", async (writes) => {
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
    expect(await finishCommits(store)).toEqual({ finished: 0, unmarked: [] });
  });
});

describe("an event that cannot be marked", () => {
  /** As {@link EachLogin}, over an index that belongs to somebody else and takes only the fields that it knows. */
  class StrictLogins extends EachLogin {
    override main() {
      const query = SearchQuery({ minutes: 10 }).must(TermMatch("hostname", "strict"));
      return eachEvent(query, { indices: ["strict"] });
    }
  }
  const strictTask = createTask(StrictLogins);

  const withStrictIndex = async () => {
    const store = await openStore();
    const { physical } = store.names;
    await store.client.indices.create({
      index: physical("strict"),
      mappings: {
        dynamic: "strict",
        properties: { summary: { type: "text" }, hostname: { type: "keyword" }, utctimestamp: { type: "date" } },
      },
    });
    await store.client.index({ index: physical("strict"), document: login("strict"), refresh: true });
    await saveEvents(store, [login("a")], { now: NOW, refresh: true });
    return store;
  };

  it("costs no alert, its own or others, and is reported by the run it belongs to", async () => {
    const store = await withStrictIndex();
    const [strict, each] = await runAlerts(store, [strictTask, createTask(EachLogin)], options());
    expect(strict).toMatchObject({ health: "error", error: { code: "STORE_MARK_REFUSED", retryable: false } });
    expect(strict?.error?.message).toMatch(/^One event of StrictLogins cannot be marked.* First in strict: .*strict/);
    expect(strict?.alerts).toHaveLength(1);
    expect(each).toMatchObject({ health: "ok", alerts: [{ _source: { summary: "login on a" } }] });
    expect(await finishCommits(store)).toEqual({ finished: 0, unmarked: [] });
  });

  it("does not alert twice, nor stop later runs", async () => {
    const store = await withStrictIndex();
    await runAlerts(store, [strictTask], options());
    await runAlerts(store, [strictTask, createTask(EachLogin)], options({ now: new Date(NOW.getTime() + 60_000) }));
    const alerts = await documentsOf(store, "alerts");
    expect(alerts.map(({ _source }) => _source.summary).sort()).toEqual(["login on a", "login on strict"]);
  });

  it("is passed over when what a dead process left is finished", async () => {
    const store = await withStrictIndex();
    await runAlerts(dyingAfter(store, 2), [strictTask], options());
    expect(await finishCommits(store)).toMatchObject({ finished: 1, unmarked: [{ name: "StrictLogins" }] });
    expect(await finishCommits(store)).toEqual({ finished: 0, unmarked: [] });
  });
});
