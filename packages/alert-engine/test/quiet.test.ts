import { aggregation, AlertTask, type AggregatedEvents, eachEvent, type Hit, noEvent } from "@mozdef/alert";
import { createTask } from "@mozdef/alert/runtime";
import { runAlerts } from "@mozdef/alert-engine";
import { type AlertStore, createAlertStore, finishCommits, saveEvents } from "@mozdef/alert-store";
import { SearchQuery, TermMatch } from "@mozdef/query";
import { describe, expect, it } from "vitest";
import { options } from "./alerts.ts";
import { documentsOf, openStore } from "./open-store.ts";

const quietFor = { hours: 1 };
const query = SearchQuery({ minutes: 10 }).must(TermMatch("category", "knock"));
const draft = { category: "c", tags: ["t"] };

class QuietKnocks extends AlertTask {
  main() {
    return aggregation(query, { field: "hostname", threshold: 2, quietFor });
  }
  onAggregation({ value, count }: AggregatedEvents) {
    return { ...draft, summary: `${count} knocks by ${value}` };
  }
}

/** One alert an hour for each user, whatever host it is. */
class QuietUser extends AlertTask {
  main() {
    return eachEvent(query, { quietFor });
  }
  onEvent({ _source }: Hit) {
    return { ...draft, summary: `knock on ${String(_source.hostname)}`, groupkey: String(_source.source) };
  }
}

class QuietSilence extends AlertTask {
  main() {
    return noEvent(SearchQuery({ minutes: 10 }).must(TermMatch("category", "heartbeat")), { quietFor });
  }
  onNoEvent() {
    return { ...draft, summary: "no heartbeat" };
  }
}

const at = (time: string) => new Date(`2017-01-01T${time}Z`);

const knocks = (store: AlertStore, time: string, count: number, hostname = "a", source = "bob") =>
  saveEvents(
    store,
    Array.from({ length: count }, () => ({
      category: "knock",
      hostname,
      source,
      utctimestamp: at(time).toISOString(),
    })),
    { now: at(time), refresh: true },
  );

const run = async (
  store: AlertStore,
  task: typeof QuietKnocks | typeof QuietUser | typeof QuietSilence,
  time: string,
) => {
  const [result] = await runAlerts(store, [createTask(task)], { ...options(), now: at(time) });
  expect(result?.errors).toEqual([]);
  return result?.alerts.map(({ _source }) => _source.summary) ?? [];
};

const stored = async (store: AlertStore) =>
  (await documentsOf(store, "alerts-*"))
    .map(({ _source }) => _source)
    .sort((a, b) => String(a.utctimestamp).localeCompare(String(b.utctimestamp)));

describe("an alert with quietFor", () => {
  it("speaks for its group until the time has passed", async () => {
    const store = await openStore();
    await knocks(store, "01:00:00", 3);
    expect(await run(store, QuietKnocks, "01:01:00")).toEqual(["3 knocks by a"]);
    await knocks(store, "01:02:00", 4);
    await knocks(store, "01:02:00", 2, "b");
    expect(await run(store, QuietKnocks, "01:03:00")).toEqual(["2 knocks by b"]);
    expect(await stored(store)).toMatchObject([
      {
        summary: "3 knocks by a",
        groupkey: "a",
        count: 7,
        firstseen: "2017-01-01T01:01:00+00:00",
        lastseen: "2017-01-01T01:03:00+00:00",
      },
      { summary: "2 knocks by b", groupkey: "b", count: 2 },
    ]);
    // What was added counts as alerted.
    expect(await run(store, QuietKnocks, "01:04:00")).toEqual([]);
    expect((await stored(store))[0]).toMatchObject({ count: 7, lastseen: "2017-01-01T01:03:00+00:00" });
    await knocks(store, "02:00:30", 2);
    expect(await run(store, QuietKnocks, "02:01:00")).toEqual(["2 knocks by a"]);
  });

  it("is followed by another one when it has grown tenfold, and that again", async () => {
    const store = await openStore();
    await knocks(store, "01:00:00", 2);
    expect(await run(store, QuietKnocks, "01:00:30")).toEqual(["2 knocks by a"]);
    await knocks(store, "01:01:00", 17);
    expect(await run(store, QuietKnocks, "01:01:30")).toEqual([]);
    await knocks(store, "01:02:00", 2);
    expect(await run(store, QuietKnocks, "01:02:30")).toEqual(["2 knocks by a"]);
    await knocks(store, "01:03:00", 150);
    expect(await run(store, QuietKnocks, "01:03:30")).toEqual([]);
    await knocks(store, "01:04:00", 60);
    expect(await run(store, QuietKnocks, "01:04:30")).toEqual(["60 knocks by a"]);
    expect((await stored(store)).map(({ count }) => count)).toEqual([19, 152, 60]);
  });

  it("takes in what one run finds about the same, by the key that its hook names", async () => {
    const store = await openStore();
    await knocks(store, "01:00:00", 2, "a", "bob");
    await knocks(store, "01:00:01", 1, "b", "bob");
    await knocks(store, "01:00:02", 1, "b", "ann");
    expect(await run(store, QuietUser, "01:01:00")).toEqual(["knock on a", "knock on b"]);
    await knocks(store, "01:01:30", 1, "c", "bob");
    expect(await run(store, QuietUser, "01:02:00")).toEqual([]);
    expect((await stored(store)).map(({ groupkey, count }) => [groupkey, count]).sort()).toEqual([
      ["ann", 1],
      ["bob", 4],
    ]);
  });

  it("of silence says how often there was none", async () => {
    const store = await openStore();
    expect(await run(store, QuietSilence, "01:00:00")).toEqual(["no heartbeat"]);
    // However often it is found again.
    for (let minute = 1; minute <= 12; minute += 1)
      expect(await run(store, QuietSilence, `01:${String(minute).padStart(2, "0")}:00`)).toEqual([]);
    expect(await stored(store)).toMatchObject([{ count: 13, lastseen: "2017-01-01T01:12:00+00:00" }]);
  });

  it("asks nothing more of the store while nothing fires", async () => {
    const store = await openStore();
    const searches: unknown[] = [];
    const { msearch } = store.client;
    store.client.msearch = ((...args: Parameters<typeof msearch>) => {
      searches.push(args[0]);
      return msearch.apply(store.client, args);
    }) as typeof msearch;
    await run(store, QuietKnocks, "01:00:00");
    expect(searches).toHaveLength(1);
  });

  it.each([0, 1, 2, 3, 4, 5, 6, 7])(
    "counts no event twice when its process dies after %i requests",
    async (requests) => {
      const store = await openStore();
      await knocks(store, "01:00:00", 2);
      await run(store, QuietKnocks, "01:01:00");
      await knocks(store, "01:02:00", 3);
      const client = store.client.child({});
      const request = client.transport.request.bind(client.transport);
      let left = requests;
      client.transport.request = ((...args: Parameters<typeof request>) => {
        left -= 1;
        if (left < 0) throw new Error("killed");
        return request(...args);
      }) as never;
      await runAlerts(Object.freeze({ ...store, client }), [createTask(QuietKnocks)], {
        ...options(),
        now: at("01:03:00"),
      });
      const restarted = createAlertStore({ client: store.client, prefix: store.names.prefix });
      await finishCommits(restarted);
      await run(restarted, QuietKnocks, "01:03:00");
      expect((await stored(store)).map(({ summary, count }) => [summary, count])).toEqual([["2 knocks by a", 5]]);
    },
  );
});
