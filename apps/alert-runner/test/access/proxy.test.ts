import { request } from "node:http";
import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { describe, expect, it, onTestFinished } from "vitest";
import { readConfig } from "../../src/config/define-config.ts";
import { silencePack } from "../support/alerts.ts";
import { freePort } from "../support/free-port.ts";
import { createSite, startService } from "../support/service-process.ts";
import { testService } from "../support/test-service.ts";

const PROXY = "10.0.0.5";

const open = async () => {
  const proxyHeader = { name: "X-Auth-User", trusted: [PROXY], roles: { Ann: "operator" as const } };
  const service = await testService({
    packs: [silencePack],
    config: {
      auth: { proxyHeader },
      listen: { host: "0.0.0.0", behindProxy: { trusted: [PROXY] }, allowedHosts: ["soc.example.org"] },
    },
  });
  const from = async (remoteAddress: string, headers: Record<string, string>, url = "/api/session", json?: object) => {
    const {
      status,
      body,
      text: whole,
    } = await service.call({
      ...{ method: json === undefined ? "GET" : "POST", url, remoteAddress, json },
      headers: { host: "soc.example.org", ...headers },
    });
    return { status, code: status < 400 ? null : body.error.code, session: JSON.parse(whole) as object };
  };
  return { ...service, from };
};

const SILENCE = { match: { classname: "AlertDoor" }, until: "2026-01-02T00:00:00Z", reason: "moving" };

describe("a header of a proxy", () => {
  it("says who somebody is, when it comes from the proxy", async () => {
    const { from } = await open();
    expect((await from(PROXY, { "x-auth-user": "ben" })).session).toMatchObject({ name: "ben", scope: "read" });
    expect((await from(PROXY, { "x-auth-user": "ann" })).session).toMatchObject({ name: "ann", scope: "operate" });
    const made = await from(PROXY, { "x-auth-user": "ann" }, "/api/silences", { ...SILENCE, by: "ben" });
    expect(made).toMatchObject({ status: 201, session: { by: "ann" } });
    expect(await from(PROXY, { "x-auth-user": "ben" }, "/api/silences", SILENCE)).toMatchObject({
      code: "SCOPE_MISSING",
    });
  });

  it("is nothing when it comes from anybody else, whatever they say of addresses", async () => {
    const { from } = await open();
    for (const headers of [{}, { "x-forwarded-for": PROXY }, { "x-forwarded-for": `${PROXY}, 192.0.2.7` }])
      expect(await from("10.0.0.6", { "x-auth-user": "ann", ...headers }, "/api/alerts")).toMatchObject({
        status: 401,
      });
  });

  it.each(["ann, eve", "ann;eve", "a b", "x".repeat(201)])("is not taken for a name: %s", async (name) => {
    const { from } = await open();
    expect(await from(PROXY, { "x-auth-user": name }, "/api/alerts")).toMatchObject({ code: "AUTHENTICATION_FAILED" });
  });

  it("is no reason to work for pages of others", async () => {
    const { from } = await open();
    const ann = { "x-auth-user": "ann" };
    const foreign = await from(PROXY, { ...ann, origin: "https://evil.example" }, "/api/silences", SILENCE);
    expect(foreign.code).toBe("ORIGIN_FORBIDDEN");
    const elsewhere = { ...ann, "sec-fetch-site": "cross-site" };
    expect(await from(PROXY, elsewhere, "/api/alerts")).toMatchObject({ code: "ORIGIN_FORBIDDEN" });
    const link = { ...elsewhere, "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };
    expect(await from(PROXY, link, "/api/alerts")).toMatchObject({ status: 401 });
  });

  it("is told apart from where somebody is: that is what the proxy says", async () => {
    const { from, logIn, call } = await open();
    await from(PROXY, { "x-auth-user": "ann", "x-forwarded-for": "198.51.100.7" }, "/api/silences", SILENCE);
    const { secret } = await logIn.tokens.create({ name: "root", scope: "admin", by: "test" });
    const audit = await call({ url: "/api/audit", headers: { host: "localhost", authorization: `Bearer ${secret}` } });
    expect(JSON.parse(audit.text)).toMatchObject({ entries: [{ by: "ann", via: "proxy", address: "198.51.100.7" }] });
  });

  it("works with the service as a process of its own", { timeout: 60_000 }, async () => {
    const port = await freePort();
    const auth = { proxyHeader: { name: "x-auth-user", trusted: ["127.0.0.1"], role: "analyst" } };
    const site = createSite(JSON.stringify({ packs: [], auth, listen: { behindProxy: { trusted: ["127.0.0.1"] } } }));
    onTestFinished(site.remove);
    const service = await startService(site, "source", port);
    onTestFinished(async () => {
      await service.end("SIGKILL");
    });
    const ask = async (headers: Record<string, string>) => {
      const asked = request(`${service.url}/api/session`, { headers });
      asked.end();
      const [answer] = (await once(asked, "response")) as [IncomingMessage];
      return JSON.parse(await text(answer)) as object;
    };
    expect(await ask({ "x-auth-user": "ann" })).toMatchObject({ name: "ann", scope: "handle" });
    expect(await ask({})).toMatchObject({ name: null, required: true });
  });

  it.each([
    [{ name: "cookie", trusted: [PROXY] }, "auth.proxyHeader.name: expected a header of the proxy's own"],
    [{ name: "x-user" }, "auth.proxyHeader.trusted"],
    [{ name: "x-user", trusted: ["proxy"] }, "expected an address or a network"],
  ])("is not configured by %j", (header, message) =>
    expect(() => readConfig({ auth: { proxyHeader: header } }, "test")).toThrow(message),
  );
});

describe("rates", () => {
  it("of log-ins have a limit by address, with the time to wait", async () => {
    const { call } = await testService({ packs: [], config: { auth: {}, limits: { signInsPerMinute: 2 } } });
    const signIn = (remoteAddress: string) =>
      call({ method: "POST", url: "/api/session", json: { name: "a", password: "b" }, remoteAddress });
    expect([(await signIn("192.0.2.7")).status, (await signIn("192.0.2.7")).status]).toEqual([401, 401]);
    const limited = await signIn("192.0.2.7");
    expect([limited.status, limited.body.error.code]).toEqual([429, "RATE_LIMITED"]);
    expect(Number(limited.headers["retry-after"])).toBeGreaterThan(0);
    expect((await signIn("192.0.2.8")).status).toBe(401);
    expect((await call({ url: "/live", remoteAddress: "192.0.2.7" })).status).toBe(200);
  });

  it("of events have one by token where it is set, and none by default", async () => {
    const send = async (limits: object) => {
      const { call, logIn } = await testService({ packs: [], config: { auth: {}, limits } });
      const secrets = await Promise.all(
        ["a", "b"].map(async (name) => (await logIn.tokens.create({ name, scope: "intake", by: "test" })).secret),
      );
      const statuses: number[] = [];
      for (const secret of [secrets[0], secrets[0], secrets[0], secrets[1]]) {
        const headers = { authorization: `Bearer ${secret ?? ""}` };
        statuses.push((await call({ method: "POST", url: "/events", json: { summary: "x" }, headers })).status);
      }
      return statuses;
    };
    expect(await send({ intakeRequestsPerMinute: 2 })).toEqual([200, 200, 429, 200]);
    expect(await send({})).toEqual([200, 200, 200, 200]);
  });
});
