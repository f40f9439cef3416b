import type { Backfill } from "@mozdef/alert-api";
import { describe, expect, it } from "vitest";
import { doorPack } from "./support/alerts.ts";
import { testService } from "./support/test-service.ts";

const setUp = async () => {
  const service = await testService({ packs: [doorPack] });
  await service.tickAt("2026-01-01T00:05:00Z");
  const list = async (): Promise<readonly Backfill[]> => {
    const { body } = await service.call({ url: "/api/backfills" });
    return (body as unknown as { readonly backfills: readonly Backfill[] }).backfills;
  };
  const post = (json: object) => service.call({ method: "POST", url: "/api/backfills", json });
  return { ...service, list, post };
};

const wanted = { alerts: ["AlertDoor"], from: "2026-01-01T00:01:00Z", to: "2026-01-01T00:04:00Z", by: "ann" };

describe("/api/backfills", () => {
  it("has slots of the past looked at once more, and says what came of it", async () => {
    const { list, post, tickAt } = await setUp();
    expect(await list()).toEqual([]);
    const { status, body } = await post(wanted);
    const { id } = body as unknown as Backfill;
    expect([status, body]).toMatchObject([
      201,
      {
        ...{ reason: "asked", status: "open", alerts: ["AlertDoor"], notify: false, by: "ann", runs: 0 },
        ...{ from: "2026-01-01T00:01:00+00:00", to: "2026-01-01T00:04:00+00:00", endedAt: null },
      },
    ]);
    await tickAt("2026-01-01T00:06:00Z");
    expect(await list()).toMatchObject([
      { ...{ id, status: "done", runs: 3, failed: 0, endedAt: "2026-01-01T00:06:00+00:00" } },
    ]);
  });

  it("ends one", async () => {
    const { list, post, call } = await setUp();
    const { id } = (await post(wanted)).body as unknown as Backfill;
    const ended = await call({ method: "DELETE", url: `/api/backfills/${id}` });
    expect([ended.status, ended.body]).toMatchObject([200, { id, status: "cancelled" }]);
    expect(await list()).toMatchObject([{ status: "cancelled", runs: 0 }]);
    expect(await call({ method: "DELETE", url: "/api/backfills/none" })).toMatchObject({
      status: 404,
      body: { error: { code: "BACKFILL_NOT_FOUND" } },
    });
  });

  it.each([
    [{ ...wanted, alerts: ["AlertNone"] }, 404, "SCHEDULE_NOT_FOUND"],
    [{ ...wanted, to: "2027-01-01T00:00:00Z" }, 400, "BACKFILL_INVALID"],
    [{ ...wanted, from: "yesterday" }, 400, "PARAMETER_INVALID"],
  ])("refuses %j", async (json, status, code) => {
    const { post } = await setUp();
    expect(await post(json)).toMatchObject({ status, body: { error: { code } } });
  });
});
