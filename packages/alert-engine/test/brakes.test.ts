import { AlertTask, eachEvent, type Hit, type HookContext } from "@mozdef/alert";
import { createTask } from "@mozdef/alert/runtime";
import { runAlerts } from "@mozdef/alert-engine";
import { saveEvents } from "@mozdef/alert-store";
import { SearchQuery, TermMatch } from "@mozdef/query";
import { describe, expect, it } from "vitest";
import { EachLogin, login, options } from "./alerts.ts";
import { documentsOf, NOW, openStore } from "./open-store.ts";

/** Two names of one class, of which one is loud. */
class TwoRules extends AlertTask {
  main() {
    const loud = SearchQuery({ minutes: 10 }).must(TermMatch("hostname", "a"));
    const quiet = SearchQuery({ minutes: 10 }).must(TermMatch("hostname", "b"));
    return [eachEvent(loud, { name: "loud" }), eachEvent(quiet, { name: "quiet" })];
  }
  onEvent(event: Hit) {
    const severity = event._source.severity === "CRITICAL" ? "CRITICAL" : "INFO";
    return { summary: `${String(event._source.summary)} on a`, category: "c", tags: [], severity };
  }
}

const later = (minutes: number) => options({ now: new Date(NOW.getTime() + minutes * 60_000), mostAlerts: 3 });

describe("a run that makes more alerts under a name than it may", () => {
  it("keeps the first, and one alert stands for all others, with their number and their events", async () => {
    const store = await openStore();
    const at = (second: number) => ({ utctimestamp: `2017-01-01T00:59:0${second}+00:00` });
    const logins = Array.from({ length: 8 }, (_, n) => login("a", { ...at(n), summary: `login ${n}` }));
    await saveEvents(store, [...logins, login("a", { ...at(8), severity: "CRITICAL" }), login("b")], {
      now: NOW,
      refresh: true,
    });
    const [run] = await runAlerts(store, [createTask(TwoRules)], later(0));
    const text = "loud made 9 alerts at once, 3 are allowed (limits.runAlerts): one stands for the other 6.";
    expect(run).toMatchObject({ health: "ok", warnings: [{ code: "ALERT_STORM", message: text }] });
    expect(run?.alerts.map(({ _source: { classname, category } }) => [classname, category])).toEqual([
      ["loud", "c"],
      ["loud", "c"],
      ["loud", "c"],
      ["loud", "storm"],
      ["quiet", "c"],
    ]);
    expect(run?.alerts[3]?._source).toMatchObject({
      summary: text,
      severity: "CRITICAL",
      notify_mozdefbot: true,
      events: { length: 6 },
      details: { alerts: 9, standsfor: 6, examples: expect.arrayContaining(["login 3 on a", "login failed on a"]) },
    });
    const again = await runAlerts(store, [createTask(TwoRules)], later(1));
    expect(again[0]).toMatchObject({ hits: 0, alerts: [] });
  });

  it("makes the same alerts when it is done again", async () => {
    const store = await openStore();
    await saveEvents(
      store,
      Array.from({ length: 8 }, () => login("a")),
      { now: NOW, refresh: true },
    );
    const tasks = [createTask(TwoRules)];
    const [dry] = await runAlerts(store, tasks, { ...later(0), dryRun: true });
    const [run] = await runAlerts(store, tasks, later(0));
    expect(run?.alerts.map(({ _id }) => _id)).toEqual(dry?.alerts.map(({ _id }) => _id));
    expect(await documentsOf(store, "alerts-*")).toHaveLength(4);
  });
});

describe("what an alert makes that nothing can store", () => {
  it("is its own failure, and no other's", async () => {
    const store = await openStore();
    await saveEvents(store, [login("a")], { now: NOW, refresh: true });
    class Unwritable extends EachLogin {
      override onEvent(event: Hit) {
        return { ...super.onEvent(event), details: { n: 1n } };
      }
    }
    class Keeping extends EachLogin {
      override onEvent(event: Hit, context?: HookContext) {
        context?.state.put("localities", "last", { n: 1n });
        return super.onEvent(event);
      }
    }
    const [unwritable, keeping, each] = await runAlerts(
      store,
      [createTask(Unwritable), createTask(Keeping), createTask(EachLogin)],
      options(),
    );
    expect(unwritable).toMatchObject({ health: "error", error: { code: "ALERT_DRAFT_INVALID" }, alerts: [] });
    expect(keeping).toMatchObject({ health: "error", error: { code: "ALERT_STATE_INVALID" }, alerts: [] });
    expect(each).toMatchObject({ health: "ok", alerts: [{}] });
  });
});
