import { ApiError, createClient } from "@mozdef/alert-api/client";
import { describe, expect, it } from "vitest";
import { doorPack } from "./support/alerts.ts";
import { LOCAL_KEY, testService } from "./support/test-service.ts";

/** A service that listens, with a client of it. */
const listening = async (auth?: object) => {
  const service = await testService({ packs: [doorPack], config: auth === undefined ? {} : { auth } });
  const url = await service.app.listen({ host: "127.0.0.1", port: 0 });
  return { ...service, url, client: createClient({ url }) };
};

describe("the client of @mozdef/alert-api", () => {
  it("sends events, reads the alert they make, and says what becomes of it", async () => {
    const { client, tickAt } = await listening();
    const report = await client.takeEvents({ body: { category: "door", summary: "front door" } });
    await tickAt("2026-01-01T00:01:00Z");
    const { alerts } = await client.listAlerts({ query: { severity: "CRITICAL", open: "true", size: 5 } });
    const [alert] = alerts;
    expect([report.saved, alerts.length, alert?._source.summary]).toEqual([1, 1, "front door"]);
    const params = { id: alert?._id ?? "" };
    await client.assignAlert({ params, body: { assignee: "ann", by: "ben" } });
    await client.closeAlert({ params, body: { reason: "benign", by: "ann" } });
    const { _source } = await client.getAlert({ params });
    expect(_source).toMatchObject({ status: "closed", assignee: "ann", closereason: "benign", closedby: "ann" });
    await expect(client.exportAlertsAsCsv()).resolves.toContain("front door");
  });

  it("tells what the service refuses, with its code", async () => {
    const { client } = await listening();
    const call = client.getAlert({ params: { id: "../schedules" } });
    await expect(call).rejects.toBeInstanceOf(ApiError);
    await expect(call).rejects.toMatchObject({ status: 404, code: "ALERT_NOT_FOUND" });
    await expect(client.listAlerts({ query: { since: "yesterday" } })).rejects.toMatchObject({
      status: 400,
      code: "PARAMETER_INVALID",
      message: expect.stringContaining("expected a time in ISO 8601"),
    });
  });

  it("signs in with a token", async () => {
    const { client, url } = await listening({});
    await expect(client.listAlerts()).rejects.toMatchObject({ status: 401, code: "AUTHENTICATION_REQUIRED" });
    const admin = createClient({ url, token: LOCAL_KEY });
    const { secret } = await admin.createToken({ body: { name: "reader", scope: "read" } });
    const reader = createClient({ url, token: secret });
    await expect(reader.listAlerts()).resolves.toMatchObject({ total: 0 });
    await expect(reader.listTokens()).rejects.toMatchObject({ status: 403, code: "SCOPE_MISSING" });
  });
});
