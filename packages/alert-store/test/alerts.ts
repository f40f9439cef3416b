import { type AlertContext, AlertTask, eachEvent, type Hit, noEvent } from "@mozdef/alert";
import { type AlertMessage, evaluate, foundEvents, type NewAlert, runMain } from "@mozdef/alert/runtime";
import { alertIndex, type AlertStore, commitSlot, find, StoreError } from "@mozdef/alert-store";
import { PhraseMatch, SearchQuery, TermMatch } from "@mozdef/query";
import { NOW } from "./open-store.ts";

const draft = { category: "c", tags: ["t"], severity: "NOTICE" };

export class EachLogin extends AlertTask {
  main() {
    return eachEvent(SearchQuery({ minutes: 10 }).must(PhraseMatch("summary", "login")));
  }
  onEvent(event: Hit) {
    if (event._source.hostname === "bad") throw new Error("this host is bad");
    return { ...draft, summary: `login on ${String(event._source.hostname)}` };
  }
}

export class NoHeartbeat extends AlertTask {
  main() {
    return noEvent(SearchQuery({ minutes: 10 }).must(TermMatch("category", "heartbeat")));
  }
  onNoEvent() {
    return { ...draft, summary: "no heartbeat" };
  }
}

export const login = (hostname: string, changes: Record<string, unknown> = {}) => ({
  summary: "login failed",
  hostname,
  utctimestamp: "2017-01-01T00:59:00+00:00",
  ...changes,
});

const silent = () => undefined;
const nothing = () => Promise.resolve(null);

/** Searches, evaluates and commits, as a run of these alerts does. @returns the alerts as stored. */
export const storeAlerts = async (
  store: AlertStore,
  tasks: readonly AlertTask<unknown>[],
  now = NOW,
): Promise<readonly AlertMessage[]> => {
  const context: AlertContext = {
    now,
    log: { debug: silent, info: silent, warn: silent, error: silent },
    report: silent,
    signal: new AbortController().signal,
    fetch: () => Promise.reject(new Error("no network in tests")),
    dns: { reverse: nothing },
    search: () => Promise.resolve(foundEvents([], 0)),
    count: () => {
      throw new Error("nothing to count in tests");
    },
    state: { get: nothing, find: () => Promise.resolve([]), put: silent },
  };
  const runs: { readonly name: string; readonly alerts: readonly NewAlert[] }[] = [];
  for (const task of tasks)
    for (const planned of await runMain(task, context)) {
      const [found] = await find(store, [planned], { now });
      if (found === undefined || found instanceof Error) throw new Error("The search failed.", { cause: found });
      const answered = [{ planned, result: found.result }];
      const { alerts } = await evaluate(task, answered, context, alertIndex(now));
      runs.push({ name: task.name, alerts });
    }
  const outcome = await commitSlot(store, { slot: now, runs });
  const alerts = outcome.runs.flatMap((run) => run.alerts);
  return alerts.filter((alert): alert is AlertMessage => !(alert instanceof StoreError));
};
