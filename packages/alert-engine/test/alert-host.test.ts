import { type AlertContext, AlertTask, eachEvent, type Hit, type HookContext } from "@mozdef/alert";
import { createTask } from "@mozdef/alert/runtime";
import { type AlertHost, inProcessHost, runHosted } from "@mozdef/alert-engine";
import { saveEvents } from "@mozdef/alert-store";
import { PhraseMatch, SearchQuery } from "@mozdef/query";
import { describe, expect, it } from "vitest";
import { EachLogin, login, ManyLogins, NoHeartbeat, options } from "./alerts.ts";
import { cloningHost } from "./cloning-host.ts";
import { documentsOf, NOW, openStore } from "./open-store.ts";

/** Keeps something in `main` that its hook reads, and hands data to it. */
class Counting extends AlertTask {
  main({ state }: AlertContext) {
    state.put("localities", "count", { mains: 1 });
    return eachEvent(SearchQuery({ minutes: 10 }).must(PhraseMatch("summary", "login")), { data: { limit: 3 } });
  }
  async onEvent(_event: Hit, { state, data, report }: HookContext<{ limit: number }>) {
    const kept = await state.get("localities", "count");
    state.put("localities", "count", { mains: kept?.mains, hooks: 1 });
    report("counted");
    return { summary: `${JSON.stringify(kept)} of ${data.limit}`, category: "c", tags: ["t"], severity: "NOTICE" };
  }
}

class Broken extends AlertTask {
  main(): never {
    throw new Error("no key");
  }
}

const CLASSES = { EachLogin, ManyLogins, NoHeartbeat, Counting, Broken };
const REFS = Object.keys(CLASSES).map((name) => ({ id: `${name}-id`, name }));
const TASKS = new Map(Object.entries(CLASSES).map(([name, task]) => [`${name}-id`, createTask(task)]));

/** Runs all of them in a host of this kind. @returns what they made, without times. */
const runIn = async (wrap: (host: AlertHost) => AlertHost) => {
  const store = await openStore();
  const events = [login("a"), login("a"), login("a"), login("bad")];
  let id = 0;
  await saveEvents(store, events, { now: NOW, refresh: true, nextId: () => `event-${++id}` });
  const host = wrap(inProcessHost({ store, services: options(), tasks: TASKS }));
  const results = await runHosted(store, host, REFS, options());
  return {
    results: results.map(({ task, health, errors, hits, alerts }) => ({
      task,
      health,
      errors: errors.map(({ name, code, message }) => ({ name, code, message })),
      hits,
      alerts: alerts.map(({ _id, _source }) => ({ _id, summary: _source.summary })),
    })),
    kept: (await documentsOf(store, "localities")).map(({ _source }) => _source),
  };
};

describe("a host of alerts", () => {
  it("gets by with data: what crosses to another process and back gives the same alerts and errors", async () => {
    const direct = await runIn((host) => host);
    expect(await runIn(cloningHost)).toEqual(direct);
    expect(direct.results.map(({ task, alerts }) => [task, alerts.length])).toEqual([
      ["EachLogin", 3],
      ["ManyLogins", 1],
      ["NoHeartbeat", 1],
      ["Counting", 4],
      ["Broken", 0],
    ]);
    expect(direct.results.flatMap(({ errors }) => errors.map(({ code }) => code))).toEqual([
      "ALERT_HOOK_FAILED",
      ...Array<string>(4).fill("ALERT_REPORTED"),
      "ALERT_FAILED",
    ]);
  });

  it("lets hooks see what main wants to keep, and keeps what the hooks said last", async () => {
    const { results, kept } = await runIn(cloningHost);
    expect(results[3]?.alerts[0]?.summary).toBe('{"mains":1} of 3');
    expect(kept).toEqual([{ mains: 1, hooks: 1 }]);
  });

  it("is asked for the hooks of those alone that found something", async () => {
    const asked: string[] = [];
    const store = await openStore();
    await saveEvents(store, [login("a")], { now: NOW, refresh: true });
    const inner = inProcessHost({ store, services: options(), tasks: TASKS });
    const evaluate: AlertHost["evaluate"] = (answers, scope) => {
      asked.push(...answers.map(({ task }) => task.name));
      return inner.evaluate(answers, scope);
    };
    const results = await runHosted(store, { ...inner, evaluate }, REFS, options());
    expect(asked).toEqual(["EachLogin", "NoHeartbeat", "Counting"]);
    expect(results.map(({ task }) => task)).toEqual(Object.keys(CLASSES));
  });

  it("that says nothing of what was found has failed: that is not nothing", async () => {
    const { results } = await runIn((host) => ({ ...host, evaluate: () => Promise.resolve([]) }));
    expect(results[0]).toMatchObject({
      task: "EachLogin",
      health: "error",
      alerts: [],
      errors: [{ code: "ALERT_FAILED", message: expect.stringContaining("hooks were not called") as string }],
    });
  });

  it("says which alert it does not have", async () => {
    const store = await openStore();
    const host = inProcessHost({ store, services: options(), tasks: new Map() });
    const [result] = await runHosted(store, host, [{ id: "x", name: "AlertGone" }], options());
    expect(result).toMatchObject({
      task: "AlertGone",
      health: "error",
      error: { code: "ALERT_FAILED", message: "AlertGone failed: The host has no alert AlertGone." },
    });
  });
});
