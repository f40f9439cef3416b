import type { AlertAction, DeliveryLinks } from "@mozdef/alert/runtime";
import { describe, expect, it } from "vitest";
import { doorPack } from "./support/alerts.ts";
import { testService } from "./support/test-service.ts";

const publicUrl = "https://mozdef.example.org";
const SLOT = "2026-01-01T00:01:00Z";

/** A service with a log-in, and an alert that a message is about. */
const withMessage = async (summary = "vault opened", events = 1) => {
  const got: DeliveryLinks[] = [];
  const action: AlertAction = {
    kind: "chat",
    send: (_message, { links }) => {
      if (links !== undefined) got.push(links);
    },
  };
  const service = await testService({
    packs: [doorPack],
    config: { actions: { soc: action }, auth: {}, listen: { publicUrl } },
  });
  for (let event = 0; event < events; event++) await service.save({ category: "door", summary });
  await service.tickAt(SLOT);
  await service.outbox.drain();
  const [links] = got;
  const { pathname, search } = new URL(links?.acknowledge ?? "");
  const ask = (change: { method?: "GET" | "POST"; path?: string; query?: string; headers?: object } = {}) =>
    service.app.inject({
      method: change.method ?? "GET",
      url: `${change.path ?? pathname}?${change.query ?? search.slice(1)}`,
      headers: { host: "mozdef.example.org", ...change.headers },
    });
  const id = decodeURIComponent(pathname.split("/").at(-1) ?? "");
  return { ...service, links, ask, id, query: search.slice(1), pathname };
};

const FORM = {
  "content-type": "application/x-www-form-urlencoded",
  origin: publicUrl,
  "sec-fetch-site": "same-origin",
};

describe("links of a message", () => {
  it("lead to the alert, and to a page that asks before it acknowledges", async () => {
    const { links, ask, id, call, logIn } = await withMessage();
    expect(links?.alert).toBe(`${publicUrl}/alerts/${id}`);
    const page = await ask();
    expect([page.statusCode, page.headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
    expect(page.body).toContain("Acknowledge this alert?");
    expect(page.body).toContain("vault opened");
    const { secret } = await logIn.tokens.create({ name: "reader", scope: "admin", by: "test" });
    const as = { authorization: `Bearer ${secret}` };
    const status = async () => (await call({ url: `/api/alerts/${id}`, headers: as })).body._source.status;
    expect(await status()).toBe("manual");

    const done = await ask({ method: "POST", headers: FORM });
    expect(done.statusCode).toBe(200);
    expect(done.body).toContain("By soc (by link).");
    expect(await status()).toBe("acknowledged");
    const { body } = await call({ url: "/api/audit", headers: as });
    expect(JSON.stringify(body)).toContain('"acknowledgeByLink"');
    expect((await ask()).body).toContain("By soc (by link).");
    expect((await ask({ method: "POST" })).statusCode).toBe(200);
  });

  it("acknowledge for a bot that posts to them", async () => {
    const { ask } = await withMessage();
    expect((await ask({ method: "POST" })).body).toContain("Acknowledged");
  });

  it.each(["target", "until", "signature"])("are wrong with another %s", async (key) => {
    const { ask, query } = await withMessage();
    const other = new URLSearchParams(query);
    other.set(key, `${other.get(key) ?? ""}1`);
    for (const method of ["GET", "POST"] as const) {
      const { statusCode, body } = await ask({ method, query: other.toString() });
      expect([statusCode, body]).toEqual([403, expect.stringContaining("not a link of this service")]);
    }
  });

  it("are wrong for another alert, and without any of their parts", async () => {
    const { ask } = await withMessage();
    expect((await ask({ method: "POST", path: "/acknowledge/other" })).statusCode).toBe(403);
    expect((await ask({ method: "POST", query: "target=soc" })).statusCode).toBe(400);
  });

  it("end after a week", async () => {
    const { ask, clock } = await withMessage();
    clock.set("2026-01-08T23:00:00Z");
    expect((await ask()).statusCode).toBe(200);
    clock.set("2026-01-09T00:00:01Z");
    const { statusCode, body } = await ask({ method: "POST" });
    expect([statusCode, body]).toEqual([403, expect.stringContaining("over a week old")]);
  });

  it("say when there is nothing to do, or no alert any more", async () => {
    const { ask, id, opened, logIn, call } = await withMessage();
    const { secret } = await logIn.tokens.create({ name: "analyst", scope: "handle", by: "test" });
    const headers = { authorization: `Bearer ${secret}` };
    const json = { reason: "benign" };
    await call({ method: "POST", url: `/api/alerts/${id}/close`, headers, json });
    expect((await ask({ method: "POST" })).body).toContain("This alert is closed");
    const { client, names } = opened.store;
    await client.indices.delete({ index: names.physical("alerts-202601") });
    expect((await ask()).statusCode).toBe(404);
  });

  it("are not followed by pages of others", async () => {
    const { ask } = await withMessage();
    const { statusCode } = await ask({ method: "POST", headers: { ...FORM, origin: "https://evil.example" } });
    expect(statusCode).toBe(403);
  });

  it("show text of events as text", async () => {
    const { ask } = await withMessage('<script>alert(1)</script>"\u202E');
    const { body, headers } = await ask();
    expect(body).toContain("&lt;script&gt;alert(1)&lt;/script&gt;&quot;");
    expect(body).not.toContain("\u202E");
    expect(headers["content-security-policy"]).toContain("default-src 'none'");
    expect(headers["referrer-policy"]).toBe("same-origin");
  });

  it("are signed with the same key by every instance on the store, and by no other", async () => {
    const { pathname, query, opened } = await withMessage();
    const other = await testService({
      ...{ packs: [doorPack], openStore: () => Promise.resolve({ ...opened, close: () => Promise.resolve() }) },
      config: { auth: {}, listen: { publicUrl } },
    });
    const url = `${pathname}?${query}`;
    const asked = async (app: typeof other.app) =>
      (await app.inject({ url, headers: { host: "mozdef.example.org" } })).statusCode;
    expect(await asked(other.app)).toBe(200);
    const stranger = await withMessage();
    expect(await asked(stranger.app)).toBe(403);
  });
});

it("has no links where nobody knows the address of the service", async () => {
  const links: unknown[] = [];
  const service = await testService({
    packs: [doorPack],
    config: { actions: { soc: { kind: "chat", send: (_message, context) => void links.push(context.links) } } },
  });
  await service.save({ category: "door", summary: "opened" });
  await service.tickAt(SLOT);
  await service.outbox.drain();
  expect(links).toEqual([undefined]);
  const { statusCode } = await service.app.inject("/acknowledge/x?target=a&until=1&signature=b");
  expect(statusCode).toBe(403);
});
