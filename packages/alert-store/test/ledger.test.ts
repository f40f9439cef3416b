import type { AlertMessage } from "@mozdef/alert/runtime";
import {
  type AlertStore,
  changeAlert,
  commitSlot,
  createAlertStore,
  finishCommits,
  type SlotCommit,
  slotsDone,
} from "@mozdef/alert-store";
import { describe, expect, it } from "vitest";
import { documentsOf, NOW, openStore } from "./open-store.ts";

/** The same store as another process sees it, which knows nothing but what is stored. */
const another = ({ client, names, server }: AlertStore): AlertStore =>
  createAlertStore({ client, server, prefix: names.prefix, packIndices: ["localities"] });

const alert = (name: string, id: string): AlertMessage => ({
  _index: "alerts-201701",
  _id: id,
  _source: {
    ...{ utctimestamp: "2017-01-01T01:00:00+00:00", severity: "NOTICE", summary: id, category: "c", tags: [] },
    ...{ events: [], channel: null, notify_mozdefbot: false, status: "manual", classname: name },
  },
});

const made = (name: string, id: string, covers: readonly string[] = []) => ({
  name,
  alerts: [{ alert: alert(name, id), covers: covers.map((_id) => ({ _index: "events-20170101", _id })) }],
});

const record = () => ({ health: "ok" as const });

const commit = (...runs: SlotCommit["runs"]): SlotCommit => ({
  ...{ slot: NOW, runs, record },
  scheduled: new Set(runs.map(({ name }) => name)),
});

const idsOf = async (store: AlertStore) => (await documentsOf(store, "alerts-*")).map(({ _id }) => _id);

describe("commitSlot", () => {
  it("has the first decide about an alert and a slot, and everybody else take that", async () => {
    const store = await openStore();
    const first = await commitSlot(store, commit(made("A", "first", ["e1"])));
    const second = await commitSlot(another(store), commit(made("A", "second", ["e1", "e2"])));
    expect(first.runs).toMatchObject([{ before: null, alerts: [{ _id: "first" }] }]);
    expect(second.runs).toMatchObject([{ before: { names: ["A"] }, alerts: [{ _id: "first" }], errors: [] }]);
    expect(await idsOf(store)).toEqual(["first"]);
    expect(await documentsOf(store, "coverage-*")).toHaveLength(1);
  });

  it("takes nothing where the first has decided that there is nothing", async () => {
    const store = await openStore();
    await commitSlot(store, commit({ name: "A", alerts: [] }));
    const { runs } = await commitSlot(another(store), commit(made("A", "late")));
    expect(runs).toMatchObject([{ before: { names: ["A"] }, alerts: [] }]);
    expect(await idsOf(store)).toEqual([]);
  });

  it("decides about alerts that ran by themselves, behind those that ran together, whoever they are", async () => {
    const store = await openStore();
    // More than there are shards, so that some share one.
    const names = Array.from({ length: 40 }, (_, index) => `Alert${index}`);
    await commitSlot(store, commit(...names.slice(0, 20).map((name) => made(name, `${name}-first`))));
    const { runs } = await commitSlot(another(store), commit(...names.map((name) => made(name, `${name}-second`))));
    expect(runs.map(({ before }) => before === null)).toEqual(names.map((_, index) => index >= 20));
    const wanted = names.map((name, index) => `${name}-${index < 20 ? "first" : "second"}`);
    expect(await idsOf(store)).toEqual(wanted.sort());
  });

  it("leaves the slot of an alert open on which the store failed, in as many requests at the thirtieth try as at the first", async () => {
    const store = await openStore();
    const tried = commit({ name: "A", alerts: [], isFinal: false });
    for (let tries = 0; tries < 30; tries += 1) await commitSlot(store, tried);
    const paths: string[] = [];
    store.client.diagnostic.on("request", (_, result) => paths.push(result?.meta.request.params.path ?? ""));
    await commitSlot(store, tried);
    expect(paths).toEqual(["/_bulk"]);
    expect(await slotsDone(store, ["A"])).toEqual(new Map());
    // Another instance goes on where the first has left it.
    const { runs } = await commitSlot(another(store), commit(made("A", "done")));
    expect(runs).toMatchObject([{ before: null, alerts: [{ _id: "done" }] }]);
    expect(await slotsDone(store, ["A"])).toEqual(new Map([["A", NOW]]));
    expect((await commitSlot(store, tried)).runs).toMatchObject([{ before: { names: ["A"] } }]);
  });

  it("replaces nothing newer that an alert keeps when it is carried out late", async () => {
    const store = await openStore({ indices: { localities: {} } });
    const keeping = (seen: number, slot: Date): SlotCommit => ({
      ...commit({ name: "A", alerts: [], state: [{ index: "localities", id: "x", source: { seen } }] }),
      slot,
    });
    const later = new Date(NOW.getTime() + 60_000);
    await commitSlot(store, keeping(1, NOW));
    await commitSlot(store, keeping(2, later));
    // Neither says yet that it is carried out to whoever has not written it, or nobody is sure: so it is done again.
    const slots = await documentsOf(store, "slots-*");
    for (const { _index, _id } of slots)
      await store.client.update({ index: store.names.physical(_index), id: _id, doc: { status: "decided" } });
    expect(await finishCommits(another(store))).toMatchObject({ finished: 2, unfinished: [], refused: [] });
    expect((await documentsOf(store, "localities")).map(({ _source }) => _source)).toEqual([{ seen: 2 }]);
  });

  it("adds what each slot has found once, in whichever order and however often they are carried out", async () => {
    const store = await openStore();
    const at = (minutes: number): Date => new Date(NOW.getTime() + minutes * 60_000);
    const { alerts, name } = made("A", "growing");
    const seen = "2017-01-01T01:00:00+00:00";
    const quiet = { groupkey: "x", count: 1, firstcount: 1, firstseen: seen, lastseen: seen };
    const growing = alerts.map(({ alert: one, ...rest }) => ({ ...rest, alert: withFields(one, quiet) }));
    await commitSlot(store, commit({ name, alerts: growing }));
    const to = { index: "alerts-201701", id: "growing" };
    const adding = (minutes: number, count: number): SlotCommit => {
      const added = [{ to, slot: at(minutes), count, covering: [] }];
      return { ...commit({ name, alerts: [], added }), slot: at(minutes) };
    };
    for (const [minutes, count] of [
      [5, 10],
      [2, 100],
      [7, 1_000],
      [3, 10_000],
    ] as const)
      await commitSlot(store, adding(minutes, count));
    for (const { _index, _id } of await documentsOf(store, "slots-*"))
      await store.client.update({ index: store.names.physical(_index), id: _id, doc: { status: "decided" } });
    expect(await finishCommits(another(store))).toMatchObject({ finished: 5, unfinished: [], refused: [] });
    const [alert] = await documentsOf(store, "alerts-*");
    expect(alert?._source).toMatchObject({ count: 11_111, lastseen: "2017-01-01T01:07:00+00:00" });
  });

  it("closes what is over, whoever carries it out and however often, unless people or something new were faster", async () => {
    const store = await openStore();
    const at = (minutes: number): Date => new Date(NOW.getTime() + minutes * 60_000);
    const living = (id: string) => {
      const { alerts, name } = made("A", id);
      const lastseen = "2017-01-01T01:00:00+00:00";
      const quiet = { groupkey: id, count: 1, firstcount: 1, firstseen: lastseen, lastseen, resolveafterms: 300_000 };
      return { name, alerts: alerts.map(({ alert: one, ...rest }) => ({ ...rest, alert: withFields(one, quiet) })) };
    };
    const ids = ["closed", "gone", "grown", "over", "reopened"];
    await commitSlot(store, commit({ name: "A", alerts: ids.flatMap((id) => living(id).alerts) }));
    const index = "alerts-201701";
    const resolved = ids.map((id) => ({ to: { index, id }, slot: at(5), afterMs: 300_000 }));
    // Between what was decided and what is done, as for a process that was paused.
    const paused = store.client.child({});
    Object.assign(paused, { mget: () => Promise.reject(new Error("paused")) });
    const decision = { ...commit({ name: "A", alerts: [], resolved }), slot: at(5) };
    await expect(commitSlot(Object.freeze({ ...store, client: paused }), decision)).rejects.toThrow("paused");
    const added = [{ to: { index, id: "grown" }, slot: at(6), count: 1, covering: [] }];
    await commitSlot(store, { ...commit({ name: "A", alerts: [], added }), slot: at(6) });
    await changeAlert(store, "closed", { kind: "close", reason: "benign" }, { by: "ann", now: at(6) });
    await store.client.delete({ index: store.names.physical(index), id: "gone", refresh: true });
    for (let times = 0; times < 3; times += 1) {
      for (const { _index, _id, _source } of await documentsOf(store, "slots-*"))
        if (_source.utctimestamp === at(5).toISOString())
          await store.client.update({ index: store.names.physical(_index), id: _id, doc: { status: "decided" } });
      expect(await finishCommits(another(store))).toMatchObject({ unfinished: [], refused: [] });
      if (times === 0) await changeAlert(store, "reopened", { kind: "reopen" }, { by: "ann", now: at(7) });
    }
    const now = (await documentsOf(store, "alerts-*")).map(({ _id, _source }) => [
      ...[_id, _source.closereason ?? null],
      (_source.history as readonly unknown[] | undefined)?.length ?? 0,
    ]);
    expect(now).toEqual([
      ["closed", "benign", 1],
      ["grown", null, 0],
      ["over", "resolved", 1],
      ["reopened", null, 2],
    ]);
    const [entry] = (await documentsOf(store, "slots-*")).filter(
      ({ _source }) => _source.utctimestamp === at(5).toISOString(),
    );
    expect((entry?._source.pieces as readonly unknown[])[0]).toEqual({
      ...{ kind: "resolved", run: "A", to: { index, id: "closed" }, slot: "2017-01-01T01:05:00+00:00" },
      ...{ afterms: 300_000, targets: [] },
    });
  });

  it("carries out a decision that is too large for one document", async () => {
    const store = await openStore();
    const runs = Array.from({ length: 12 }, (_, index) => {
      const large = made("A", `large${index}`);
      const details = { text: "x".repeat(900_000) };
      return { ...large, alerts: large.alerts.map((one) => ({ ...one, alert: withDetails(one.alert, details) })) };
    });
    const alerts = runs.flatMap((run) => run.alerts);
    await commitSlot(store, commit({ name: "A", alerts }));
    const documents = await documentsOf(store, "slots-*");
    expect(documents.filter(({ _source }) => _source.type === "part")).toHaveLength(3);
    expect(documents.find(({ _source }) => _source.type === "slot")?._source.status).toBe("applied");
    const before = (await commitSlot(another(store), commit(made("A", "late")))).runs[0]?.alerts;
    expect(before).toHaveLength(12);
    expect(await idsOf(store)).toHaveLength(12);
  });
});

const withDetails = (message: AlertMessage, details: Record<string, unknown>): AlertMessage =>
  withFields(message, { details });

const withFields = (message: AlertMessage, fields: Partial<AlertMessage["_source"]>): AlertMessage => ({
  ...message,
  _source: { ...message._source, ...fields },
});

describe("slotsDone", () => {
  it("says of each alert where it is, also of those that have not run for long", async () => {
    const store = await openStore();
    const at = (minutes: number): Date => new Date(NOW.getTime() + minutes * 60_000);
    await commitSlot(store, { ...commit({ name: "Seldom", alerts: [] }), slot: at(0) });
    for (let minutes = 1; minutes <= 45; minutes += 1)
      await commitSlot(store, {
        ...commit(...Array.from({ length: 20 }, (_, index) => ({ name: `Often${index}`, alerts: [] }))),
        slot: at(minutes),
      });
    const done = await slotsDone(another(store), ["Seldom", "Often3", "Never"]);
    expect(done).toEqual(
      new Map([
        ["Often3", at(45)],
        ["Seldom", at(0)],
      ]),
    );
  });
});
