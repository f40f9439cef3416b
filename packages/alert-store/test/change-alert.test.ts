import { createTask } from "@mozdef/alert/runtime";
import {
  type AlertChange,
  type AlertStore,
  changeAlert,
  createAlertStore,
  getAlert,
  LONGEST_COMMENT,
  listAlerts,
} from "@mozdef/alert-store";
import { describe, expect, it } from "vitest";
import { NoHeartbeat, storeAlerts } from "./alerts.ts";
import { NOW, openStore } from "./open-store.ts";

const AT = "2017-01-01T01:00:00+00:00";
const ANN = { by: "ann", now: NOW };
const HOSTILE = '<script>alert(1)</script> {"a": [1]} \u0000 __proto__ 2017-01-01';

const withAlert = async () => {
  const store = await openStore();
  const [alert] = await storeAlerts(store, [createTask(NoHeartbeat)]);
  const id = alert?._id ?? "";
  const change = async (given: AlertChange, by = "ann") => {
    const changed = await changeAlert(store, id, given, { ...ANN, by });
    return changed?.alert._source;
  };
  return { store, id, change };
};

const stored = async (store: AlertStore, id: string) => (await getAlert(store, id))?._source;

describe("changeAlert", () => {
  it("acknowledges and takes it back, and says what the alert was before", async () => {
    const { store, id, change } = await withAlert();
    const acknowledged = await changeAlert(store, id, { kind: "status", status: "acknowledged" }, ANN);
    expect(acknowledged).toMatchObject({
      before: { _source: { status: "manual" } },
      alert: { _index: "alerts-201701", _source: { status: "acknowledged", acknowledged: AT, acknowledgedby: "ann" } },
    });
    expect(acknowledged?.before._source).not.toHaveProperty("history");
    expect(await stored(store, id)).toEqual(acknowledged?.alert._source);
    await change({ kind: "status", status: "manual" }, "bob");
    expect(await stored(store, id)).toMatchObject({
      status: "manual",
      acknowledged: null,
      acknowledgedby: null,
      history: [
        { at: AT, by: "ann", action: "status", from: "manual", to: "acknowledged" },
        { at: AT, by: "bob", action: "status", from: "acknowledged", to: "manual" },
      ],
    });
    expect(await changeAlert(store, "nowhere", { kind: "reopen" }, ANN)).toBeNull();
  });

  it("closes with a reason and a comment, keeps who had acknowledged it, and opens it again", async () => {
    const { store, id, change } = await withAlert();
    await change({ kind: "status", status: "acknowledged" }, "bob");
    const closed = await change({ kind: "close", reason: "falsePositive", comment: "a test of ours" });
    expect(closed).toMatchObject({
      ...{ status: "closed", closedat: AT, closedby: "ann", closereason: "falsePositive", acknowledgedby: "bob" },
      comments: [{ at: AT, by: "ann", text: "a test of ours" }],
    });
    expect(await stored(store, id)).toEqual(closed);
    // Who closes it again by its status alone does not take the reason away.
    expect(await change({ kind: "status", status: "closed" })).toMatchObject({ closereason: "falsePositive" });
    expect(await change({ kind: "close", reason: "benign" }, "bob")).toMatchObject({
      closedby: "bob",
      closereason: "benign",
    });
    const again = await change({ kind: "reopen" });
    expect(again).toMatchObject({ status: "manual", closedat: null, closedby: null, closereason: null });
    expect(again?.comments).toHaveLength(1);
    expect(again?.history?.map(({ action, from, to, text }) => [action, from, to, text])).toEqual([
      ["status", "manual", "acknowledged", undefined],
      ["close", "acknowledged", "closed", "falsePositive"],
      ["comment", undefined, undefined, undefined],
      ["close", "closed", "closed", "falsePositive"],
      ["close", "closed", "closed", "benign"],
      ["reopen", "closed", "manual", undefined],
    ]);
    const { alert, before } = (await changeAlert(store, id, { kind: "reopen" }, ANN)) ?? {};
    expect(alert).toBe(before);
  });

  it("knows who takes care of it, what is said and where else something is, whatever it says", async () => {
    const { store, id, change } = await withAlert();
    await change({ kind: "assign", assignee: HOSTILE });
    await change({ kind: "comment", text: HOSTILE }, HOSTILE);
    await change({ kind: "comment", text: "x".repeat(LONGEST_COMMENT) });
    await change({ kind: "link", url: "https://example.org/t/1", title: HOSTILE });
    await change({ kind: "assign", assignee: null }, "bob");
    const source = await stored(store, id);
    expect(source).toMatchObject({
      assignee: null,
      comments: [{ by: HOSTILE, text: HOSTILE }, { text: "x".repeat(LONGEST_COMMENT) }],
      links: [{ at: AT, by: "ann", url: "https://example.org/t/1", title: HOSTILE }],
    });
    expect(source?.history?.map(({ action, from, to }) => [action, from, to])).toEqual([
      ["assign", null, HOSTILE],
      ["comment", undefined, undefined],
      ["comment", undefined, undefined],
      ["link", undefined, undefined],
      ["assign", HOSTILE, null],
    ]);
    // What people write makes no fields.
    const { [store.names.physical("alerts-201701")]: index } = await store.client.indices.getMapping({
      index: store.names.physical("alerts-201701"),
    });
    const { history, comments, links } = index?.mappings.properties ?? {};
    const namesOf = (mapping: unknown) => Object.keys((mapping as { readonly properties: object }).properties).sort();
    expect([history, comments, links].map(namesOf)).toEqual([
      ["action", "at", "by"],
      ["at", "by"],
      ["at", "by"],
    ]);
  });

  it.each<[string, AlertChange]>([
    ["a comment without text", { kind: "comment", text: " " }],
    ["a comment that is too long", { kind: "comment", text: "x".repeat(LONGEST_COMMENT + 1) }],
    ["one with which it is closed", { kind: "close", reason: "benign", comment: "x".repeat(LONGEST_COMMENT + 1) }],
    ["an address that is run", { kind: "link", url: "javascript:alert(1)", title: "x" }],
    ["no address", { kind: "link", url: "example.org", title: "x" }],
  ])("refuses %s", async (_, given) => {
    const { store, id, change } = await withAlert();
    await expect(change(given)).rejects.toMatchObject({ code: "STORE_CHANGE_INVALID" });
    expect(await stored(store, id)).not.toHaveProperty("history");
  });

  it("keeps a thousand changes, and refuses one more", async () => {
    const { store, id, change } = await withAlert();
    const history = Array.from({ length: 999 }, () => ({ at: AT, by: "ann", action: "comment" }));
    const index = store.names.physical("alerts-201701");
    await store.client.update({ index, id, doc: { history }, refresh: true });
    await change({ kind: "assign", assignee: "ann" });
    await expect(change({ kind: "assign", assignee: "bob" })).rejects.toMatchObject({
      code: "STORE_HISTORY_FULL",
      message: expect.stringContaining("at most 1000 changes"),
    });
    expect(await stored(store, id)).toMatchObject({ assignee: "ann" });
  });

  it("loses nothing when several change it at the same time", async () => {
    const { store, id } = await withAlert();
    const names = ["ann", "bob", "eve", "dan", "kim"];
    await Promise.all(names.map((by) => changeAlert(store, id, { kind: "comment", text: by }, { by, now: NOW })));
    const source = await stored(store, id);
    expect(source?.comments?.map(({ text }) => text).sort()).toEqual([...names].sort());
    expect(source?.history).toHaveLength(5);
  });

  it("gives up when others keep changing it", async () => {
    const { store, id } = await withAlert();
    let count = 0;
    const client = store.client.child({});
    const mget = client.mget.bind(client) as (...args: unknown[]) => Promise<unknown>;
    client.mget = (async (...args: unknown[]) => {
      const answer = await mget(...args);
      await store.client.update({ index: store.names.physical("alerts-201701"), id, doc: { count: (count += 1) } });
      return answer;
    }) as never;
    const disturbed = createAlertStore({ client, prefix: store.names.prefix });
    await expect(changeAlert(disturbed, id, { kind: "comment", text: "x" }, ANN)).rejects.toMatchObject({
      code: "STORE_CONFLICT",
      retryable: true,
    });
  });

  it("is what lists go by, without what people say", async () => {
    const { store, change } = await withAlert();
    const total = async (filter: Parameters<typeof listAlerts>[1]) => (await listAlerts(store, filter)).total;
    await change({ kind: "assign", assignee: "ann" });
    await change({ kind: "comment", text: "x" });
    expect([await total({ assignee: ["ann"] }), await total({ assignee: ["bob"] })]).toEqual([1, 0]);
    expect([await total({ open: true }), await total({ open: false })]).toEqual([1, 0]);
    await change({ kind: "close", reason: "duplicate" });
    expect([await total({ open: true }), await total({ open: false })]).toEqual([0, 1]);
    expect([await total({ closereason: ["duplicate"] }), await total({ closereason: ["benign"] })]).toEqual([1, 0]);
    const [listed] = (await listAlerts(store)).alerts;
    expect(listed?._source).toMatchObject({ assignee: "ann", closereason: "duplicate" });
    for (const name of ["history", "comments", "links"]) expect(listed?._source).not.toHaveProperty(name);
  });
});
