import { dailyMaintenance } from "@mozdef/alert-engine";
import { describe, expect, it } from "vitest";
import { silencePack } from "./scheduled-alerts.ts";
import { testEngine } from "./test-engine.ts";

const retention = { eventsDays: 180, serviceDays: 7 };
const NOON = new Date("2026-01-01T12:00:00Z");

describe("daily maintenance", () => {
  it("goes on without what alerts do not depend on, says so once, and tries again", async () => {
    const { store, observer } = await testEngine([silencePack]);
    const taken = store.names.physical("events-20260102");
    await store.client.indices.create({ index: taken });
    const maintenance = dailyMaintenance(store, retention, observer);
    await maintenance.run(NOON);
    await maintenance.run(NOON);
    expect(maintenance.failure).toMatchObject({ code: "STORE_INDEX_FOREIGN" });
    expect(observer.onMaintenanceFailure).toHaveBeenCalledTimes(1);
    await store.client.indices.delete({ index: taken });
    // Whose an index is, is asked once; a store of its own asks again.
    const again = dailyMaintenance({ ...store }, retention, observer);
    await again.run(NOON);
    expect(again.failure).toBeNull();
  });

  it("puts right what was deleted meanwhile, and says so", async () => {
    const { store, observer } = await testEngine([silencePack]);
    const maintenance = dailyMaintenance(store, retention, observer);
    await maintenance.run(NOON);
    await store.client.indices.delete({ index: store.names.physical("events-20260101") });
    await maintenance.run(new Date(NOON.getTime() + 10_000));
    await maintenance.run(new Date(NOON.getTime() + 20_000));
    expect(observer.onIndicesRestored).toHaveBeenCalledExactlyOnceWith(["events-20260101"]);
    expect(await store.client.indices.existsAlias({ name: store.names.physical("events") })).toBe(true);
  });

  it("fails when the day itself cannot be put right: searches would look at other days", async () => {
    const { store, observer } = await testEngine([silencePack]);
    const taken = store.names.physical("events-20260105");
    await store.client.indices.create({ index: taken });
    const maintenance = dailyMaintenance(store, retention, observer);
    await expect(maintenance.run(new Date("2026-01-05T12:00:00Z"))).rejects.toMatchObject({
      code: "STORE_INDEX_FOREIGN",
    });
  });
});
