import { type AlertFilter, alertGroups, type AlertStore, listAlerts } from "@mozdef/alert-store";
import { expect, it } from "vitest";
import { NOW, openStore } from "./open-store.ts";

const HOSTILE = '<img src=x onerror="1">\u202e';

const alert = (id: string, minutesAgo: number, fields: object) => ({
  ...{ id, utctimestamp: new Date(NOW.getTime() - minutesAgo * 60_000).toISOString(), summary: `alert ${id}` },
  ...{ status: "manual", severity: "NOTICE", ...fields },
});

const stored = async (...alerts: readonly { readonly id: string }[]): Promise<AlertStore> => {
  const store = await openStore();
  const _index = store.names.physical("alerts");
  const operations = alerts.flatMap(({ id, ...source }) => [{ index: { _index, _id: id } }, source]);
  const { errors } = await store.client.bulk({ operations, refresh: true });
  expect(errors).toBe(false);
  return store;
};

const some = () =>
  stored(
    alert("1", 1, { classname: "Ssh", severity: "WARNING", entities: { id: "1", ip: ["192.0.2.7"], user: ["ann"] } }),
    alert("2", 2, { classname: "Ssh", severity: "critical", status: "closed", entities: { id: "2", user: ["ann"] } }),
    alert("3", 3, {
      classname: "Ssh",
      severity: "odd",
      acknowledged: NOW,
      entities: { id: "3", host: ["ann", "UNKNOWN"] },
    }),
    alert("4", 4, { classname: "Door", entities: { id: "4", ip: ["::1", "192.0.2.7"], port: ["22"], user: ["22"] } }),
    alert("5", 5, { classname: HOSTILE, summary: HOSTILE, entities: { id: "5", port: ["22"] } }),
    alert("6", 6, { classname: "", severity: "odd", summary: undefined }),
  );

const rows = async (store: AlertStore, by: "classname" | "entity", filter: AlertFilter = {}) => {
  const { total, groups } = await alertGroups(store, filter, by);
  return [total, ...groups.map((group) => [group.value, group.count, group.open, group.severity, group.newest.id])];
};

it("groups alerts by name, with the worst severity and the newest of each", async () => {
  const store = await some();
  expect(await rows(store, "classname")).toEqual([
    3,
    ["Ssh", 3, 2, "critical", "1"],
    [HOSTILE, 1, 1, "NOTICE", "5"],
    ["Door", 1, 1, "NOTICE", "4"],
  ]);
  const { groups } = await alertGroups(store, { classname: [HOSTILE] }, "classname");
  expect(groups[0]?.newest).toMatchObject({
    id: "5",
    summary: HOSTILE,
    utctimestamp: expect.stringContaining("T00:55"),
  });
});

it("groups alerts by what they are about, each in as many groups as it is about, and never counts one twice", async () => {
  const store = await some();
  expect(await rows(store, "entity")).toEqual([
    4,
    ["ann", 3, 2, "critical", "1"],
    ["192.0.2.7", 2, 2, "WARNING", "1"],
    ["22", 2, 2, "NOTICE", "4"],
    ["::1", 1, 1, "NOTICE", "4"],
  ]);
});

it("counts what the list narrowed to the group has", async () => {
  const store = await some();
  for (const filter of [{}, { open: true }, { acknowledged: false }, { text: "alert" }])
    for (const by of ["classname", "entity"] as const)
      for (const { value, count } of (await alertGroups(store, filter, by)).groups)
        expect([value, (await listAlerts(store, { ...filter, [by]: [value] })).total]).toEqual([value, count]);
});

it.each<readonly [AlertFilter, readonly unknown[]]>([
  [{ entity: ["ann", "nobody", "ann"] }, [1, ["ann", 3, 2, "critical", "1"]]],
  [{ acknowledged: true }, [1, ["ann", 1, 1, "odd", "3"]]],
  [{ severity: ["nothing"] }, [0]],
])("has only the groups that the filter %j leaves", async (filter, groups) => {
  expect(await rows(await some(), "entity", filter)).toEqual(groups);
});

it("tells an acknowledged alert from others, whatever its status", async () => {
  const store = await some();
  const totals = [{ acknowledged: true }, { acknowledged: false }].map(async (filter) => listAlerts(store, filter));
  expect((await Promise.all(totals)).map(({ total }) => total)).toEqual([1, 5]);
});

it("tells of the 200 largest groups, and how many there are", { timeout: 60_000 }, async () => {
  const many = Array.from({ length: 10_500 }, (_, at) =>
    alert(`${at}`, 1, { classname: `Alert${at % 10_050}`, entities: { id: `${at}` } }),
  );
  const { total, groups } = await alertGroups(await stored(...many), {}, "classname");
  expect([total, groups.length]).toEqual([10_050, 200]);
  expect(groups.every(({ count }) => count === 2)).toBe(true);
});

it("has no group in an empty store", async () => {
  const store = await openStore();
  for (const by of ["classname", "entity"] as const)
    expect(await alertGroups(store, {}, by)).toEqual({ total: 0, groups: [] });
});
