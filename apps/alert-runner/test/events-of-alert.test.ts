import type { Alert, EventHistogram, Explanation } from "@mozdef/alert-api";
import { describe, expect, it } from "vitest";
import { doorPack } from "./support/alerts.ts";
import { testService } from "./support/test-service.ts";

const knocks = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    ...{ category: "knock", hostname: "gate", summary: `knock ${index}` },
    utctimestamp: `2026-01-01T00:00:${String(index).padStart(2, "0")}Z`,
  }));

/** An alert over more events than it carries along, and one over others. */
const withAlerts = async () => {
  const service = await testService({ packs: [doorPack] });
  await service.save(...knocks(25), { category: "door", summary: "door" });
  await service.tickAt("2026-01-01T00:01:00Z");
  const [listed] = (await service.call({ url: "/api/alerts?classname=AlertKnocks" })).body.alerts;
  const alert = (await service.call({ url: `/api/alerts/${listed?._id ?? ""}` })).body as unknown as Alert;
  return { ...service, alert };
};

/** What the page of an alert asks for. */
describe("the events of an alert", () => {
  it("are all found by its id, also those that it does not carry along", async () => {
    const { call, alert } = await withAlerts();
    const text = encodeURIComponent(`alerts.id:"${alert._id}"`);
    const counted = (await call({ url: `/api/events-over-time?text=${text}` })).body as unknown as EventHistogram;
    expect(counted.buckets.reduce((sum, { count }) => sum + count, 0)).toBe(25);
    expect(alert._source.events?.length).toBeLessThan(25);
    expect((await call({ url: `/api/events?text=${text}` })).body.total).toBe(25);
  });

  it("are explained as of the time of the alert, when nothing but its mark keeps them out", async () => {
    const { call, alert, clock } = await withAlerts();
    clock.set("2026-01-01T09:00:00Z");
    const [event] = alert._source.events ?? [];
    const { body } = await call({
      method: "POST",
      url: "/api/schedules/AlertKnocks/explain",
      json: {
        event: { index: event?.documentindex, id: event?.documentid },
        at: new Date(String(alert._source.utctimestamp)).toISOString(),
      },
    });
    const clauses = (body as unknown as Explanation).searches.flatMap(({ queries }) =>
      queries.flatMap((query) => query.clauses),
    );
    expect(clauses.length).toBeGreaterThan(1);
    expect(clauses.filter(({ passes }) => passes === 0)).toMatchObject([
      { part: "runtime", text: expect.stringContaining("alert_names") },
    ]);
  });
});
