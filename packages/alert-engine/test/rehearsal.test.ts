import { aggregation, type AggregatedEvents, AlertTask, eachEvent, interval } from "@mozdef/alert";
import { createTask, slotsBetween } from "@mozdef/alert/runtime";
import { inProcessHost, rehearse, runAlerts } from "@mozdef/alert-engine";
import { type AlertStore, saveEvents } from "@mozdef/alert-store";
import { SearchQuery, TermMatch } from "@mozdef/query";
import { describe, expect, it } from "vitest";
import { options } from "./alerts.ts";
import { documentsOf, openStore } from "./open-store.ts";

const query = SearchQuery({ minutes: 10 }).must(TermMatch("category", "knock"));
const draft = { category: "c", tags: ["t"] };

class EachKnock extends AlertTask {
  main() {
    return eachEvent(query);
  }
  onEvent() {
    return { ...draft, summary: "a knock" };
  }
}

class QuietKnocks extends AlertTask {
  main() {
    return aggregation(query, { field: "hostname", threshold: 2, quietFor: { hours: 1 } });
  }
  onAggregation({ value, count }: AggregatedEvents) {
    return { ...draft, summary: `${count} knocks by ${value}` };
  }
}

class FailsOnce extends AlertTask {
  main({ now }: { readonly now: Date }) {
    if (now.getUTCMinutes() === 2) throw new Error("not at two past");
    return eachEvent(query);
  }
}

const at = (time: string) => new Date(`2017-01-01T${time}Z`);

const knocks = (store: AlertStore, time: string, count: number) =>
  saveEvents(
    store,
    Array.from({ length: count }, () => ({ category: "knock", hostname: "a", utctimestamp: at(time).toISOString() })),
    { now: at(time), refresh: true },
  );

const rehearsed = async (
  store: AlertStore,
  task: typeof EachKnock | typeof QuietKnocks | typeof FailsOnce,
  [from, until]: readonly [string, string],
) => {
  const host = inProcessHost({ store, services: options(), tasks: new Map([[task.name, createTask(task)]]) });
  const { slots } = slotsBetween(interval({ minutes: 1 }), at(from), at(until));
  const found = [];
  const ref = { id: task.name, name: task.name };
  for await (const one of rehearse(store, host, ref, { slots, now: at("01:00:00"), timeoutMs: 5_000, mostAlerts: 10 }))
    found.push(one);
  return found;
};

const summaries = (found: Awaited<ReturnType<typeof rehearsed>>) =>
  found.flatMap(({ slot, alerts }) =>
    alerts.map(({ _source }) => `${slot.toISOString().slice(11, 16)} ${_source.summary}`),
  );

describe("a rehearsal", () => {
  it("alerts on what has alerted before, once on each event, and stores nothing", async () => {
    const store = await openStore();
    await knocks(store, "00:05:30", 1);
    await runAlerts(store, [createTask(EachKnock)], options({ now: at("00:06:00") }));
    await knocks(store, "00:08:30", 1);
    const [events, alerts] = [await documentsOf(store, "events"), await documentsOf(store, "alerts")];
    expect(summaries(await rehearsed(store, EachKnock, ["00:00:00", "00:20:00"]))).toEqual([
      "00:06 a knock",
      "00:09 a knock",
    ]);
    expect(alerts).toHaveLength(1);
    expect(await documentsOf(store, "alerts")).toEqual(alerts);
    expect(await documentsOf(store, "events")).toEqual(events);
    // And what comes after it is as if it had not been.
    const [run] = await runAlerts(store, [createTask(EachKnock)], options({ now: at("00:09:00") }));
    expect(run?.alerts).toHaveLength(1);
  });

  it("keeps quiet as its alerts would, whatever is in the store", async () => {
    const store = await openStore();
    await knocks(store, "00:05:30", 2);
    await runAlerts(store, [createTask(QuietKnocks)], options({ now: at("00:06:00") }));
    await knocks(store, "00:08:30", 3);
    const found = await rehearsed(store, QuietKnocks, ["00:00:00", "00:20:00"]);
    expect(summaries(found)).toEqual(["00:06 2 knocks by a"]);
    expect(found.filter(({ added }) => added > 0).map(({ slot }) => slot)).toEqual([at("00:09:00")]);
  });

  it("goes on after a slot that fails", async () => {
    const store = await openStore();
    const found = await rehearsed(store, FailsOnce, ["00:00:00", "00:03:00"]);
    expect(found.map(({ errors }) => errors.map(({ code }) => code))).toEqual([[], ["ALERT_FAILED"], []]);
  });
});
