import { AlertTask, crontab, definePack, eachEvent } from "@mozdef/alert";
import { SearchQuery, TermMatch } from "@mozdef/query";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { silencePack } from "./support/alerts.ts";
import { testService } from "./support/test-service.ts";

class AlertLamp extends AlertTask.withConfig(
  z.object({ rooms: z.array(z.string()).default(["hall"]), apiToken: z.string().default("t0p"), most: z.number() }),
) {
  main() {
    return eachEvent(SearchQuery({ minutes: 5 }).must(TermMatch("category", "lamp")));
  }
  onEvent() {
    return { summary: "a lamp", category: "lamp", tags: [] };
  }
}

const lampPack = definePack({
  alerts: {
    AlertLamp: {
      task: AlertLamp,
      config: { most: 2 },
      schedule: crontab({ minute: 0, hour: 9, timezone: "Europe/Berlin" }),
    },
  },
});

const URL = "/api/schedules/AlertLamp";

describe("/api/schedules/{name}", () => {
  it("has the next slots, the configuration, and where it comes from", async () => {
    const { call } = await testService({ packs: [lampPack] });
    const { status, body } = await call({ url: URL });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      schedule: { name: "AlertLamp", schedule: "0 9 * * * Europe/Berlin" },
      fields: { crontab: { minute: "0", hour: "9", dayOfWeek: "*", timezone: "Europe/Berlin" } },
      upcoming: [1, 2, 3, 4, 5].map((day) => `2026-01-0${day}T08:00:00+00:00`),
      origins: { schedule: "pack", enabled: "pack" },
      config: [
        { key: "rooms", value: '["hall"]', origin: "default" },
        { key: "apiToken", value: null, origin: "default" },
        { key: "most", value: "2", origin: "pack" },
      ],
    });
  });

  it("says what the configuration has set, and what people have", async () => {
    const config = { alerts: { AlertLamp: { enabled: false, config: { most: 3 } } } };
    const { call } = await testService({ packs: [lampPack], config });
    await call({ method: "PATCH", url: URL, json: { schedule: { interval: { seconds: 90 } } } });
    expect((await call({ url: URL })).body).toMatchObject({
      fields: { interval: { seconds: 90 } },
      origins: { schedule: "people", enabled: "configuration" },
      config: [{}, {}, { key: "most", value: "3", origin: "configuration" }],
    });
  });

  it("keeps why somebody has changed it", async () => {
    const { call } = await testService({ packs: [lampPack] });
    const json = { enabled: false, reason: " the lamp is broken ", by: "ann" };
    await call({ method: "PATCH", url: URL, json });
    expect((await call({ url: `${URL}/changes` })).body).toEqual({
      changes: [{ at: "2026-01-01T00:00:30+00:00", by: "ann", enabled: false, reason: "the lamp is broken" }],
    });
    const refused = await call({ method: "PATCH", url: URL, json: { ...json, reason: "x".repeat(1_001) } });
    expect([refused.status, refused.body.error.code]).toEqual([400, "PARAMETER_INVALID"]);
  });

  it("is 404 for an alert that is not there", async () => {
    const { call } = await testService({ packs: [silencePack] });
    expect(await call({ url: URL })).toMatchObject({ status: 404, body: { error: { code: "SCHEDULE_NOT_FOUND" } } });
  });
});

describe("/api/schedules/preview", () => {
  it("shows the slots of a schedule, and changes nothing", async () => {
    const { call, scheduler } = await testService({ packs: [silencePack] });
    const json = { schedule: { crontab: { minute: "*/20" } } };
    const { status, body } = await call({ method: "POST", url: "/api/schedules/preview", json });
    expect([status, body]).toEqual([
      200,
      {
        schedule: "*/20 * * * *",
        upcoming: ["00:20", "00:40", "01:00", "01:20", "01:40"].map((time) => `2026-01-01T${time}:00+00:00`),
      },
    ]);
    expect(scheduler.states[0]?.setting).toEqual({});
  });

  it("refuses one that makes no sense, with the field", async () => {
    const { call } = await testService({ packs: [silencePack] });
    const json = { schedule: { crontab: { hour: "25" } } };
    const { status, body } = await call({ method: "POST", url: "/api/schedules/preview", json });
    expect([status, body.error.code]).toEqual([400, "SCHEDULE_INVALID"]);
    expect(body.error.message).toContain('"hour"');
  });
});
