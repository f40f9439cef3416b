import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { doorPack } from "./support/alerts.ts";
import { head, openRaw, send } from "./support/raw-http.ts";
import { testService } from "./support/test-service.ts";

const KIB = 1_024;
const JSON_TYPE = { "content-type": "application/json" };
const PACKED = { ...JSON_TYPE, "content-encoding": "gzip" };

const listen = async (limits = {}) => {
  const service = await testService({ packs: [doorPack], config: { limits } });
  const address = await service.app.listen({ port: 0, host: "127.0.0.1" });
  const status = async () => (await service.call({ url: "/status" })).body as unknown;
  const isFine = async () => {
    const { status: code, body } = await send(address, "/events", { body: '{"summary":"fine"}' });
    expect([code, body]).toEqual([200, { saved: 1, refused: [] }]);
  };
  return { ...service, address, status, isFine };
};

describe("a body with too many events", () => {
  const MANY = 300_000;
  const BODIES = [
    ["empty objects", `[${"{},".repeat(MANY)}{}]`],
    ["numbers", `[${"1,".repeat(MANY)}1]`],
    ["texts", `["${'","'.repeat(MANY)}"]`],
    ["lines", "x\n".repeat(MANY)],
    ["lines of JSON", "{}\n".repeat(MANY)],
  ] as const;

  it.each(BODIES)("is refused before anything is made of it: %s", async (_what, body) => {
    const { address, isFine, metrics } = await listen();
    for (const path of ["/events", "/custom/x", "/_bulk"]) {
      const answer = await send(address, path, { body });
      expect([answer.status, answer.body.error.code]).toEqual([413, "EVENTS_TOO_MANY"]);
    }
    expect((await metrics.eventsSaved.get()).values[0]?.value).toBe(0);
    await isFine();
  });

  it.each(BODIES)("is refused by how far it unpacks: %s", async (_what, body) => {
    const { address, isFine } = await listen();
    const answer = await send(address, "/events", { headers: PACKED, body: gzipSync(body.repeat(5)) });
    expect([answer.status, answer.body.error.code]).toEqual([413, "BODY_TOO_DENSE"]);
    await isFine();
  });

  it("may have as many as the limit says", async () => {
    const { address } = await listen({ requestEvents: 3 });
    const bulk = '{"index":{}}\n{"summary":"a"}\n'.repeat(3);
    expect((await send(address, "/events", { body: '{"summary":"a"}\n'.repeat(3) })).body).toMatchObject({ saved: 3 });
    expect((await send(address, "/_bulk", { body: bulk })).body).toMatchObject({ errors: false });
    expect((await send(address, "/events", { body: '{"summary":"a"}\n'.repeat(4) })).status).toBe(413);
  });
});

describe("a packed body", () => {
  it("does not go on for ever while it unpacks to nothing", async () => {
    const { address, isFine } = await listen({ bodyBytes: 64 * KIB });
    const { socket, status } = openRaw(address);
    const type = "Content-Type: application/json";
    socket.write(head("POST", "/events", type, "Content-Encoding: gzip", "Transfer-Encoding: chunked"));
    const nothing = Buffer.concat(Array.from({ length: 1_000 }, () => gzipSync("")));
    for (let sent = 0; sent < 128 * KIB; sent += nothing.length)
      socket.write(Buffer.concat([Buffer.from(`${nothing.length.toString(16)}\r\n`), nothing, Buffer.from("\r\n")]));
    await expect.poll(status).toBe(413);
    await isFine();
  });

  it("may be as dense as real events are", async () => {
    const { address } = await listen();
    const events = Array.from({ length: 9_000 }, (_, index) => ({
      summary: `Failed password for user${index % 50} from 192.0.2.${index % 250} port ${20_000 + index} ssh2`,
      hostname: `web${index % 20}.example.com`,
      details: { program: "sshd", processid: String(1_000 + index) },
    }));
    const body = gzipSync(JSON.stringify(events));
    expect(JSON.stringify(events).length).toBeGreaterThan(1_024 * KIB);
    expect((await send(address, "/events", { headers: PACKED, body })).body).toEqual({ saved: 9_000, refused: [] });
  });
});

describe("bytes in flight", () => {
  const bounds = { bodyBytes: 64 * KIB, inFlightBytes: 200 * KIB };
  const stalled = (address: string, ...headers: readonly string[]) => {
    const connection = openRaw(address);
    connection.socket.write(head("POST", "/events", "Content-Type: application/json", ...headers));
    connection.socket.write(Buffer.alloc(60 * KIB, " "));
    return connection;
  };

  it("are bounded: what has no room is told to come again, and the rest goes on", async () => {
    const { address, intake, isFine, status } = await listen(bounds);
    const connections = [];
    for (let count = 1; count <= 10; count += 1) {
      const connection = stalled(address, `Content-Length: ${64 * KIB}`);
      connections.push(connection);
      const held = Math.min(count, 3) * 64 * KIB;
      await expect.poll(() => [intake.budget.used, count > 3 ? connection.status() : 429]).toEqual([held, 429]);
    }
    const answers = connections.map(({ received }) => received()).filter((text) => text !== "");
    expect(answers).toHaveLength(7);
    for (const text of answers) expect(text).toMatch(/retry-after: 5\r\n[^]*"INTAKE_BUSY"/);
    expect(await status()).toMatchObject({
      status: "degraded",
      problems: [{ code: "INTAKE_BUSY", message: expect.stringContaining("limits.inFlightBytes") }],
      intake: { bytesInFlight: 3 * 64 * KIB, refusedRequests: [{ code: "INTAKE_BUSY", total: 7 }] },
    });
    for (const { socket } of connections) socket.destroy();
    await expect.poll(() => intake.budget.used).toBe(0);
    await isFine();
  });

  it("count what unpacks, and a body in a million pieces no more than once", async () => {
    const { address, intake } = await listen(bounds);
    const { socket } = openRaw(address);
    const type = "Content-Type: application/json";
    socket.write(head("POST", "/events", type, "Transfer-Encoding: chunked"));
    socket.write("1\r\n \r\n".repeat(60 * KIB));
    await expect.poll(() => intake.budget.used).toBe(64 * KIB);
    socket.destroy();
    await expect.poll(() => intake.budget.used).toBe(0);

    const packed = openRaw(address);
    const body = gzipSync(Buffer.alloc(60 * KIB, " ")).subarray(0, -8);
    packed.socket.write(head("POST", "/events", type, "Content-Encoding: gzip", "Content-Length: 1000"));
    packed.socket.write(body);
    await expect.poll(() => intake.budget.used).toBeGreaterThan(128 * KIB);
    packed.socket.destroy();
    await expect.poll(() => intake.budget.used).toBe(0);
  });

  it("are given back whatever comes of a request", async () => {
    const { address, intake } = await listen(bounds);
    const bodies = ["{", "", "[]", '{"summary":"a"}', " ".repeat(70 * KIB), `{"a":"${"x".repeat(50 * KIB)}"}`];
    for (const path of ["/events", "/_bulk", "/nowhere", "/api/watchlist"])
      for (const body of bodies) await send(address, path, { headers: JSON_TYPE, body }).catch(() => undefined);
    for (const body of [gzipSync(randomBytes(50 * KIB)), Buffer.from("hello")])
      await send(address, "/events", { headers: PACKED, body });
    await expect.poll(() => intake.budget.used).toBe(0);
  });

  it.each([["Content-Length: 65536"], ["Transfer-Encoding: chunked"]])(
    "are given back when a sender stalls: %s",
    async (length) => {
      const { address, intake, isFine } = await listen({ ...bounds, bodyMs: 200 });
      for (const encoding of ["identity", "gzip", "deflate"]) {
        const { socket, closed } = openRaw(address);
        const type = "Content-Type: application/json";
        socket.write(head("POST", "/events", type, length, `Content-Encoding: ${encoding}`));
        expect(await closed).toMatch(/^HTTP\/1\.1 408 [^]*"BODY_TIMEOUT"/);
      }
      expect(intake.budget.used).toBe(0);
      await isFine();
    },
  );
});

describe("headers that say two things", () => {
  it("are refused", async () => {
    const { address } = await listen();
    const { socket, status } = openRaw(address);
    socket.write(head("GET", "/live", "Host: evil.example"));
    await expect.poll(status).toBe(400);
    const latin1 = { headers: { "content-type": 'application/json; charset="latin1"' }, body: "{}" };
    for (const path of ["/events", "/api/watchlist"])
      expect((await send(address, path, latin1)).body.error.code).toBe("CONTENT_TYPE_UNSUPPORTED");
    const utf8 = { headers: { "content-type": "application/json; charset=UTF-8" }, body: '{"summary":"a"}' };
    expect((await send(address, "/events", utf8)).status).toBe(200);
  });
});
