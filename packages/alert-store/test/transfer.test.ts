import { Readable } from "node:stream";
import {
  type AlertStore,
  areRunnersAtWork,
  commitSlot,
  type ExportOptions,
  exportStore,
  finishCommits,
  importStore,
  readState,
  renewRunner,
  saveEvents,
  setUpStore,
  writeDocuments,
  writeState,
} from "@mozdef/alert-store";
import type { AlertMessage } from "@mozdef/alert/runtime";
import { describe, expect, it } from "vitest";
import { documentsOf, NOW, OLD_SERVER, openStore } from "./open-store.ts";

const INDICES = { localities: {} };
const pause = () => Promise.resolve();
const SHARED = { now: NOW, pause, packIndices: Object.keys(INDICES) };

const exported = async (store: AlertStore, options: Partial<ExportOptions> = {}): Promise<string[]> => {
  let text = "";
  for await (const chunk of exportStore(store, { ...SHARED, version: "1.2.3", ...options })) text += chunk;
  return text.trimEnd().split("\n");
};

const stream = (lines: readonly string[]): AsyncIterable<string> => Readable.from(lines);

/** Each has the index of the pack under its own prefix: on a cluster, nothing is left behind. */
const open = (options: Parameters<typeof openStore>[0] = {}) => openStore({ indices: INDICES, ...options });

const imported = (store: AlertStore, lines: readonly string[], options = {}) =>
  importStore(store, stream(lines), { ...SHARED, indices: INDICES, ...options });

/** As text, so that no digit is lost on the way to the comparison. */
const contents = (lines: readonly string[]) => lines.slice(1, -1).sort();

const EVENTS = [
  { summary: "plain", details: { program: "sshd", list: [1, 2], empty: { a: null } } },
  // JavaScript keeps fewer digits.
  '{ "summary": "digits", "details": { "ns": 1795840000123456789, "small": 1.00e-7 } }',
  // The client refuses to read such a key, and a line of a file may have such a character.
  '{ "summary": "odd \u2028 \ud800", "details": { "constructor": { "prototype": 1 } } }',
  { summary: "both", details: { a: 1, "a.b": 2 } },
];

let renewals = 0;
/** Somebody says that he is there. */
const renew = (store: AlertStore) =>
  renewRunner(store, {
    ...{ id: "somebody", renewals: (renewals += 1), host: "web1", version: "1.0.0", packs: {}, standstill: null },
  });

const filled = async () => {
  const store = await open();
  const events = await saveEvents(store, EVENTS, { now: NOW });
  expect(events.map(({ ok }) => ok)).toEqual(EVENTS.map(() => true));
  await writeDocuments(store, "test", [{ index: "localities", id: "ann", source: { places: ["x"] } }]);
  await writeState(store, "schedule-x", { type: "schedule", name: "x", setting: { enabled: false } });
  await renew(store);
  await writeState(store, "session-x", { type: "session", name: "x", user: "somebody" });
  await writeState(store, "asked-run-x", { type: "asked-run", name: "asked-run-x", alert: "AlertDoor" });
  return store;
};

describe("what a store holds", () => {
  it("arrives in another one as it was, and nothing about the processes at work or who has signed in does", async () => {
    const lines = await exported(await filled());
    const target = await open();
    const report = await imported(target, lines);
    expect(report).toMatchObject({ documents: 6, written: 6, inPart: 0, present: 0, refused: 0, warnings: [] });
    expect(contents(await exported(target))).toEqual(contents(lines));
    expect(lines.join("\n")).toContain("1795840000123456789");
    expect(lines.join("\n")).not.toContain("somebody");
    expect((await readState(target, "schedule-x"))?.source).toMatchObject({ setting: { enabled: false } });
    expect(await readState(target, "runner-somebody")).toBeNull();
  });

  it("is the same after doing it again, and what has changed meanwhile stays, unless it is to be replaced", async () => {
    const lines = await exported(await filled());
    const target = await open();
    await imported(target, lines);
    await writeState(target, "schedule-x", { type: "schedule", name: "x", setting: { enabled: true } });
    expect(await imported(target, lines)).toMatchObject({ written: 0, present: 6, refused: 0 });
    expect((await readState(target, "schedule-x"))?.source).toMatchObject({ setting: { enabled: true } });
    expect(await imported(target, lines, { replaces: true })).toMatchObject({ written: 6, present: 0 });
    expect((await readState(target, "schedule-x"))?.source).toMatchObject({ setting: { enabled: false } });
  });

  it("is found by the aliases of today, in indices that are the service's own", async () => {
    const source = await open();
    await setUpStore(source, new Date(NOW.getTime() - 3 * 86_400_000));
    const old = await saveEvents(source, [{ summary: "old" }], { now: NOW, index: "events-20161229" });
    expect(old).toMatchObject([{ ok: true }]);
    const target = await open();
    await imported(target, await exported(source));
    const { count } = await target.client.count({ index: target.names.physical("events-weekly") });
    expect(count).toBe(1);
    expect(await exported(target)).toContainEqual(expect.stringContaining('"index":"events-20161229"'));
  });

  it("comes in pages that fit, however many documents and however large", async () => {
    const source = await open();
    const long = "x".repeat(100_000);
    const events = Array.from({ length: 1_203 }, (_, n) => ({ summary: `${n}`, ...(n % 100 === 0 && { long }) }));
    await saveEvents(source, events, { now: NOW });
    const lines = await exported(source);
    expect(new Set(contents(lines)).size).toBe(1_203);
    expect(JSON.parse(lines.at(-1) ?? "")).toEqual({
      end: { documents: 1_203, indices: expect.objectContaining({ "events-20170101": 1_203 }) as unknown },
    });
  });

  it("may be a part: a kind, or what is not older than a time", async () => {
    const source = await filled();
    const late = new Date(NOW.getTime() + 3_600_000);
    await saveEvents(source, [{ summary: "late", utctimestamp: late.toISOString() }], { now: NOW });
    expect(contents(await exported(source, { kinds: ["events"] }))).toHaveLength(5);
    expect(contents(await exported(source, { kinds: ["service"] }))).toHaveLength(2);
    const since = await exported(source, { since: late });
    expect(contents(since).filter((line) => line.includes("events-"))).toEqual([expect.stringContaining("late")]);
  });

  it("has what was decided carried out: versions of documents do not come along", async () => {
    const source = await open();
    const state = { index: "localities", id: "ann", source: { places: ["y"] } };
    for (const place of ["a", "b"]) await writeDocuments(source, "test", [{ ...state, source: { places: [place] } }]);
    const run = { name: "AlertX", alerts: [{ alert: ALERT, covers: [] }], state: [state] };
    const record = () => ({ health: "ok" as const });
    await undecided(source, () =>
      commitSlot(source, { slot: NOW, runs: [run], record, scheduled: new Set(["AlertX"]) }),
    );
    const target = await open();
    await imported(target, await exported(source));
    await finishCommits(target);
    expect(await documentsOf(target, "localities")).toMatchObject([{ _id: "ann", _source: { places: ["y"] } }]);
    expect(await documentsOf(target, "alerts-*")).toHaveLength(1);
  });
});

const ALERT: AlertMessage = {
  _index: "alerts-201701",
  _id: "x",
  _source: {
    ...{ utctimestamp: "2017-01-01T01:00:00+00:00", severity: "NOTICE", summary: "x", category: "c", tags: [] },
    ...{ events: [], channel: null, notify_mozdefbot: false, status: "manual", classname: "AlertX" },
  },
};

/** What a process leaves that is killed right after it has decided. */
const undecided = async ({ client }: AlertStore, work: () => Promise<unknown>): Promise<void> => {
  const { bulk } = client;
  let isFirst = true;
  client.bulk = ((...args: Parameters<typeof bulk>) => {
    if (!isFirst) throw new Error("killed");
    isFirst = false;
    return Reflect.apply(bulk, client, args);
  }) as typeof bulk;
  await work().catch(() => undefined);
  client.bulk = bulk;
};

describe("a store that takes less", () => {
  it("keeps of an event what it cannot have in its fields beside them", async () => {
    const from = await filled();
    const { subobjects } = (await from.server()).features;
    const target = await open({ server: OLD_SERVER });
    const inPart = subobjects ? 1 : 0;
    expect(await imported(target, await exported(from))).toMatchObject({ written: 6, inPart, refused: 0 });
    const both = (await documentsOf(target, "events-*")).find(({ _source }) => _source.summary === "both");
    const source = both?._source as { readonly tags: readonly string[]; readonly unmapped: string };
    expect(source.tags).toContain("unmapped");
    expect(Object.keys(JSON.parse(source.unmapped) as object)).toEqual([expect.stringMatching(/^details\.a/)]);
  });

  it("is told of each document that was refused", async () => {
    const [header = "", ...rest] = await exported(await filled());
    const target = await open();
    const name = target.names.physical("events-20160101");
    await target.client.indices.create({ index: name });
    const further = [
      { index: "events-20160101", id: "1", source: { summary: "theirs" } },
      { index: "pets", id: "2", source: { summary: "of no pack" } },
      { index: "events-*", id: "3", source: { summary: "several" } },
      { index: "alerts-201701", id: "x".repeat(513), source: { summary: "an id that is too long" } },
    ].map((document) => JSON.stringify(document));
    const counts = { "events-20160101": 1, pets: 1, "events-*": 1, "alerts-201701": 1 };
    const { end } = JSON.parse(rest.at(-1) ?? "") as { end: { documents: number; indices: object } };
    const last = JSON.stringify({ end: { documents: end.documents + 4, indices: { ...end.indices, ...counts } } });
    const report = await imported(target, [header, ...further, ...rest.slice(0, -1), last]);
    expect(report).toMatchObject({ documents: 10, written: 6, refused: 4 });
    expect(report.refusals.map(({ index, reason }) => `${index}: ${reason}`)).toEqual([
      expect.stringMatching(/^events-20160101: The index .* was made by somebody else/),
      expect.stringMatching(/^pets: neither the service nor a pack/),
      expect.stringMatching(/^events-\*: neither the service nor a pack/),
      expect.stringMatching(/^alerts-201701: .*id/),
    ]);
  });
});

describe("a file that is not whole", () => {
  it.each<[what: string, change: (lines: readonly string[]) => readonly string[], message: RegExp]>([
    ["without its last line", (lines) => lines.slice(0, -1), /cut off.* 6 were written/],
    ["that ends within a line", (lines) => [...lines.slice(0, -2), '{"index":"events-2017'], /cut off/],
    [
      "without a line",
      (lines) => lines.filter((line) => !line.includes("digits")),
      /3 of 4 documents of events-20170101/,
    ],
    [
      "with a line twice",
      (lines) => lines.flatMap((line, at) => (at === 1 ? [line, line] : [line])),
      /5 of 4 documents/,
    ],
  ])("%s", async (_what, change, message) => {
    const lines = change(await exported(await filled()));
    await expect(imported(await open(), lines)).rejects.toMatchObject({
      code: "STORE_TRANSFER_INCOMPLETE",
      message: expect.stringMatching(message) as unknown,
    });
  });

  it.each<[lines: readonly string[], message: RegExp]>([
    [[], /it is empty/],
    [["x"], /line 1 is not JSON: x/],
    [["[]"], /line 1: expected a JSON object/],
    [['{"index":"events-20170101"}'], /this is no export/],
    [['{"mozdef-alerts":"export","format":2}'], /it has format 2, this version reads format 1/],
    [['{"mozdef-alerts":"export","format":1}', "{", "{}"], /line 2 is not JSON/],
    [
      ['{"mozdef-alerts":"export","format":1}', '{"index":"events-20170101","id":"1"}'],
      /line 2: expected \{ index, id, source \}/,
    ],
    [['{"mozdef-alerts":"export","format":1}', '{"end":{"documents":0,"indices":{}}}', "{}"], /line 3 comes after/],
  ])("%j", async (lines, message) => {
    await expect(imported(await open(), lines)).rejects.toMatchObject({
      code: "STORE_TRANSFER_INVALID",
      message: expect.stringMatching(message) as unknown,
    });
  });
});

describe("runners at work", () => {
  it("are seen by what they renew; one that was killed or has ended is not", async () => {
    const store = await open();
    let pauses = 0;
    const counting = () => Promise.resolve((pauses += 1));
    expect(await areRunnersAtWork(store, counting)).toBe(false);
    expect(pauses).toBe(0);
    await renew(store);
    expect(await areRunnersAtWork(store, counting)).toBe(false);
    expect(pauses).toBeGreaterThan(0);
    expect(await areRunnersAtWork(store, () => renew(store))).toBe(true);
  });
});
