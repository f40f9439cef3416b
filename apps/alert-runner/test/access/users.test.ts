import type { InjectOptions } from "fastify";
import { describe, expect, it, vi } from "vitest";
import { createLogIn } from "../../src/auth/log-in.ts";
import { readConfig } from "../../src/config/define-config.ts";
import { signInBrake } from "../../src/auth/sign-in-brake.ts";
import { createPasswords } from "../../src/auth/passwords.ts";
import { silencePack } from "../support/alerts.ts";
import { type Answer, testService } from "../support/test-service.ts";

// Each password takes a good part of a second to check, on purpose, and several on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const PASSWORD = "correct horse battery";
const ORIGIN = { host: "localhost:8080", origin: "http://localhost:8080" };

const open = async () => {
  const service = await testService({ packs: [silencePack], config: { auth: {} } });
  await service.logIn.users.create({ name: "Ann", role: "operator", password: PASSWORD, by: "test" });
  const signIn = (name = "ann", password = PASSWORD, more: InjectOptions = {}) =>
    service.call({
      ...{ method: "POST", url: "/api/session", json: { name, password } },
      ...more,
      headers: { ...ORIGIN, ...more.headers },
    });
  const as = (answer: Answer, more: Record<string, string> = {}) => ({
    headers: { ...ORIGIN, cookie: cookieOf(answer), ...more },
  });
  const statusOf = async (answer: Answer, options: InjectOptions = {}) =>
    (await service.call({ url: "/api/alerts", ...options, ...as(answer) })).status;
  return { ...service, signIn, as, statusOf };
};

const cookieOf = ({ headers }: Answer): string => String(headers["set-cookie"]).split(";")[0] ?? "";

const SILENCE = { match: { classname: "AlertDoor" }, until: "2026-01-02T00:00:00Z", reason: "moving" };

describe("somebody with a password", () => {
  it("signs in with a cookie that scripts and other sites do not get, does what their role may, and signs out", async () => {
    const { call, signIn, as, statusOf } = await open();
    const answer = await signIn();
    expect(JSON.parse(answer.text)).toEqual({
      ...{ name: "Ann", scope: "operate", required: true, password: true, provider: null },
    });
    expect(answer.headers["set-cookie"]).toMatch(/^mozdef-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
    const made = await call({ method: "POST", url: "/api/silences", json: { ...SILENCE, by: "ben" }, ...as(answer) });
    expect(made).toMatchObject({ status: 201, body: { by: "Ann" } });
    expect((await call({ url: "/api/tokens", ...as(answer) })).body.error.code).toBe("SCOPE_MISSING");
    expect(JSON.parse((await call({ url: "/api/session", ...as(answer) })).text)).toMatchObject({ name: "Ann" });
    const out = await call({ method: "DELETE", url: "/api/session", ...as(answer) });
    expect([out.text, String(out.headers["set-cookie"])]).toEqual([
      '{"ended":1}',
      expect.stringMatching(/^mozdef-session=;/),
    ]);
    expect(await statusOf(answer)).toBe(401);
    expect(JSON.parse((await call({ url: "/api/session" })).text)).toMatchObject({ name: null, required: true });
  });

  it("gets a cookie for TLS where there is TLS, and no log-in in the clear", async () => {
    const { app } = await testService({
      ...{ packs: [], config: { auth: {}, listen: { host: "0.0.0.0", behindProxy: { trusted: ["127.0.0.1"] } } } },
    });
    const payload = { name: "ann", password: PASSWORD };
    const ask = (headers: Record<string, string>) =>
      app.inject({ method: "POST", url: "/api/session", payload, headers: { host: "soc.example.org", ...headers } });
    expect((await ask({})).json()).toMatchObject({ error: { code: "SIGN_IN_INSECURE" } });
    expect((await ask({ "x-forwarded-proto": "https" })).json()).toMatchObject({ error: { code: "SIGN_IN_FAILED" } });
  });

  it("is refused alike for a wrong name and a wrong password, and in the audit log", async () => {
    const { signIn, call, logIn } = await open();
    const [name, password] = [await signIn("ben"), await signIn("ann", "wrong")];
    expect([name.status, name.text]).toEqual([401, password.text]);
    const { secret } = await logIn.tokens.create({ name: "root", scope: "admin", by: "test" });
    await signIn();
    const audit = await call({ url: "/api/audit", headers: { authorization: `Bearer ${secret}` } });
    expect(JSON.parse(audit.text)).toMatchObject({
      entries: [
        { action: "signIn", by: "Ann", via: "password", outcome: "done" },
        { action: "signIn", by: "Ann", outcome: "refused", code: "SIGN_IN_FAILED" },
        { action: "signIn", by: "unknown", outcome: "refused" },
      ],
    });
    expect(audit.text).not.toContain('wrong"');
    expect(audit.text).not.toContain(PASSWORD);
  });

  it("has sessions that end: unused, old, everywhere, with another role or password, and with the user", async () => {
    const { signIn, statusOf, clock, call, as, logIn } = await open();
    const idle = await signIn();
    clock.set("2026-01-01T01:59:00.000Z");
    expect(await statusOf(idle)).toBe(200);
    // It was used meanwhile, which is noted beside the answer.
    await expect.poll(async () => (await logIn.sessions.find(cookieOf(idle).split("=")[1] ?? "")) !== null).toBe(true);
    clock.set("2026-01-01T03:58:00.000Z");
    expect(await statusOf(idle)).toBe(200);
    clock.set("2026-01-01T12:00:31.000Z");
    expect(await statusOf(idle)).toBe(401);
    const [one, two] = [await signIn(), await signIn()];
    expect(await statusOf(one)).toBe(200);
    const out = await call({ method: "DELETE", url: "/api/sessions", ...as(one) });
    expect([JSON.parse(out.text), await statusOf(one), await statusOf(two)]).toEqual([{ ended: 2 }, 401, 401]);
    const three = await signIn();
    await logIn.users.change("ann", { role: "admin" });
    expect(await statusOf(three)).toBe(401);
    const four = await signIn();
    await logIn.users.change("ann", { password: "another horse battery" });
    expect([await statusOf(four), (await signIn()).status]).toEqual([401, 401]);
    const five = await signIn("ann", "another horse battery");
    expect(await statusOf(five)).toBe(200);
    await logIn.users.remove("ANN");
    expect(await statusOf(five)).toBe(401);
  });

  it("is signed out everywhere by an administrator, and nobody else is", async () => {
    const { signIn, statusOf, call, as, logIn } = await open();
    await logIn.users.create({ name: "root", role: "admin", password: PASSWORD, by: "test" });
    const [one, two, root] = [await signIn(), await signIn(), await signIn("root")];
    const end = (name: string, who: Answer) =>
      call({ method: "DELETE", url: `/api/users/${name}/sessions`, ...as(who) });
    expect((await end("root", one)).body.error.code).toBe("SCOPE_MISSING");
    expect((await end("nobody", root)).body.error.code).toBe("USER_NOT_FOUND");
    expect(JSON.parse((await end("ANN", root)).text)).toEqual({ ended: 2 });
    expect([await statusOf(one), await statusOf(two), await statusOf(root)]).toEqual([401, 401, 200]);
  });

  it("has signed in at all instances on the store, and signed out too", async () => {
    const { signIn, call, as, clock, opened } = await open();
    const { auth } = readConfig({ auth: {} }, "test");
    const other = createLogIn({ store: opened.store, clock, auth, localKey: null, fetch });
    const answer = await signIn();
    const secret = cookieOf(answer).split("=")[1] ?? "";
    expect(await other.sessions.find(secret)).toMatchObject({ user: "Ann", scope: "operate" });
    await call({ method: "DELETE", url: "/api/session", ...as(answer) });
    expect(await other.sessions.find(secret)).toBeNull();
  });

  it("does not keep the session of whoever used the browser before", async () => {
    const { signIn, as, statusOf } = await open();
    const before = await signIn();
    const after = await signIn("ann", PASSWORD, as(before));
    expect([await statusOf(before), await statusOf(after)]).toEqual([401, 200]);
    expect(cookieOf(before)).not.toBe(cookieOf(after));
  });
});

describe("a session", () => {
  it.each([
    ["a change of another origin", { origin: "http://evil.example" }, 403],
    ["a change of another port", { origin: "http://localhost:8081" }, 403],
    ["a change of nobody knows whose page", { origin: "" }, 403],
    ["a request that browsers call foreign", { "sec-fetch-site": "cross-site" }, 403],
    ["a request of another host of the same site", { "sec-fetch-site": "same-site" }, 403],
    ["a change of its own pages", { "sec-fetch-site": "same-origin" }, 201],
  ])("for %s: %j is answered %i", async (_what, headers, status) => {
    const { call, signIn } = await open();
    const { origin, ...more } = { ...ORIGIN, cookie: cookieOf(await signIn()), ...headers };
    const all = { ...more, ...(origin !== "" && { origin }) };
    expect((await call({ method: "POST", url: "/api/silences", json: SILENCE, headers: all })).status).toBe(status);
  });

  it("is not what the browser says it is", async () => {
    const { call } = await open();
    for (const cookie of ["mozdef-session=x", "mozdef-session=", "__Host-mozdef-session=x", "a=b; mozdef-session"])
      expect((await call({ url: "/api/alerts", headers: { cookie } })).status).toBe(401);
  });
});

describe("guessing", () => {
  it("takes longer and longer, for that name from that address alone", async () => {
    const { signIn, clock } = await open();
    const from = (remoteAddress: string, password?: string) => signIn("ann", password, { remoteAddress });
    for (let time = 0; time < 5; time += 1) expect((await from("192.0.2.7", "wrong")).status).toBe(401);
    const limited = await from("192.0.2.7");
    expect([limited.status, limited.headers["retry-after"], limited.body.error.code]).toEqual([
      429,
      "1",
      "SIGN_IN_LIMITED",
    ]);
    expect((await from("192.0.2.8")).status).toBe(200);
    clock.set(new Date(clock.now().getTime() + 1_000).toISOString());
    expect((await from("192.0.2.7")).status).toBe(200);
  });

  it("doubles the wait up to a quarter of an hour, and is forgotten in time", () => {
    let now = 0;
    const brake = signInBrake({ now: () => new Date(now) });
    const waits: number[] = [];
    for (let time = 0; time < 17; time += 1)
      try {
        brake.attempt("192.0.2.7", `ann`);
      } catch (error) {
        const { retrySeconds = 0 } = error as { retrySeconds?: number };
        waits.push(retrySeconds);
        now += retrySeconds * 1_000;
      }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32]);
    now += 3_600_000;
    expect(() => brake.attempt("192.0.2.7", "ann")).not.toThrow();
  });

  it("of many names from one network is slowed down too, never for long", () => {
    const brake = signInBrake({ now: () => new Date(0) });
    for (let time = 0; time < 20; time += 1) brake.attempt(`2001:db8::${time.toString(16)}`, `name${time}`);
    expect(() => brake.attempt("2001:db8::ffff", "somebody")).toThrow(/Try again in 1 seconds/);
    expect(() => brake.attempt("2001:db8:0:1::1", "somebody")).not.toThrow();
    expect(() => brake.attempt("::ffff:192.0.2.7", "somebody")).not.toThrow();
  });
});

describe("passwords", () => {
  it("are kept so that they cannot be read, each with a salt of its own", async () => {
    const passwords = createPasswords();
    const [one, two] = [await passwords.hash(PASSWORD), await passwords.hash(PASSWORD)];
    expect(one).toMatch(/^scrypt\$15\$8\$3\$[\w+/=]{24}\$[\w+/=]{44}$/);
    expect(one).not.toBe(two);
    expect(await passwords.isRight(PASSWORD, one)).toBe(true);
    expect(await passwords.isRight("other", one)).toBe(false);
    expect(await passwords.isRight(PASSWORD, null)).toBe(false);
    expect(await passwords.isRight("é-and-more-of-it", await passwords.hash("é-and-more-of-it"))).toBe(true);
  });

  it("are checked a few at a time, and refused beyond a line", async () => {
    const passwords = createPasswords();
    const cheap = `scrypt$4$8$1$${"A".repeat(24)}$${"A".repeat(44)}`;
    const answers = await Promise.all(Array.from({ length: 25 }, () => passwords.isRight("x", cheap)));
    expect(answers.filter((answer) => answer === null)).toHaveLength(3);
  });
});
