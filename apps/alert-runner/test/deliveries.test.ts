import type { Delivery, ServiceStatus } from "@mozdef/alert-api";
import type { AlertAction, AlertPlugin } from "@mozdef/alert/runtime";
import { describe, expect, it } from "vitest";
import { doorPack } from "./support/alerts.ts";
import { testService } from "./support/test-service.ts";

/** A target that can be down. */
const target = () => {
  const state = { isDown: false, sent: [] as string[] };
  const action: AlertAction = {
    kind: "chat",
    send: ({ _source }) => {
      if (state.isDown) return { refused: "404: no such channel" };
      state.sent.push(_source.summary);
      return undefined;
    },
  };
  return { state, action };
};

const louder: AlertPlugin = {
  name: "louder",
  registration: "*",
  onMessage: (alert) => ({ ...alert, summary: `${alert.summary}!` }),
};

const withDoor = async (actions: Record<string, AlertAction>) => {
  const service = await testService({ packs: [doorPack], config: { actions, plugins: [louder] } });
  await service.save({ category: "door", summary: "front door" });
  await service.tickAt("2026-01-01T00:01:00Z");
  await service.outbox.drain();
  const deliveries = async (query = "") => {
    const { body } = await service.call({ url: `/api/deliveries${query}` });
    return (body as unknown as { readonly deliveries: readonly Delivery[] }).deliveries;
  };
  const status = async () => (await service.call({ url: "/status" })).body as unknown as ServiceStatus;
  return { ...service, deliveries, status };
};

describe("an alert that was made", () => {
  it("goes through the plugins and to the actions of the configuration", async () => {
    const { state, action } = target();
    const { deliveries, status, metrics } = await withDoor({ soc: action });
    expect(state.sent).toEqual(["front door!"]);
    expect(await deliveries()).toMatchObject([
      {
        target: "soc",
        status: "done",
        attempts: 1,
        error: null,
        name: "AlertDoor",
        id: expect.stringMatching(/~soc$/),
      },
    ]);
    expect(await status()).toMatchObject({
      status: "ok",
      deliveries: [{ target: "soc", configured: true, pending: 0, done: 1, dead: 0, failures: 0, error: null }],
    });
    expect(await metrics.registry.metrics()).toContain('mozdef_delivery_attempts_total{target="soc",outcome="sent"} 1');
  });

  it("is told of in /status and /api/deliveries when a target refuses it, and sent again when asked to", async () => {
    const { state, action } = target();
    state.isDown = true;
    const { deliveries, status, call, outbox } = await withDoor({ soc: action });
    expect(await status()).toMatchObject({
      status: "degraded",
      problems: [{ code: "DELIVERIES_DEAD", names: ["soc"] }],
      deliveries: [{ target: "soc", dead: 1, error: "404: no such channel" }],
    });
    const [dead] = await deliveries("?status=dead&target=soc");
    state.isDown = false;
    const replayed = await call({
      method: "POST",
      url: "/api/deliveries/replay",
      json: { ids: [dead?.id, "no~such"] },
    });
    expect(replayed.body).toEqual({ replayed: [dead?.id], missing: ["no~such"], more: false });
    await outbox.drain();
    expect(state.sent).toEqual(["front door!"]);
    expect(await deliveries(`?alert=${dead?.alert ?? ""}`)).toMatchObject([{ status: "done", attempts: 1 }]);
    expect(await status()).toMatchObject({ status: "ok" });
  });

  it("is sent again with everything else that was given up for a target", async () => {
    const { state, action } = target();
    state.isDown = true;
    const { call, outbox } = await withDoor({ soc: action });
    state.isDown = false;
    const { body } = await call({ method: "POST", url: "/api/deliveries/replay", json: { target: "soc" } });
    expect(body).toMatchObject({ missing: [], more: false });
    await outbox.drain();
    expect(state.sent).toHaveLength(1);
  });

  it.each([{}, { ids: ["a"], target: "soc" }, { ids: [] }, { target: "" }])("is not sent again by %j", async (json) => {
    const { call } = await testService({ packs: [doorPack] });
    const { status, body } = await call({ method: "POST", url: "/api/deliveries/replay", json });
    expect([status, body.error.code]).toEqual([400, "PARAMETER_INVALID"]);
  });
});
