import { type ConnectOptions, connectStore } from "@mozdef/alert-store";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { type Authority, createAuthority, type Identity } from "./certificates.ts";
import { startProxy, startTlsServer } from "./tls-server.ts";

let authority: Authority;
let stranger: Authority;
let identity: Identity;
let client: Identity;
let folder = "";

beforeAll(async () => {
  [authority, stranger] = await Promise.all([createAuthority("ours"), createAuthority("another")]);
  [identity, client] = await Promise.all([authority.issue("store"), authority.issue("service")]);
  folder = mkdtempSync(join(tmpdir(), "mozdef-tls-"));
  writeFileSync(join(folder, "ca.pem"), authority.cert);
  writeFileSync(join(folder, "empty.pem"), "");
});
afterAll(() => rmSync(folder, { recursive: true }));

const opened = (options: ConnectOptions) => {
  const connected = connectStore(options);
  onTestFinished(() => connected.client.close());
  return connected;
};

/** Whether a document is stored and found. */
const works = async (options: ConnectOptions): Promise<void> => {
  const connected = opened(options);
  await connected.client.index({ index: "a", id: "1", document: { a: 1 } });
  expect((await connected.client.get({ index: "a", id: "1" }))._source).toEqual({ a: 1 });
  expect(await connected.server()).toMatchObject({ family: "elasticsearch" });
};

const failure = async (options: ConnectOptions): Promise<unknown> =>
  opened(options)
    .client.get({ index: "a", id: "1" }, { maxRetries: 0 })
    .then(
      () => "it answered",
      (error: unknown) => (error instanceof Error ? error.message : error),
    );

const serve = (options = {}) => startTlsServer({ cert: identity.cert + authority.cert, key: identity.key, ...options });

describe("over TLS", () => {
  it("trusts an authority given as PEM text, or as the path of a file", async () => {
    const { url } = await serve();
    await works({ node: url, tls: { ca: authority.cert } });
    await works({ node: url, tls: { ca: join(folder, "ca.pem") } });
    await works({ node: url, tls: { ca: "ca.pem" }, folder });
  });

  it("says what is missing when the authority is not known", async () => {
    const { url } = await serve();
    expect(await failure({ node: url })).toMatch(/give that authority as tls\.ca/);
    expect(await failure({ node: url, tls: { ca: stranger.cert } })).toMatch(/give that authority as tls\.ca/);
  });

  it("trusts what has a fingerprint, the authority's or the store's own, with or without colons", async () => {
    const { url } = await serve();
    await works({ node: url, tls: { fingerprint: authority.fingerprint } });
    await works({ node: url, tls: { fingerprint: identity.fingerprint.toUpperCase().match(/../g)?.join(":") ?? "" } });
    expect(await failure({ node: url, tls: { fingerprint: stranger.fingerprint } })).toMatch(
      /no certificate of 127\.0\.0\.1:\d+ has the fingerprint tls\.fingerprint/,
    );
  });

  it("is not fooled by a store that shows the authority's certificate without being signed by it", async () => {
    const forger = await createAuthority("ours");
    const forged = await forger.issue("store");
    const { url } = await serve({ cert: forged.cert + authority.cert, key: forged.key });
    expect(await failure({ node: url, tls: { fingerprint: authority.fingerprint } })).not.toBe("it answered");
  });

  it("shows a certificate of its own", async () => {
    const { url } = await serve({ ca: authority.cert, requestCert: true, rejectUnauthorized: true });
    const tls = { ca: authority.cert };
    await works({ node: url, tls: { ...tls, cert: client.cert, key: client.key } });
    expect(await failure({ node: url, tls })).toMatch(/give tls\.cert and tls\.key/);
  });

  it("goes through a proxy, also to a deployment known by its cloud id", async () => {
    const { url, port } = await serve();
    const proxy = await startProxy(port);
    await works({ node: url, tls: { ca: authority.cert }, proxy: proxy.url });
    const cloudId = `mine:${Buffer.from(`localhost:${port}$store$kibana`).toString("base64")}`;
    await works({ cloudId, tls: { ca: authority.cert }, proxy: proxy.url });
    expect(new Set(proxy.asked)).toEqual(new Set([`127.0.0.1:${port}`, `store.localhost:${port}`]));
  });

  it("sends headers, credentials and packed bodies", async () => {
    const { url, seen } = await serve();
    const headers = { "x-tenant": "soc" };
    await works({ node: url, tls: { ca: authority.cert }, headers, auth: { apiKey: "k" }, compression: true });
    expect(seen.length).toBeGreaterThan(2);
    for (const request of seen) expect(request.headers).toMatchObject({ "x-tenant": "soc", authorization: "ApiKey k" });
    const [stored] = seen.filter(({ path }) => path === "/a/_doc/1");
    expect(stored?.headers["content-encoding"]).toBe("gzip");
  });

  it("waits no longer than it is told", async () => {
    const { url } = await startTlsServer({ cert: identity.cert, key: identity.key }, { isMute: true });
    expect(await failure({ node: url, tls: { ca: authority.cert }, timeoutMs: 50 })).toMatch(/timed out/i);
  });
});

describe("a wrong option", () => {
  const node = "https://127.0.0.1:9200";
  it.each<[string, () => ConnectOptions, string]>([
    ["no address", () => ({}), "node: expected either node or cloudId. Received: none."],
    ["two addresses", () => ({ node, cloudId: "a:b" }), "node: expected either node or cloudId. Received: both."],
    [
      "an address that is not one",
      () => ({ node: "search:9200" }),
      'node: expected an address such as https://search.example.org:9200. Received: "search:9200".',
    ],
    ["an address with a secret", () => ({ node: "ftp://elastic:secret@search" }), 'Received: "ftp://search".'],
    [
      "a proxy that is not an address",
      () => ({ node, proxy: "proxy" }),
      'proxy: expected an address such as https://search.example.org:9200. Received: "proxy".',
    ],
    [
      "a cloud id that is not one",
      () => ({ cloudId: "mine" }),
      'cloudId: expected the cloud id of a deployment, "name:" and base64. Received: "mine".',
    ],
    [
      "no time",
      () => ({ node, timeoutMs: 0 }),
      "timeoutMs: expected a whole number of milliseconds above 0. Received: 0.",
    ],
    [
      "a header with a line break",
      () => ({ node, headers: { "x-a": "a\nb" } }),
      "headers.x-a: its name or value cannot be sent as a header.",
    ],
    [
      "TLS without https",
      () => ({ node: "http://search:9200", tls: { ca: "ca.pem" } }),
      'tls.ca: is of no use for "http://search:9200": expected an address with https.',
    ],
    [
      "a file that is not there",
      () => ({ node, tls: { ca: "none.pem" }, folder: "/nowhere" }),
      "tls.ca: expected PEM text, or the path of a file. Cannot read /nowhere/none.pem (ENOENT).",
    ],
    ["a file without PEM", () => ({ node, tls: { ca: "empty.pem" }, folder }), "empty.pem, which has none."],
    [
      "a broken certificate",
      () => ({ node, tls: { ca: "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----" } }),
      "tls.ca: does not hold a certificate that can be read",
    ],
    [
      "a certificate without its key",
      () => ({ node, tls: { cert: client.cert } }),
      "tls.key: expected both tls.cert and tls.key, or neither.",
    ],
    [
      "another key",
      () => ({ node, tls: { cert: client.cert, key: identity.key } }),
      "tls.key: is not the key of the certificate tls.cert.",
    ],
    [
      "a key that is a certificate",
      () => ({ node, tls: { cert: client.cert, key: client.cert } }),
      "tls.key: does not hold a private key that can be read",
    ],
    [
      "SHA-1",
      () => ({ node, tls: { fingerprint: "ab".repeat(20) } }),
      "tls.fingerprint: expected SHA-256, 64 hex digits.",
    ],
    [
      "two kinds of trust",
      () => ({ node, tls: { ca: authority.cert, fingerprint: authority.fingerprint } }),
      "tls.fingerprint: expected either tls.ca or tls.fingerprint, not both.",
    ],
    [
      "a fingerprint and a proxy",
      () => ({ node, proxy: "http://proxy:3128", tls: { fingerprint: authority.fingerprint } }),
      "tls.fingerprint: cannot be checked through a proxy: give the certificate as tls.ca.",
    ],
  ])("%s is named in one sentence", (_what, options, message) => {
    expect(() => connectStore(options())).toThrow(
      expect.objectContaining({ code: "STORE_OPTION_INVALID", message: expect.stringContaining(message) }),
    );
  });
});
