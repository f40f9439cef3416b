import { aggregation, type AggregatedEvents, AlertTask, eachEvent, type Hit, noEvent } from "@mozdef/alert";
import type { RunOptions } from "@mozdef/alert-engine";
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

export class ManyLogins extends AlertTask {
  main() {
    const query = SearchQuery({ minutes: 10 }).must(PhraseMatch("summary", "login"));
    return aggregation(query, { field: "hostname", threshold: 3, samplesLimit: 2 });
  }
  onAggregation({ value, count }: AggregatedEvents) {
    return { ...draft, summary: `${count} logins on ${value}` };
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

export const options = (changes: Partial<RunOptions> = {}): RunOptions => ({
  now: NOW,
  log: { debug: silent, info: silent, warn: silent, error: silent },
  dns: { reverse: () => Promise.resolve(null) },
  fetch: () => Promise.reject(new Error("no network in tests")),
  ...changes,
});
