import { describe, expect, it, onTestFinished } from "vitest";
import { readConfig } from "../../src/config/define-config.ts";
import { silencePack } from "../support/alerts.ts";
import { freePort } from "../support/free-port.ts";
import { createWalker, startProvider } from "../support/oidc-provider.ts";
import { createSite, startService } from "../support/service-process.ts";
import { testService } from "../support/test-service.ts";

const SERVICE = "http://localhost:8080";
const CALLBACK = `${SERVICE}/login/oidc/callback`;
const ROLES = { staff: "viewer", soc: "analyst", leads: "admin" } as const;

/** The service, a provider, and a browser that reaches both. */
const open = async (more: object = {}) => {
  const { close, ...provider } = await startProvider(CALLBACK);
  onTestFinished(close);
  const oidc = { ...provider, redirectUrl: CALLBACK, label: "Example", roles: ROLES, ...more };
  const service = await testService({ packs: [silencePack], config: { auth: { passwords: false, oidc } } });
  const walker = createWalker(async (url, init) => {
    if (!url.startsWith(SERVICE)) return fetch(url, init);
    const { statusCode, headers, body } = await service.app.inject({
      ...{
        method: "GET",
        url: url.slice(SERVICE.length),
        headers: { host: "localhost:8080", ...(init.headers as object) },
      },
    });
    const all = Object.entries(headers).flatMap(([name, value]) => [value].flat().map((each) => [name, String(each)]));
    return new Response(body, { status: statusCode, headers: all as [string, string][] });
  });
  const session = async () => JSON.parse((await walker.visit(`${SERVICE}/api/session`)).text) as object;
  const { secret } = await service.logIn.tokens.create({ name: "root", scope: "admin", by: "test" });
  const audit = async () =>
    (
      JSON.parse((await service.call({ url: "/api/audit", headers: { authorization: `Bearer ${secret}` } })).text) as {
        entries: object[];
      }
    ).entries;
  return { ...service, ...walker, provider, session, audit };
};

describe("signing in at an OpenID provider", { timeout: 30_000 }, () => {
  it("lets somebody in with the highest role of their groups, to the page that they wanted", async () => {
    const { signIn, visit, session, audit } = await open();
    expect(await session()).toMatchObject({ name: null, password: false, provider: "Example" });
    const back = await signIn(
      `${SERVICE}/login/oidc?next=${encodeURIComponent("/alerts/some-id?x=1")}`,
      "ann,staff,soc",
      CALLBACK,
    );
    expect((await visit(back)).location).toBe(`${SERVICE}/alerts/some-id?x=1`);
    expect(await session()).toMatchObject({ name: "ann", scope: "handle" });
    expect((await visit(`${SERVICE}/api/alerts`)).status).toBe(200);
    expect((await visit(`${SERVICE}/api/tokens`)).status).toBe(403);
    expect(await audit()).toMatchObject([{ action: "signIn", by: "ann", via: "oidc", outcome: "done" }]);
  });

  it.each(["https://evil.example/", "//evil.example", "/\\evil.example", "/alerts\r\nx: y", "/api/alerts", "/alertsX"])(
    "does not lead on to %j",
    async (next) => {
      const { signIn, visit } = await open();
      const back = await signIn(`${SERVICE}/login/oidc?next=${encodeURIComponent(next)}`, "ann,soc", CALLBACK);
      expect((await visit(back)).location).toBe(`${SERVICE}/alerts`);
    },
  );

  it("does not let in who has no role here", async () => {
    const { signIn, visit, session, audit } = await open();
    const back = await signIn(`${SERVICE}/login/oidc`, "eve,guests,constructor", CALLBACK);
    expect((await visit(back)).location).toBe(`${SERVICE}/alerts#sign-in-forbidden`);
    expect(await session()).toMatchObject({ name: null });
    expect(await audit()).toMatchObject([{ action: "signIn", by: "anonymous", via: "oidc", outcome: "refused" }]);
  });

  it("does not take an address that nobody has verified for a name", async () => {
    const { signIn, visit } = await open({ nameClaim: "email" });
    const back = await signIn(`${SERVICE}/login/oidc`, "eve,soc", CALLBACK);
    expect((await visit(back)).location).toBe(`${SERVICE}/alerts#sign-in-forbidden`);
  });

  it.each<[what: string, change: (back: URL, cookies: Map<string, string>) => void]>([
    ["a browser that has not begun", (_back, cookies) => void cookies.delete("mozdef-oidc")],
    ["another state", (back) => back.searchParams.set("state", "x")],
    ["another code", (back) => back.searchParams.set("code", "x")],
    ["no code", (back) => back.searchParams.delete("code")],
    ["another issuer", (back) => back.searchParams.set("iss", "http://127.0.0.1:1")],
    ["what is no journey", (_back, cookies) => void cookies.set("mozdef-oidc", "bm8")],
  ])("is of no use with %s", async (_what, change) => {
    const { signIn, visit, session, cookies } = await open();
    const back = new URL(await signIn(`${SERVICE}/login/oidc`, "ann,soc", CALLBACK));
    change(back, cookies);
    expect((await visit(back.href)).location).toBe(`${SERVICE}/alerts#sign-in-failed`);
    expect(await session()).toMatchObject({ name: null });
  });

  it("is of no use a second time", async () => {
    const { signIn, visit, cookies } = await open();
    const back = await signIn(`${SERVICE}/login/oidc`, "ann,soc", CALLBACK);
    const journey = cookies.get("mozdef-oidc") ?? "";
    expect((await visit(back)).location).toBe(`${SERVICE}/alerts`);
    cookies.set("mozdef-oidc", journey);
    expect((await visit(back)).location).toBe(`${SERVICE}/alerts#sign-in-failed`);
  });

  it("is told when the provider is away, and tried again", async () => {
    const { visit } = await open({ issuer: `http://127.0.0.1:${await freePort()}` });
    expect((await visit(`${SERVICE}/login/oidc`)).location).toBe(`${SERVICE}/alerts#sign-in-failed`);
  });

  it("works with the service as a process of its own", { timeout: 90_000 }, async () => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const { close, ...provider } = await startProvider(`${url}/login/oidc/callback`);
    onTestFinished(close);
    const oidc = { ...provider, redirectUrl: `${url}/login/oidc/callback`, roles: ROLES };
    const site = createSite(JSON.stringify({ packs: [], auth: { oidc } }));
    onTestFinished(site.remove);
    const service = await startService(site, "source", port);
    onTestFinished(async () => {
      await service.end("SIGKILL");
    });
    const { signIn, visit } = createWalker();
    expect(await signIn(`${url}/login/oidc`, "ann,leads", `${url}/alerts`)).toBe(`${url}/alerts`);
    expect(JSON.parse((await visit(`${url}/api/session`)).text)).toMatchObject({ name: "ann", scope: "admin" });
    expect(service.output()).not.toContain(provider.clientSecret);
  });
});

it.each([
  [{ issuer: "http://login.example.org" }, "auth.oidc.issuer: expected an https address"],
  [{ redirectUrl: "https://soc.example.org/" }, "auth.oidc.redirectUrl: expected an address that ends in"],
  [{ roles: { soc: "boss" } }, "auth.oidc.roles.soc"],
])("is not configured by %j", (wrong, message) => {
  const right = {
    issuer: "https://login.example.org",
    clientId: "x",
    redirectUrl: "https://soc.example.org/login/oidc/callback",
    roles: {},
  };
  expect(() => readConfig({ auth: { oidc: { ...right, ...wrong } } }, "test")).toThrow(message);
});
