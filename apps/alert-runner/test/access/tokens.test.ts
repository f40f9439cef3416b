import { describe, expect, it } from "vitest";
import { doorPack } from "../support/alerts.ts";
import { LOCAL_KEY, testService } from "../support/test-service.ts";

const DAY_MS = 86_400_000;

const open = async () => {
  const service = await testService({ packs: [doorPack], config: { auth: {} } });
  const { secret: admin } = await service.logIn.tokens.create({ name: "root", scope: "admin", by: "test" });
  const { secret: intake } = await service.logIn.tokens.create({ name: "filebeat", scope: "intake", by: "test" });
  const as = (authorization: string) => ({ headers: { authorization } });
  /** The status of a request with events, and the code of its error. */
  const send = async (authorization: string) => {
    const { status, body } = await service.call({
      ...{ method: "POST", url: "/events", json: { summary: "x" } },
      ...(authorization !== "" && as(authorization)),
    });
    return [status, status === 200 ? null : body.error.code];
  };
  return { ...service, admin, intake, as, send };
};

const base64 = (text: string): string => Buffer.from(text).toString("base64");

describe("a token", () => {
  it("is taken in the ways that shippers send it", async () => {
    const { intake, send } = await open();
    for (const shown of [
      `Bearer ${intake}`,
      `bearer ${intake}`,
      `Splunk ${intake}`,
      `ApiKey ${intake}`,
      `ApiKey ${base64(`filebeat:${intake}`)}`,
      `Basic ${base64(`filebeat:${intake}`)}`,
      `Basic ${base64(`FileBeat:${intake}`)}`,
    ])
      expect([shown, await send(shown)]).toEqual([shown, [200, null]]);
  });

  it.each([
    ["nothing", () => "", "AUTHENTICATION_REQUIRED"],
    ["another one", () => "Bearer mzd_x", "AUTHENTICATION_FAILED"],
    ["another name", (secret: string) => `Basic ${base64(`root:${secret}`)}`, "AUTHENTICATION_FAILED"],
    ["no name", (secret: string) => `Basic ${base64(`:${secret}`)}`, "AUTHENTICATION_FAILED"],
    ["another scheme", (secret: string) => `Digest ${secret}`, "AUTHENTICATION_FAILED"],
    ["its hash", () => "Bearer [object Object]", "AUTHENTICATION_FAILED"],
    ["half of it", (secret: string) => `Bearer ${secret.slice(0, 20)}`, "AUTHENTICATION_FAILED"],
  ])("is not %s", async (_what, shown, code) => {
    const { intake, send, call } = await open();
    expect(await send(shown(intake))).toEqual([401, code]);
    const { headers, body } = await call({ url: "/api/alerts" });
    expect(headers["www-authenticate"]).toBe('Bearer realm="mozdef"');
    expect(body.error.message).not.toContain(intake);
  });

  it("is of no use once it is revoked, or over", async () => {
    const { admin, intake, as, call, clock, send } = await open();
    const made = await call({
      ...{
        method: "POST",
        url: "/api/tokens",
        json: { name: "short", scope: "intake", expires: "2d" },
        ...as(`Bearer ${admin}`),
      },
    });
    expect(made).toMatchObject({ status: 201, body: { token: { name: "short", createdBy: "root" } } });
    const { secret } = JSON.parse(made.text) as { secret: string };
    expect(secret).toMatch(/^mzd_[\w-]{43}$/);
    expect(await send(`Bearer ${secret}`)).toEqual([200, null]);
    clock.set(new Date(clock.now().getTime() + 2 * DAY_MS).toISOString());
    expect(await send(`Bearer ${secret}`)).toEqual([401, "AUTHENTICATION_FAILED"]);
    const revoked = { method: "DELETE", url: "/api/tokens/filebeat", ...as(`Bearer ${admin}`) } as const;
    expect(await call(revoked)).toMatchObject({ status: 200, body: { revoked: "filebeat" } });
    expect(await send(`Bearer ${intake}`)).toEqual([401, "AUTHENTICATION_FAILED"]);
    expect(await call(revoked)).toMatchObject({ status: 404, body: { error: { code: "TOKEN_NOT_FOUND" } } });
  });

  it("is listed without its secret, says when it was used, and is there once", async () => {
    const { admin, intake, as, call, send, opened } = await open();
    await send(`Bearer ${intake}`);
    const listed = () => call({ url: "/api/tokens", ...as(`Bearer ${admin}`) });
    await expect
      .poll(async () => (await listed()).body)
      .toMatchObject({
        tokens: [
          { name: "filebeat", scope: "intake", expiresAt: null, lastUsedAt: "2026-01-01T00:00:30+00:00" },
          { name: "root", scope: "admin" },
        ],
      });
    expect((await listed()).text).not.toMatch(/mzd_|hash/);
    const again = { method: "POST", url: "/api/tokens", json: { name: "FILEBEAT", scope: "admin" } } as const;
    expect(await call({ ...again, ...as(`Bearer ${admin}`) })).toMatchObject({
      ...{ status: 409, body: { error: { code: "TOKEN_EXISTS" } } },
    });
    // What is in the store is of no use to whoever reads it.
    const { hits } = await opened.store.client.search({
      index: opened.store.names.physical("mozdefstate"),
      query: { term: { type: "token" } },
    });
    expect(JSON.stringify(hits)).not.toContain(intake.slice(4));
  });

  it("that was made or revoked by another instance holds here within seconds", async () => {
    const { intake, send, clock, opened, restarted } = await open();
    expect(await send(`Bearer ${intake}`)).toEqual([200, null]);
    await restarted();
    await opened.store.client.delete({
      index: opened.store.names.physical("mozdefstate"),
      id: "token-filebeat",
      refresh: true,
    });
    clock.set("2026-01-01T00:00:36.000Z");
    expect(await send(`Bearer ${intake}`)).toEqual([401, "AUTHENTICATION_FAILED"]);
  });

  it("is of the machine itself for its commands", async () => {
    const { as, call } = await open();
    expect((await call({ url: "/api/tokens", ...as(`Bearer ${LOCAL_KEY}`) })).status).toBe(200);
  });
});

describe("a change", () => {
  it("is by whoever has signed in, whatever the request says", async () => {
    const { admin, as, call, save, tickAt } = await open();
    await save({ category: "door", summary: "front door" });
    await tickAt("2026-01-01T00:01:00Z");
    const { body } = await call({ url: "/api/alerts", ...as(`Bearer ${admin}`) });
    const url = `/api/alerts/${body.alerts[0]?._id ?? ""}/acknowledge`;
    const changed = await call({ method: "POST", url, json: { by: "the boss" }, ...as(`Bearer ${admin}`) });
    expect(changed.body._source).toMatchObject({ acknowledgedby: "root" });
    const term = [{ watchcontent: "evil" }, { userid: "the boss" }, { WatchList: true }];
    const added = await call({ method: "POST", url: "/watchitem", json: term, ...as(`Bearer ${admin}`) });
    expect(added.body).toMatchObject({ item: { creator: "root" } });
  });
});
