import type { Delivery, Silence } from "@mozdef/alert-api";
import type { AlertAction, DeliveryEvent } from "@mozdef/alert/runtime";
import { describe, expect, it } from "vitest";
import { doorPack } from "./support/alerts.ts";
import { testService } from "./support/test-service.ts";

const SLOTS = ["2026-01-01T00:01:00Z", "2026-01-01T00:02:00Z", "2026-01-01T00:03:00Z"] as const;

const withDoor = async (config: Parameters<typeof testService>[0]["config"] = {}) => {
  const told: (readonly [event: DeliveryEvent, summary: string])[] = [];
  const action: AlertAction = {
    kind: "chat",
    events: ["trigger", "acknowledge", "resolve"],
    send: ({ _source }, { event }) => void told.push([event, _source.summary]),
  };
  const service = await testService({ packs: [doorPack], config: { actions: { soc: action }, ...config } });
  const door = async (slot: string, summary: string): Promise<void> => {
    await service.save({ category: "door", summary });
    await service.tickAt(slot);
    await service.outbox.drain();
  };
  const post = (url: string, payload: object, method: "POST" | "PATCH" | "DELETE" = "POST") =>
    service.call({ method, url, payload });
  const silences = async (query = "") =>
    (
      (await service.call({ url: `/api/silences${query}` })).body as unknown as {
        readonly silences: readonly Silence[];
      }
    ).silences;
  return { ...service, told, door, post, silences };
};

const FRONT = { summary: "front*" };

describe("silences", () => {
  it("are shown before they are made, mute, and end when somebody ends them", async () => {
    const { told, door, post, silences, call } = await withDoor();
    await door(SLOTS[0], "front door");
    const preview = await post("/api/silences/preview", { match: FRONT });
    expect(preview.body).toEqual({ looked: 1, muted: 1, names: [{ name: "AlertDoor", count: 1 }] });
    const made = await post("/api/silences", {
      ...{ match: FRONT, until: "2026-01-02T00:00:00Z", reason: "painters", by: "ann" },
    });
    expect(made).toMatchObject({ status: 201, body: { state: "active", by: "ann", match: FRONT } });
    await door(SLOTS[1], "front door again");
    const { body } = await call({ url: "/api/deliveries?status=muted" });
    const [delivery] = (body as unknown as { readonly deliveries: readonly Delivery[] }).deliveries;
    expect(delivery).toMatchObject({ target: "soc", reason: "silence of ann: painters", event: "trigger" });
    const { id } = made.body as unknown as Silence;
    expect((await post(`/api/silences/${id}`, { by: "bob" }, "DELETE")).body).toMatchObject({ state: "expired" });
    expect(await silences("?state=active")).toEqual([]);
    expect(await silences()).toMatchObject([{ id, state: "expired", changedBy: "bob" }]);
    await door(SLOTS[2], "front door once more");
    expect(told.map(([, summary]) => summary)).toEqual(["front door", "front door once more"]);
  });

  it("are changed, and refused when they are wrong", async () => {
    const { post, silences } = await withDoor();
    const made = await post("/api/silences", { match: FRONT, until: "2026-01-02T00:00:00Z", reason: "r" });
    const { id } = made.body as unknown as Silence;
    const later = await post(`/api/silences/${id}`, { until: "2026-01-03T00:00:00Z", by: "bob" }, "PATCH");
    expect(later.body).toMatchObject({ until: "2026-01-03T00:00:00+00:00", changedBy: "bob" });
    const wrong = async (payload: object) => {
      const { status, body } = await post("/api/silences", {
        ...{ match: FRONT, until: "2026-01-02T00:00:00Z", reason: "r", ...payload },
      });
      return [status, (body as unknown as { readonly error: { readonly code: string } }).error.code];
    };
    expect(await wrong({ match: {} })).toEqual([400, "SILENCE_INVALID"]);
    expect(await wrong({ match: { a: { regex: "(" } } })).toEqual([400, "SILENCE_INVALID"]);
    expect(await wrong({ until: "2025-01-01T00:00:00Z" })).toEqual([400, "SILENCE_INVALID"]);
    expect(await wrong({ reason: "" })).toEqual([400, "PARAMETER_INVALID"]);
    expect((await post("/api/silences/none", { by: "ann" }, "DELETE")).status).toBe(404);
    expect(await silences()).toHaveLength(1);
  });
});

describe("routes of the configuration", () => {
  it("say where alerts go", async () => {
    const routes = [{ name: "front", match: FRONT, to: ["soc"] }];
    const { told, door, call } = await withDoor({ routes });
    await door(SLOTS[0], "front door");
    await door(SLOTS[1], "back door");
    expect(told).toEqual([["trigger", "front door"]]);
    const { body } = await call({ url: "/api/deliveries" });
    expect(body).toMatchObject({ deliveries: [{ route: "front", times: 1 }] });
  });
});
