import { once } from "node:events";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { request } from "node:https";
import path from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, it, onTestFinished } from "vitest";
import { createCertificate } from "../support/certificate.ts";
import { createSite, runCommand, startService } from "../support/service-process.ts";
import { freePort } from "../support/free-port.ts";

const newSite = (config: string) => {
  const site = createSite(config);
  onTestFinished(site.remove);
  return site;
};

describe("a service with a log-in", { timeout: 120_000 }, () => {
  it("is not started where others can reach it without one", async () => {
    const { code, output } = await runCommand(newSite(`{ packs: [], listen: { host: "0.0.0.0", port: 0 } }`), []);
    expect(code).toBe(2);
    expect(output).toMatch(/lacks a log-in .* and TLS .*\n.*HOST in the environment/);
    expect(output).not.toContain("at checkListen");
  });

  it("takes tokens and passwords over TLS, made before it starts and while it runs, and a backup is made of it", async () => {
    const port = await freePort();
    const { cert, key } = await createCertificate();
    const site = newSite(
      `{ packs: [], auth: {}, listen: { host: "0.0.0.0", port: ${port}, tls: { cert: "tls/cert.pem", key: "tls/key.pem" } } }`,
    );
    mkdirSync(path.join(site.folder, "tls"));
    writeFileSync(path.join(site.folder, "tls/cert.pem"), cert);
    writeFileSync(path.join(site.folder, "tls/key.pem"), key);
    const before = await runCommand(site, ["tokens", "create", "early", "--scope", "intake"]);
    expect(before).toMatchObject({ code: 0, output: expect.stringMatching(/^mzd_\S+\n$/) });

    const service = await startService(site, "source", port);
    onTestFinished(async () => {
      await service.end("SIGKILL");
    });
    const ask = async (url: string, shown: Record<string, string>, body?: object) => {
      const asked = request(`https://localhost:${port}${url}`, {
        ...{ ca: cert, method: body === undefined ? "GET" : "POST" },
        headers: { "content-type": "application/json", ...shown },
      });
      asked.end(body === undefined ? undefined : JSON.stringify(body));
      const [answer] = (await once(asked, "response")) as [IncomingMessage];
      return answer;
    };
    const send = async (url: string, token: string, body?: object) => {
      const answer = await ask(url, { authorization: `Bearer ${token.trim()}` }, body);
      return [answer.statusCode, await text(answer)];
    };
    expect(await send("/events", before.output, { summary: "x" })).toEqual([200, '{"saved":1,"refused":[]}']);
    expect((await send("/events", "wrong", { summary: "x" }))[0]).toBe(401);
    expect((await send("/api/alerts", before.output))[0]).toBe(403);

    const later = await runCommand(site, ["tokens", "create", "late", "--scope", "admin", "--expires", "1d"]);
    expect(later).toMatchObject({ code: 0 });
    const [status, audit] = await send("/api/audit", later.output);
    expect(status).toBe(200);
    expect(JSON.parse(String(audit))).toMatchObject({
      entries: expect.arrayContaining([
        expect.objectContaining({
          action: "createToken",
          by: "local",
          detail: expect.objectContaining({ name: "late" }),
        }),
        expect.objectContaining({
          action: "createToken",
          by: "local",
          detail: expect.objectContaining({ name: "early" }),
        }),
        expect.objectContaining({ action: "signIn", outcome: "refused" }),
      ]),
    });
    expect(await runCommand(site, ["tokens", "list"])).toMatchObject({
      ...{
        code: 0,
        output: expect.stringMatching(/^early {2}intake {2}without end {2}used .*\nlate {2}admin {2}until /),
      },
    });
    expect(await runCommand(site, ["backup"])).toMatchObject({ code: 0 });
    expect(await runCommand(site, ["tokens", "revoke", "early"])).toMatchObject({ output: "early is revoked\n" });
    expect((await send("/events", before.output, { summary: "x" }))[0]).toBe(401);

    const added = await runCommand(site, ["users", "create", "ann", "--role", "analyst"], "correct horse battery\n");
    expect(added).toEqual({ code: 0, output: "ann may sign in as analyst\n" });
    expect(await runCommand(site, ["users", "create", "ben", "--role", "viewer"], "short\n")).toMatchObject({
      ...{ code: 2, output: "The password is wrong: expected at least 12 characters.\n" },
    });
    const signedIn = await ask("/api/session", {}, { name: "ann", password: "correct horse battery" });
    expect(signedIn.statusCode).toBe(200);
    const [cookie = ""] = signedIn.headers["set-cookie"] ?? [];
    expect(cookie).toMatch(/^__Host-mozdef-session=\S+; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    expect((await ask("/api/alerts", { cookie: cookie.split(";")[0] ?? "" })).statusCode).toBe(200);

    const keyFile = path.join(site.folder, "data/local-key");
    expect(statSync(keyFile).mode & 0o777).toBe(0o600);
    const localKey = readFileSync(keyFile, "utf8");
    expect(service.output()).not.toContain(localKey);
    expect(await service.end("SIGTERM")).toBe(0);
    expect(() => statSync(keyFile)).toThrow("ENOENT");
  });
});
