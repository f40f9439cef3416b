import { errors } from "@elastic/elasticsearch";
import { createTask } from "@mozdef/alert/runtime";
import { type AlertStore, getAlert, listAlerts, saveEvents, type StoreServer } from "@mozdef/alert-store";
import { AlertTask, eachEvent, type Hit } from "@mozdef/alert";
import { SearchQuery, TermMatch } from "@mozdef/query";
import { describe, expect, it } from "vitest";
import { storeAlerts } from "./alerts.ts";
import { documentsOf, OLD_SERVER, NOW, openStore } from "./open-store.ts";

class Sshd extends AlertTask {
  main() {
    return eachEvent(SearchQuery({ minutes: 10 }).must(TermMatch("details.program", "sshd")));
  }
  onEvent(event: Hit) {
    return { summary: `ssh ${event._id}`, category: "c", tags: ["t"], details: { copy: event._source.details } };
  }
}

const ssh = { summary: "login failed", details: { program: "sshd", sourceipaddress: "192.0.2.7" } };

const saveAll = async (store: AlertStore, events: readonly unknown[]): Promise<void> => {
  const saved = await saveEvents(store, events, { now: NOW, refresh: true });
  expect(saved.flatMap((one) => (one.ok ? [] : [one.reason]))).toEqual([]);
};

const alertsAfter = async (
  options: { readonly server?: StoreServer },
  earlier: readonly unknown[],
): Promise<number> => {
  const store = await openStore(options);
  for (const event of earlier) await saveAll(store, [event]);
  await saveAll(store, [ssh]);
  expect(await documentsOf(store, "events")).toHaveLength(earlier.length + 1);
  return (await storeAlerts(store, [createTask(Sshd)])).length;
};

const newKeys = (count: number): object =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`key${at}`, at]));

describe.each([
  ["on this store", {}],
  ["on one that can do less", { server: OLD_SERVER }],
])("an event of any shape is kept, and the next one alerts, %s", (_where, options) => {
  it.each<readonly [string, ...unknown[]]>([
    ["an object in a field that alerts read", { details: { program: { name: "any" } } }],
    ["a list of objects in it", { details: { program: [{ name: "any" }, 5, null, ["x"]] } }],
    ["a number in it", { details: { program: 5.5 } }],
    ["an object, then a text", { host: { name: "web1" } }, { host: "web1" }, { host: { name: { first: "x" } } }],
    ["a text, then an object", { host: "web1" }, { host: { name: "web1" } }],
    ["a boolean, then a text", { details: { fresh: true } }, { details: { fresh: "yes" } }, { details: { fresh: 1 } }],
    ["details as text", { details: "text" }],
    ["details as list", { details: [{ program: "x" }, "text", 5] }],
    ["details as number and null", { details: 5 }, { details: null }],
    ["an address with a port", { details: { sourceipaddress: "192.0.2.7:5022" } }],
    ["no address", { details: { sourceipaddress: "-" } }, { details: { sourceipaddress: { a: 1 } } }],
    ["an invalid point", { details: { sourceipgeopoint: "nowhere" } }, { details: { sourceipgeopoint: { a: 1 } } }],
    ["no truth value", { details: { success: "yes" } }, { details: { success: 1 } }, { details: { success: {} } }],
    ["no time", { utctimestamp: "Nov 28 05:50:00" }, { timestamp: { a: 1 } }, { receivedtimestamp: "-" }],
    ...["summary", "source", "tags", "category", "hostname", "severity", "type", "version", "processid"].map(
      (name) => [`${name} as object`, { [name]: { a: 1 } }, { [name]: [{ a: "x" }, "y"] }, { [name]: 5 }] as const,
    ),
    ["names with dots beside objects", { "a.b": 1, a: { b: { c: 1 } } }, { a: 5 }],
    ["empty names", { details: { "": 1, ".": 2, " ": 3, "a..b": 4 } }],
    ["more than a thousand new keys", { details: newKeys(1_500) }, newKeys(900)],
    ["names without end", { details: { ["x".repeat(100_000)]: 1, deep: { ["y".repeat(600)]: "z" } } }],
    ["names of the store's own fields", { _id: "x", _ignored: "y", _index: 5 }],
  ])("%s", async (_what, ...events) => {
    expect(await alertsAfter(options, events)).toBe(1);
  });
});

describe("an alert is stored whatever its events look like", () => {
  it.each([
    ...["source", "tags", "category", "hostname", "severity", "type", "version", "summary", "processid"].map(
      (name) => ({
        [name]: { a: { b: 1 } },
      }),
    ),
    { details: { program: "sshd", username: { first: "a" } } },
    { details: { program: "sshd", sourceipaddress: "-" } },
    { details: { program: "sshd", username: ["a", { b: 1 }] } },
    { timestamp: "Nov 28 05:50:00" },
    { "details.program": "sshd", details: "text" },
    { "details.program": "sshd", details: ["text"] },
    { deep: { a: [[{ "": 1 }]] } },
  ])("%j", async (changes) => {
    const store = await openStore();
    await saveAll(store, [
      { ...ssh, ...changes },
      { ...ssh, details: { ...ssh.details, username: "text", deep: "text" }, deep: 5 },
    ]);
    expect(await storeAlerts(store, [createTask(Sshd)])).toHaveLength(2);
    const [stored] = await documentsOf(store, "alerts");
    expect(stored?._source).toMatchObject({ classname: "Sshd" });
  });
});

describe("an alert is found by what is in its events", () => {
  it.each([
    ["198.51.100.7", { details: { program: "sshd", sourceipaddress: ["192.0.2.1", "198.51.100.7"] } }],
    ["2001:db8::5", { details: { program: "sshd", destinationipaddress: "2001:db8::5" } }],
    ["not-an-address", { details: { program: "sshd", ip: "not-an-address" } }],
    ["mallory", { details: { program: "sshd", username: "mallory@example.com" } }],
    ["mallory", { "details.program": "sshd", "user.name": "mallory" }],
    ["web17", { details: { program: "sshd" }, hostname: "web17.example.com" }],
    ["web17", { details: { program: "sshd" }, host: { name: "web17" } }],
    ["50222", { details: { program: "sshd", sourceport: 50_222 } }],
  ])("%s: %j", async (text, event) => {
    const store = await openStore();
    await saveAll(store, [event, ssh]);
    await storeAlerts(store, [createTask(Sshd)]);
    const { total, alerts } = await listAlerts(store, { text });
    expect(total).toBe(1);
    expect(alerts[0]?._source).not.toHaveProperty("entities");
    expect((await getAlert(store, alerts[0]?._id ?? ""))?._source).not.toHaveProperty("entities");
  });
});

describe("what an index cannot take of an event", () => {
  const savedIn = async (options: { readonly server?: StoreServer }, events: readonly unknown[]) => {
    const store = await openStore(options);
    for (const event of events) await saveAll(store, [event]);
    return (await documentsOf(store, "events")).map(({ _source }) => _source);
  };

  it("is kept as text beside the rest, and the event says so", async () => {
    const [first, second] = await savedIn({ server: OLD_SERVER }, [
      { host: { name: "web1" } },
      { host: "web2", tags: ["x"], details: { program: { name: "any" }, user: "a" } },
    ]);
    expect(first).not.toHaveProperty("unmapped");
    expect(second).toMatchObject({ tags: ["x", "unmapped"], details: { user: "a" } });
    expect(JSON.parse(String(second?.unmapped))).toEqual({ host: "web2", "details.program": { name: "any" } });
  });

  it("leaves the fields that the index has, where it has no room for more", async () => {
    const [, second] = await savedIn({ server: OLD_SERVER }, [
      newKeys(900),
      { details: { ...newKeys(500), program: "sshd" }, key1: "known" },
    ]);
    expect(second).toMatchObject({ key1: "known", details: { program: "sshd" }, tags: ["unmapped"] });
    expect(Object.keys(JSON.parse(String(second?.unmapped)) as object)).toHaveLength(500);
  });

  it("is counted", async () => {
    const store = await openStore();
    const long = { details: { ["x".repeat(600)]: 1 } };
    const saved = await saveEvents(store, [long, {}, ssh], { now: NOW });
    expect(saved.map((one) => one.ok && one.isInPart)).toEqual([true, false, false]);
  });
});

describe("an event that is sent again", () => {
  it("is stored once under the id that its sender gave", async () => {
    const store = await openStore();
    for (const summary of ["first", "again"]) {
      const saved = await saveEvents(store, [{ summary }, { summary }], { now: NOW, ids: ["a", undefined] });
      expect(saved).toMatchObject([{ ok: true, _id: "a" }, { ok: true }]);
    }
    expect(await documentsOf(store, "events")).toHaveLength(3);
    expect((await documentsOf(store, "events")).find(({ _id }) => _id === "a")?._source.summary).toBe("first");
  });

  it("is recognised by its event.id and its content", async () => {
    const store = await openStore();
    const event = { event: { id: "e1" }, summary: "x" };
    await saveAll(store, [event, { ...event, summary: "y" }]);
    await saveAll(store, [event]);
    expect(await documentsOf(store, "events")).toHaveLength(2);
  });

  it("is stored once when the store worked and only its answer was lost", async () => {
    const store = await openStore();
    let failures = 1;
    const bulk = store.client.bulk.bind(store.client) as (params: object) => Promise<unknown>;
    const twice = async (params: object): Promise<unknown> => {
      if (failures-- > 0) await bulk(params);
      return bulk(params);
    };
    Object.assign(store.client, { bulk: twice });
    await saveAll(store, [ssh, ssh, ssh]);
    expect(await documentsOf(store, "events")).toHaveLength(3);
  });

  it("gets ids in the order of arrival", async () => {
    const store = await openStore();
    const saved = await saveEvents(store, [ssh, ssh, ssh], { now: NOW });
    const ids = saved.map((one) => (one.ok ? one._id : ""));
    expect([...new Set(ids)].sort()).toEqual(ids);
  });
});

describe("a request that the store refuses", () => {
  /** Answers as a proxy does that takes no bodies above a size. */
  const withLimit = (store: AlertStore, limit: number): { readonly requests: number[] } => {
    const requests: number[] = [];
    const bulk = store.client.bulk.bind(store.client) as (params: { operations: unknown[] }) => Promise<unknown>;
    const limited = (params: { operations: unknown[] }): Promise<unknown> => {
      requests.push(params.operations.length / 2);
      return JSON.stringify(params.operations).length > limit
        ? Promise.reject(
            new errors.ResponseError({ statusCode: 413, body: "", headers: {}, warnings: null, meta: {} as never }),
          )
        : bulk(params);
    };
    Object.assign(store.client, { bulk: limited });
    return { requests };
  };

  it("for its size is sent in smaller ones, and refuses what is too large alone", async () => {
    const store = await openStore();
    const { requests } = withLimit(store, 5_000);
    const saved = await saveEvents(store, [ssh, ssh, { summary: "x".repeat(6_000) }, ssh], { now: NOW });
    expect(saved.map((one) => (one.ok ? "saved" : one.status))).toEqual(["saved", "saved", 400, "saved"]);
    expect(requests).toEqual([4, 2, 2, 1, 1]);
  });

  it("after others were saved does not make its sender send those again", async () => {
    const store = await openStore();
    const bulk = store.client.bulk.bind(store.client) as (params: object) => Promise<unknown>;
    let calls = 0;
    const away = (params: object): Promise<unknown> =>
      ++calls === 1 ? bulk(params) : Promise.reject(new errors.ConnectionError("gone"));
    Object.assign(store.client, { bulk: away });
    const saved = await saveEvents(
      store,
      Array.from({ length: 5_000 }, () => ssh),
      { now: NOW },
    );
    expect(saved.filter(({ ok }) => ok)).toHaveLength(2_000);
    expect(saved.at(-1)).toMatchObject({ ok: false, status: 429 });
    expect(calls).toBe(2);
  });

  it("is an error of the call when nothing was saved", async () => {
    const store = await openStore();
    Object.assign(store.client, { bulk: () => Promise.reject(new errors.ConnectionError("gone")) });
    await expect(saveEvents(store, [ssh], { now: NOW })).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
  });
});

it("refuses a text that holds JSON of any depth by itself", async () => {
  const store = await openStore();
  const deep = `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`;
  const saved = await saveEvents(store, [ssh, deep, ssh], { now: NOW });
  expect(saved.map((one) => one.ok || one.reason)).toEqual([true, "it is nested deeper than 20 levels", true]);
});

describe("a number with more digits than JavaScript keeps", () => {
  const numbers = [
    "9223372036854775807",
    "9223372036854775806",
    "0.12345678901234567890",
    "-1e400",
    "12345678901234567890123",
  ];

  it.each(numbers)("%s is stored and found to the digit", async (number) => {
    const store = await openStore();
    await saveAll(
      store,
      numbers.map((text) => `{"summary":"x","details":{"account":${text},"list":[${text}]}}`),
    );
    const query = { bool: { filter: [{ term: { "details.account": number } }, { term: { "details.list": number } }] } };
    const found = await store.client.search(
      { index: store.names.physical("events"), query },
      { asStream: true, meta: true },
    );
    let text = "";
    for await (const chunk of found.body as unknown as AsyncIterable<Buffer>) text += chunk.toString();
    expect(text).toContain(`"account":${number},"list":[${number}]`);
    expect(text.split("_source")).toHaveLength(2);
  });

  it("is kept when a part of its event is not indexed", async () => {
    const store = await openStore({ server: OLD_SERVER });
    await saveAll(store, [{ host: { name: "a" } }]);
    await saveAll(store, ['{"host":9223372036854775807,"details":{"account":9223372036854775807}}']);
    const found = await documentsOf(store, "events");
    const kept = found.find(({ _source }) => "unmapped" in _source)?._source;
    expect(kept?.unmapped).toBe('{"host":9223372036854775807}');
  });
});
