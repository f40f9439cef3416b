import { appendAudit, type AuditRecord, listAudit, pruneIndices, rotateIndices } from "@mozdef/alert-store";
import { expect, it } from "vitest";
import { NOW, openStore } from "./open-store.ts";

const record = (changed: Partial<AuditRecord> = {}): AuditRecord => ({
  ...{ utctimestamp: NOW.toISOString(), action: "closeAlert", by: "ann", via: "token", address: "192.0.2.7" },
  ...{ outcome: "done", status: 200, code: null, target: "a1", detail: { reason: "benign" }, times: 1 },
  ...changed,
});

const at = (second: number) => ({ utctimestamp: new Date(NOW.getTime() + second * 1_000).toISOString() });

it("keeps what was changed, newest first, page by page, also where times are equal", async () => {
  const store = await openStore();
  for (const target of ["1", "2", "3"]) await appendAudit(store, record({ target }));
  await appendAudit(store, record({ target: "4", ...at(1) }));
  const first = await listAudit(store, {}, { size: 2 });
  const second = await listAudit(store, {}, { size: 2, after: first.next ?? "" });
  const last = await listAudit(store, {}, { size: 2, after: second.next ?? "" });
  expect(first.records[0]).toEqual({ ...record({ target: "4", ...at(1) }), id: expect.any(String) });
  expect([...first.records, ...second.records].map(({ target }) => target).sort()).toEqual(["1", "2", "3", "4"]);
  expect(last).toEqual({ records: [], next: null });
});

it("is found by who, what, what came of it, and when", async () => {
  const store = await openStore();
  await appendAudit(store, record());
  await appendAudit(store, record({ by: "ben", action: "signIn", outcome: "refused", ...at(60) }));
  const found = async (filter: Parameters<typeof listAudit>[1]) =>
    (await listAudit(store, filter, { size: 10 })).records.map(({ by }) => by);
  expect(await found({})).toEqual(["ben", "ann"]);
  expect(await found({ by: ["ann"] })).toEqual(["ann"]);
  expect(await found({ action: ["signIn"], outcome: ["refused"] })).toEqual(["ben"]);
  expect(await found({ since: new Date(NOW.getTime() + 1_000) })).toEqual(["ben"]);
  expect(await found({ until: new Date(NOW.getTime() + 1_000) })).toEqual(["ann"]);
});

it.each(["x", Buffer.from("[1]").toString("base64url"), Buffer.from('["a","b"]').toString("base64url")])(
  "refuses %s as a place in it",
  async (after) => {
    const store = await openStore();
    await expect(listAudit(store, {}, { size: 1, after })).rejects.toMatchObject({ code: "STORE_CHANGE_INVALID" });
  },
);

it("is empty where nothing was changed, and keeps its days for ever or as long as it is told", async () => {
  const store = await openStore();
  expect(await listAudit(store, {}, { size: 1 })).toEqual({ records: [], next: null });
  await appendAudit(store, record());
  const later = new Date(NOW.getTime() + 10 * 86_400_000);
  await rotateIndices(store, later);
  const pruned = async (auditDays?: number) =>
    (await pruneIndices(store, later, { eventsDays: 8, serviceDays: 8, ...(auditDays && { auditDays }) })).filter(
      (name) => name.includes("audit"),
    );
  expect(await pruned()).toEqual([]);
  expect(await pruned(10)).toEqual([]);
  expect(await pruned(9)).toEqual(["mozdefaudit-20170101"]);
});
