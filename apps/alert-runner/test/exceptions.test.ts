import type { Exception, ExceptionPreview } from "@mozdef/alert-api";
import { describe, expect, it } from "vitest";
import { doorPack } from "./support/alerts.ts";
import { LOCAL_KEY, testService } from "./support/test-service.ts";

const SLOTS = ["2026-01-01T00:01:00Z", "2026-01-01T00:02:00Z", "2026-01-01T00:03:00Z"] as const;
const URL = "/api/schedules/AlertDoor/exceptions";
const FRONT = { hostname: ["front", "side"] };
const WANTED = { match: FRONT, reason: "painters", until: null, by: "ann" };
const configured = { match: { hostname: "cellar" }, reason: "a door for cats", until: "2026-06-30" };

const opened = async () => {
  const service = await testService({
    packs: [doorPack],
    config: { alerts: { AlertDoor: { exceptions: [configured] } }, auth: {} },
  });
  const call: typeof service.call = (options) =>
    service.call({ headers: { authorization: `Bearer ${LOCAL_KEY}` }, ...options });
  const doors = async (slot: string, ...hosts: readonly string[]): Promise<readonly unknown[]> => {
    await service.save(...hosts.map((hostname) => ({ category: "door", summary: `door ${hostname}`, hostname })));
    await service.tickAt(slot);
    return summaries();
  };
  const summaries = async () =>
    (await call({ url: "/api/alerts?size=100" })).body.alerts.map(({ _source }) => _source.summary).sort();
  const make = async (json: object = WANTED) => call({ method: "POST", url: URL, json });
  const exceptions = async (): Promise<readonly Exception[]> =>
    (JSON.parse((await call({ url: URL })).text) as { readonly exceptions: readonly Exception[] }).exceptions;
  return { ...service, call, doors, summaries, make, exceptions };
};

describe("exceptions of an alert", () => {
  it("are left out from the next slot on, beside those of the configuration, until somebody ends them", async () => {
    const { doors, make, call, exceptions } = await opened();
    expect(await doors(SLOTS[0], "front", "cellar")).toEqual(["door front"]);
    const made = await make();
    expect(made).toMatchObject({ status: 201, body: { origin: "people", state: "active", until: null } });
    const { id, by } = made.body as unknown as Exception;
    expect(await doors(SLOTS[1], "side", "cellar", "back")).toEqual(["door back", "door front"]);
    expect(await call({ method: "DELETE", url: `${URL}/${String(id)}`, json: {} })).toMatchObject({
      status: 200,
      body: { id, state: "expired", endedBy: by, endedAt: "2026-01-01T00:02:00+00:00" },
    });
    // An event of the window that was left out before is seen again, as if the exception had never been.
    expect(await doors(SLOTS[2])).toEqual(["door back", "door front", "door side"]);
    expect(await exceptions()).toMatchObject([
      { id: null, origin: "configuration", state: "active", until: "2026-06-30T00:00:00+00:00", by: null },
      { id, origin: "people", state: "expired", reason: "painters" },
    ]);
    const { body } = await call({ url: "/api/audit" });
    const { entries } = body as unknown as { readonly entries: readonly object[] };
    expect(entries).toMatchObject([
      { action: "endException", target: `AlertDoor/${String(id)}`, outcome: "done" },
      { action: "createException", target: "AlertDoor", outcome: "done", detail: { reason: "painters" } },
    ]);
  });

  it("are left out of explanations and backtests, too", async () => {
    const { doors, make, call } = await opened();
    await make();
    await doors(SLOTS[0], "front", "back");
    const backtest = await call({ method: "POST", url: "/api/schedules/AlertDoor/backtest", json: {} });
    expect(backtest.text).toContain("door back");
    expect(backtest.text).not.toContain("door front");
    const explained = await call({ method: "POST", url: "/api/schedules/AlertDoor/explain", json: {} });
    expect(explained.text).toContain("side");
  });

  it("are known to an instance that is started later, and to the runs of others", async () => {
    const { make, save, clock, restarted, summaries } = await opened();
    await make();
    await save({ category: "door", summary: "door front", hostname: "front" });
    clock.set(SLOTS[0]);
    const { done } = await (await restarted()).tick();
    await done;
    expect(await summaries()).toEqual([]);
  });

  it("show before how many events of the last day they would leave out", async () => {
    const { doors, call } = await opened();
    await doors(SLOTS[0], "front", "side", "cellar", "back");
    const { body } = await call({ method: "POST", url: `${URL}/preview`, json: { match: FRONT } });
    expect(body as unknown as ExceptionPreview).toEqual({
      searches: [{ name: "AlertDoor", looked: 3, leftOut: 2 }],
      moreSearches: 0,
      errors: [],
    });
  });

  it.each([
    ["EXCEPTION_INVALID", { match: {} }],
    ["EXCEPTION_INVALID", { until: "2025-01-01" }],
    ["EXCEPTION_INVALID", { match: { "details.sourceipaddress": "no address" } }],
    ["PARAMETER_INVALID", { until: undefined }],
    ["PARAMETER_INVALID", { reason: " " }],
    ["PARAMETER_INVALID", { match: { hostname: [] } }],
    ["PARAMETER_INVALID", { match: { hostname: { not: "front" } } }],
  ])("are refused with %s: %j", async (code, change) => {
    const { make, exceptions } = await opened();
    expect(await make({ ...WANTED, ...change })).toMatchObject({ status: 400, body: { error: { code } } });
    expect(await exceptions()).toHaveLength(1);
  });

  it("belong to one alert", async () => {
    const { make, call } = await opened();
    const { id } = (await make()).body as unknown as Exception;
    const other = "/api/schedules/AlertKnocks/exceptions";
    expect(await call({ url: other })).toMatchObject({ body: { exceptions: [] } });
    for (const url of [`${other}/${String(id)}`, `${URL}/none`]) {
      const missing = { status: 404, body: { error: { code: "EXCEPTION_NOT_FOUND" } } };
      expect(await call({ url })).toMatchObject(missing);
      expect(await call({ method: "DELETE", url, json: {} })).toMatchObject(missing);
    }
    expect(await call({ url: "/api/schedules/none/exceptions" })).toMatchObject({
      status: 404,
      body: { error: { code: "SCHEDULE_NOT_FOUND" } },
    });
  });
});
