import {
  type AggregatedEvents,
  aggregation,
  AlertTask,
  defineSource,
  eachEvent,
  ecsSource,
  type Hit,
} from "@mozdef/alert";
import { type HookContext, mozdefSource, noEvent } from "@mozdef/alert";
import { createTask, type Sources } from "@mozdef/alert/runtime";
import { runAlerts } from "@mozdef/alert-engine";
import { type AlertStore, createAlertStore } from "@mozdef/alert-store";
import { fieldNamed, PhraseMatch, SearchQuery, TermMatch } from "@mozdef/query";
import { describe, expect, it } from "vitest";
import { EachLogin, options } from "./alerts.ts";
import { documentsOf, openStore, watchRequests } from "./open-store.ts";

/** As Elastic Agent writes it. */
const failed = (ip: string, changes: object = {}) => ({
  "@timestamp": "2017-01-01T00:59:00.000Z",
  event: { dataset: "system.auth", module: "system", ingested: "2017-01-01T00:59:01.000Z", outcome: "failure" },
  host: { name: "web1", hostname: "web1" },
  process: { name: "sshd", pid: 4711 },
  source: { ip, port: 50_022 },
  user: { name: "root" },
  message: `Failed password for root from ${ip} port 50022 ssh2`,
  tags: ["auth"],
  ...changes,
});

class SshFailures extends AlertTask {
  main() {
    const query = SearchQuery({ minutes: 5 })
      .must(PhraseMatch("summary", "failed"), TermMatch("details.program", "sshd"), TermMatch("category", "syslog"))
      .mustNot(TermMatch("details.success", true));
    return aggregation(query, { field: "details.sourceipaddress", threshold: 2, samplesLimit: 1 });
  }
  onAggregation({ value, values, count, events: [first] }: AggregatedEvents) {
    return {
      summary: `${count} failures by ${value}`,
      category: "c",
      tags: [],
      details: { values, seen: first?._source },
    };
  }
}

const MAPPINGS = {
  dynamic_templates: [{ texts: { match_mapping_type: "string" as const, mapping: { type: "keyword" as const } } }],
  properties: {
    "@timestamp": { type: "date" as const },
    event: { properties: { ingested: { type: "date" as const } } },
    message: { type: "text" as const },
    source: { properties: { ip: { type: "ip" as const } } },
  },
};

/** An index that is not the service's. */
const saveElsewhere = async ({ client }: AlertStore, index: string, events: readonly object[]) => {
  await client.indices.create({ index, mappings: MAPPINGS });
  const operations = events.flatMap((event, id) => [{ create: { _index: index, _id: String(id) } }, event]);
  await client.bulk({ operations, refresh: true });
};

/** Every write moves one of them on. */
const versionsOf = async ({ client }: AlertStore, index: string) => {
  const { hits } = await client.search({ index, seq_no_primary_term: true });
  return hits.hits.map(({ _id, _seq_no, _source }) => ({ _id, _seq_no, _source }));
};

const name = (store: AlertStore, index: string): string => `${store.names.prefix}${index}`;
const ecsAt = (store: AlertStore, changes: object = {}): Sources => ({
  logs: ecsSource({ indices: [`${name(store, "auth")}*`], ...changes }),
});

describe("an alert over MozDef's names, given a source in ECS", () => {
  it("alerts on it, sees MozDef's shape, embeds the original and writes nothing there", async () => {
    const store = await openStore();
    const index = name(store, "auth-1");
    await saveElsewhere(store, index, [failed("192.0.2.7"), failed("192.0.2.7"), failed("192.0.2.8")]);
    const before = await versionsOf(store, index);
    const sources = ecsAt(store);
    const [run] = await runAlerts(store, [createTask(SshFailures)], { ...options({ sources }), source: "logs" });
    expect(run).toMatchObject({ health: "ok", error: null, warnings: [] });
    const [alert] = await documentsOf(store, "alerts");
    expect(alert?._source).toMatchObject({
      summary: "2 failures by 192.0.2.7",
      details: {
        values: { "details.sourceipaddress": "192.0.2.7" },
        seen: {
          utctimestamp: "2017-01-01T00:59:00.000Z",
          receivedtimestamp: "2017-01-01T00:59:01.000Z",
          summary: "Failed password for root from 192.0.2.7 port 50022 ssh2",
          category: "syslog",
          source: "system",
          hostname: "web1",
          tags: ["auth"],
          processid: 4711,
          details: { program: "sshd", sourceipaddress: "192.0.2.7", username: "root", success: false },
        },
      },
      events: [{ documentindex: index, documentsource: failed("192.0.2.7") }],
    });
    expect((alert?._source.events as unknown[]).length).toBe(1);
    const covered = await documentsOf(store, "coverage-*");
    expect(covered.map(({ _source }) => [_source.name, _source.event])).toEqual(
      expect.arrayContaining([
        ["SshFailures", { index, id: "0" }],
        ["SshFailures", { index, id: "1" }],
      ]),
    );
    const [again] = await runAlerts(store, [createTask(SshFailures)], { ...options({ sources }), source: "logs" });
    expect(again).toMatchObject({ health: "ok", alerts: [] });
    expect(await versionsOf(store, index)).toEqual(before);
  });

  it("asks context.search there, too, and looks for late events later", async () => {
    class Looking extends AlertTask {
      main() {
        return eachEvent(SearchQuery({ minutes: 1 }).must(TermMatch("details.username", "root")));
      }
      async onEvent(_: Hit, context: HookContext) {
        const found = await context.search(SearchQuery({ minutes: 9 }).must(TermMatch("hostname", "web1")), {
          newestBy: "receivedtimestamp",
        });
        return { summary: found.map(({ _source }) => _source.hostname).join(), category: "c", tags: [] };
      }
    }
    const store = await openStore();
    const older = failed("192.0.2.7", { "@timestamp": "2017-01-01T00:58:30.000Z" });
    await saveElsewhere(store, name(store, "auth-1"), [
      failed("192.0.2.7", { "@timestamp": "2017-01-01T00:59:59.000Z" }),
      older,
    ]);
    const sources = ecsAt(store, { delay: { minutes: 1 } });
    const [run] = await runAlerts(store, [createTask(Looking)], { ...options({ sources }), source: "logs" });
    // The newer event is seen a minute later, by the search of main and by that of the hook.
    expect(run?.alerts.map(({ _source }) => [_source.summary, _source.events[0]?.documentsource])).toEqual([
      ["web1", older],
    ]);
  });

  it("fails alone, with what to do, when the source has no name for a field", async () => {
    class Ldap extends AlertTask {
      main() {
        return eachEvent(SearchQuery({ minutes: 5 }).must(TermMatch("details.changetype", "add")));
      }
      onEvent() {
        return { summary: "added", category: "c", tags: [] };
      }
    }
    const store = await openStore();
    await saveElsewhere(store, name(store, "auth-1"), [failed("192.0.2.7", { ldap: { change: "add" } })]);
    const run = async (sources: Sources) =>
      (await runAlerts(store, [createTask(Ldap)], { ...options({ sources }), source: "logs" }))[0];
    expect(await run(ecsAt(store))).toMatchObject({
      health: "error",
      error: { message: expect.stringContaining("The events of this source have no name for details.changetype.") },
    });
    expect(await run(ecsAt(store, { names: { "details.changetype": "ldap.change" } }))).toMatchObject({
      health: "ok",
      alerts: [{ _source: { summary: "added" } }],
    });
    expect(await run({})).toMatchObject({ error: { code: "ALERT_SOURCE_UNKNOWN" } });
  });
});

describe("an alert that names its source", () => {
  class EcsLogins extends AlertTask {
    main() {
      const query = SearchQuery({ minutes: 5 }).must(TermMatch(fieldNamed("process.name"), "sshd"));
      return eachEvent(query, { source: "logs", time: "event" });
    }
    onEvent({ _source }: Hit) {
      return { summary: (_source.host as { name: string }).name, category: "c", tags: [] };
    }
  }

  it("asks by the names that its events have, and sees them as they are", async () => {
    const store = await openStore();
    await saveElsewhere(store, name(store, "auth-1"), [failed("192.0.2.7")]);
    const [run] = await runAlerts(store, [createTask(EcsLogins)], options({ sources: ecsAt(store) }));
    expect(run?.alerts[0]?._source).toMatchObject({
      summary: "web1",
      events: [{ documentsource: { process: { name: "sshd" } } }],
    });
  });
});

describe("a source in a cluster of its own", () => {
  it("is asked there; what comes of it is in the service's own store", async () => {
    const [store, far] = [await openStore(), await openStore()];
    const index = name(far, "auth-1");
    await saveElsewhere(far, index, [failed("192.0.2.7"), failed("192.0.2.7")]);
    const sources: Sources = { eu: ecsSource({ indices: [index], store: { node: "http://far:9200" } }) };
    const joined = createAlertStore({
      client: store.client,
      server: store.server,
      prefix: store.names.prefix,
      elsewhere: { eu: far.client },
    });
    const requests = watchRequests(far);
    const [run] = await runAlerts(joined, [createTask(SshFailures)], { ...options({ sources }), source: "eu" });
    expect(run?.error).toBeNull();
    expect(run?.alerts[0]?._source.events[0]?.documentindex).toBe(`eu:${index}`);
    expect(await documentsOf(store, "alerts")).toHaveLength(1);
    expect(requests.map(({ path }) => path)).toEqual(["/_msearch", "/_msearch"]);
    const [again] = await runAlerts(joined, [createTask(SshFailures)], { ...options({ sources }), source: "eu" });
    expect(again).toMatchObject({ health: "ok", alerts: [] });
  });

  it("costs its own alerts their run when it is away, and no others", async () => {
    const store = await openStore();
    await saveElsewhere(store, name(store, "old-1"), [
      { summary: "login", hostname: "web1", "@timestamp": "2017-01-01T00:59:00Z" },
    ]);
    const sources: Sources = {
      eu: ecsSource({ indices: ["logs-*"], store: { node: "http://far:9200" } }),
    };
    const [run] = await runAlerts(store, [createTask(SshFailures)], { ...options({ sources }), source: "eu" });
    expect(run).toMatchObject({ health: "error", error: { code: "STORE_SOURCE_UNREACHABLE" } });
  });
});

describe("a source in MozDef's shape", () => {
  it("is looked at as it is, by its own time", async () => {
    const store = await openStore();
    const index = name(store, "old-1");
    await saveElsewhere(store, index, [{ summary: "login", hostname: "web1", "@timestamp": "2017-01-01T00:59:00Z" }]);
    const sources: Sources = {
      old: mozdefSource({ indices: [index], time: ["@timestamp"] }),
      other: defineSource({ indices: [index], fields: { hostname: "keyword" } }),
    };
    for (const source of ["old", "other"]) {
      const [run] = await runAlerts(store, [createTask(EachLogin)], { ...options({ sources, dryRun: true }), source });
      expect(run?.error).toBeNull();
    }
  });
});

describe("a pattern of indices that nothing matches", () => {
  class Silence extends AlertTask {
    main() {
      return noEvent(SearchQuery({ minutes: 5 }).must(TermMatch("hostname", "a")), { indices: ["none-such-*"] });
    }
    onNoEvent() {
      return { summary: "silence", category: "c", tags: [] };
    }
  }
  class Groups extends AlertTask {
    main() {
      const query = SearchQuery({ minutes: 5 }).must(TermMatch("hostname", "a"));
      return [
        aggregation(query, { field: "hostname", indices: ["none-such-*"] }),
        eachEvent(query, { indices: ["none-such-*"] }),
      ];
    }
    onAggregation() {
      return null;
    }
    onEvent() {
      return null;
    }
  }

  it("is a warning of the run, and said in an alert on silence", async () => {
    const store = await openStore();
    const [silence, groups] = await runAlerts(store, [createTask(Silence), createTask(Groups)], options());
    const warning = { code: "STORE_INDEX_MISSING", message: expect.stringContaining("nothing matches none-such-*") };
    expect(silence).toMatchObject({ health: "ok", warnings: [warning] });
    expect(silence?.alerts[0]?._source).toMatchObject({
      summary: "silence",
      errors: ["No such index: nothing matches none-such-*."],
    });
    expect(groups).toMatchObject({ health: "ok", warnings: [warning, warning], alerts: [] });
  });
});
