import { describe, expect, it } from "vitest";
import { brokenPack, doorPack } from "./support/alerts.ts";
import { testService } from "./support/test-service.ts";

interface Groups {
  readonly total: number;
  readonly groups: readonly {
    readonly value: string;
    readonly count: number;
    readonly open: number;
    readonly severity: string | null;
    readonly newest: { readonly id: string; readonly summary: unknown };
  }[];
}

const door = (summary: string, details: object = {}) => ({ category: "door", summary, details });
const knock = { category: "knock", hostname: "gate", summary: "knock" };

const withAlerts = async () => {
  const service = await testService({ packs: [doorPack, brokenPack] });
  await service.save(door("front door", { username: "ann" }), knock, knock, knock);
  await service.tickAt("2026-01-01T00:01:00Z");
  await service.save(door("back door", { username: "ann" }));
  await service.tickAt("2026-01-01T00:02:00Z");
  const groups = async (query = ""): Promise<Groups> =>
    JSON.parse((await service.call({ url: `/api/alert-groups${query}` })).text) as Groups;
  const list = async (query = "") => (await service.call({ url: `/api/alerts${query}` })).body;
  return { ...service, groups, list };
};

describe("GET /api/alert-groups", () => {
  it("groups by name unless told otherwise, with what the list narrowed to each has", async () => {
    const { groups, list } = await withAlerts();
    const { total, groups: all } = await groups();
    expect([total, all.map(({ count, open, severity }) => [count, open, severity])]).toEqual([
      2,
      [
        [2, 2, "CRITICAL"],
        [1, 1, "NOTICE"],
      ],
    ]);
    expect(all[0]?.newest.summary).toBe("back door");
    const narrowed = await list(`?classname=${encodeURIComponent(all[0]?.value ?? "")}`);
    expect([narrowed.total, narrowed.alerts[0]?._id]).toEqual([2, all[0]?.newest.id]);
  });

  it("groups by what alerts are about, with the filters of the list", async () => {
    const { groups, list, call } = await withAlerts();
    const id = (await list("?text=back")).alerts[0]?._id ?? "";
    await call({ method: "POST", url: `/api/alerts/${id}/close`, json: { reason: "benign" } });
    const { groups: all } = await groups("?by=entity&category=door&category=knock");
    expect(all.map(({ value, count, open }) => [value, count, open])).toEqual([
      ["ann", 2, 1],
      ["gate", 1, 1],
    ]);
    expect((await groups("?by=entity&open=true&category=door")).groups.map(({ count }) => count)).toEqual([1]);
    expect(await groups("?severity=nothing")).toEqual({ total: 0, groups: [] });
  });

  it.each(["by=severity", "from=5", "open=maybe"])("refuses %s", async (query) => {
    const { call } = await testService({ packs: [doorPack] });
    const { status, body } = await call({ url: `/api/alert-groups?${query}` });
    expect([status, body.error.code]).toEqual([400, "PARAMETER_INVALID"]);
  });
});

it("lists what nobody has acknowledged, closed or not, and what somebody has", async () => {
  const { list, call } = await withAlerts();
  const ids = (await list()).alerts.map(({ _id }) => _id);
  await call({ method: "POST", url: `/api/alerts/${ids[0] ?? ""}/acknowledge`, json: {} });
  await call({ method: "POST", url: `/api/alerts/${ids[0] ?? ""}/close`, json: { reason: "benign" } });
  await call({ method: "POST", url: `/api/alerts/${ids[1] ?? ""}/close`, json: { reason: "benign" } });
  const listed = async (query: string) => (await list(query)).alerts.map(({ _id }) => _id);
  expect(await listed("?acknowledged=true")).toEqual([ids[0]]);
  expect(await listed("?acknowledged=false")).toEqual(ids.slice(1));
  expect(await listed("?acknowledged=false&open=true")).toEqual(ids.slice(2));
});
