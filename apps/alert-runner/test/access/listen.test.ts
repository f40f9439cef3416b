import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fastify from "fastify";
import { describe, expect, it, onTestFinished } from "vitest";
import { guardRequests, type GuardOptions } from "../../src/http/guard-requests.ts";
import { answerErrors } from "../../src/http/error-answers.ts";
import { readCertificate, renewCertificate } from "../../src/listen/certificate.ts";
import { createCertificate } from "../support/certificate.ts";

const asked = async (options: GuardOptions, host: string, headers: Record<string, string> = {}) => {
  const app = fastify();
  guardRequests(app, options);
  answerErrors(app);
  app.post("/", () => "ok");
  const { statusCode, body } = await app.inject({ method: "POST", url: "/", headers: { host, ...headers } });
  return statusCode === 200 ? "ok" : (JSON.parse(body) as { error: { code: string } }).error.code;
};

describe("names that the service answers to", () => {
  const everywhere = { host: "0.0.0.0" };
  const named = { ...everywhere, allowedHosts: ["Mozdef.example.org"], hasLogIn: true };

  it.each<[GuardOptions, string, string]>([
    [everywhere, "localhost:8080", "ok"],
    [everywhere, "evil.example", "HOST_FORBIDDEN"],
    [{ ...everywhere, hasLogIn: true }, "anything.example", "ok"],
    [{ host: "127.0.0.1", hasLogIn: true }, "evil.example", "HOST_FORBIDDEN"],
    [named, "mozdef.example.org", "ok"],
    [named, "MOZDEF.example.org:8080", "ok"],
    [named, "evil.example", "HOST_FORBIDDEN"],
    ...[
      "localhost:1@evil.example",
      "localhost:abc",
      "evil.example@localhost",
      "localhost/",
      "localhost#",
      "localhost?",
    ].map((host): [GuardOptions, string, string] => [{ ...everywhere, hasLogIn: true }, host, "HOST_FORBIDDEN"]),
  ])("%j: %s is %s", async (options, host, outcome) => expect(await asked(options, host)).toBe(outcome));

  it("are those of its certificate where it has one", async () => {
    const { cert } = await createCertificate(["soc.example.org", "*.pods.example.org"]);
    const options = { ...everywhere, certificate: cert, hasLogIn: true };
    for (const host of ["soc.example.org", "a.pods.example.org:8080", "127.0.0.1"])
      expect([host, await asked(options, host)]).toEqual([host, "ok"]);
    for (const host of ["evil.example", "192.0.2.7", "[2001:db8::1]"])
      expect([host, await asked(options, host)]).toEqual([host, "HOST_FORBIDDEN"]);
  });

  it("do not let pages of other origins change anything", async () => {
    const host = "soc.example.org";
    const options = { host: "0.0.0.0", allowedHosts: [host] };
    expect(await asked(options, host, { origin: `https://${host}` })).toBe("ok");
    for (const site of ["cross-site", "same-site"])
      expect(await asked(options, host, { "sec-fetch-site": site })).toBe("ORIGIN_FORBIDDEN");
    for (const site of ["same-origin", "none"])
      expect(await asked(options, host, { "sec-fetch-site": site })).toBe("ok");
    for (const origin of ["https://evil.example", "null", `https://${host}:444`, `https://${host}.evil.example`])
      expect([origin, await asked(options, host, { origin })]).toEqual([origin, "ORIGIN_FORBIDDEN"]);
  });
});

describe("what browsers ask for pages elsewhere", () => {
  const get = async (headers: Record<string, string>) => {
    const app = fastify();
    guardRequests(app, { host: "127.0.0.1" });
    answerErrors(app);
    app.get("/", () => "ok");
    return (await app.inject({ url: "/", headers: { host: "localhost", ...headers } })).statusCode;
  };
  const link = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" };

  it.each<[string, Record<string, string>, number]>([
    [
      "a script, an image",
      { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image" },
      403,
    ],
    ["another port", { "sec-fetch-site": "same-site", "sec-fetch-mode": "cors", "sec-fetch-dest": "empty" }, 403],
    ["a frame", { ...link, "sec-fetch-dest": "iframe" }, 403],
    ["a link, or the way back from a log-in", { ...link, "sec-fetch-dest": "document" }, 200],
    ["a program", {}, 200],
  ])("is not worked on, links aside: %s", async (_what, headers, status) => expect(await get(headers)).toBe(status));
});

describe("a certificate", () => {
  it("is taken over when its files change, and the one before stays while the new one is none", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "mozdef-certificate-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const write = ({ cert, key }: { cert: string; key: string }) => {
      writeFileSync(path.join(folder, "cert.pem"), cert);
      writeFileSync(path.join(folder, "key.pem"), key);
    };
    const [first, second] = [await createCertificate(), await createCertificate()];
    write(first);
    const listen = { host: "0.0.0.0", port: 0, tls: { cert: "cert.pem", key: "key.pem" } };
    const read = () => readCertificate(listen, folder);
    const taken: unknown[] = [];
    const errors: unknown[] = [];
    const renewal = renewCertificate({
      certificate: first,
      read,
      server: { setSecureContext: (options) => taken.push(options) },
      log: { info: () => undefined, error: (...told: unknown[]) => errors.push(told) },
    });
    onTestFinished(renewal.stop);
    renewal.look();
    expect(taken).toEqual([]);
    write({ cert: second.cert, key: first.key });
    renewal.look();
    renewal.look();
    expect([taken, errors.length]).toEqual([[], 1]);
    write(second);
    renewal.look();
    expect(taken).toEqual([second]);
  });

  it("that is not there is told with its key", () => {
    const listen = { host: "0.0.0.0", port: 0, tls: { cert: "none.pem", key: "none.pem" } };
    expect(() => readCertificate(listen, "/nowhere")).toThrow(
      expect.objectContaining({ code: "CONFIG_INVALID", message: expect.stringContaining("listen.tls.cert") }),
    );
  });
});
