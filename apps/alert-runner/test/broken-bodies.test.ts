import { request } from "node:http";
import { constants, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { doorPack } from "./support/alerts.ts";
import { testService } from "./support/test-service.ts";

const BODY_BYTES = 64 * 1_024;

const listen = async () => {
  const service = await testService({ packs: [doorPack], config: { limits: { bodyBytes: BODY_BYTES } } });
  const address = await service.app.listen({ port: 0, host: "127.0.0.1" });
  return { ...service, address };
};

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Sends bytes as they are; resolves with the status, or 0 when the connection was cut. */
const send = (address: string, { method, path, headers, body }: Sent): Promise<number> =>
  new Promise((resolve) => {
    const sending = request(
      new URL(path, address),
      { method, headers: { ...headers, "content-length": body.length } },
      (answer) => {
        answer.resume().on("close", () => resolve(answer.statusCode ?? 0));
      },
    );
    sending.on("error", () => resolve(0));
    sending.end(body);
  });

/** More than the limit once unpacked, and the checksum at its end is wrong. */
const brokenBomb = (): Buffer => {
  const bytes = gzipSync(Buffer.alloc(40 * BODY_BYTES, "x"));
  bytes.writeUInt32LE(0, bytes.length - 8);
  return bytes;
};

const cut = (bytes: Buffer): Buffer => bytes.subarray(0, bytes.length - 6);
const packed = gzipSync('{"summary":"a"}', { level: constants.Z_BEST_SPEED });

/** Data that does not unpack, as each encoding has it. */
const BROKEN = [
  ["gzip", Buffer.from("hello")],
  ["gzip", cut(packed)],
  ["gzip", brokenBomb()],
  ["deflate", Buffer.from("hello")],
  ["deflate", cut(deflateSync('{"summary":"a"}'))],
] as const;
const TYPES = [undefined, "application/json", "application/x-ndjson", "application/xml", "multipart/form-data"];
const ROUTES = [
  ["POST", "/events"],
  ["PUT", "/custom/x"],
  ["POST", "/_bulk"],
  ["POST", "/x/_bulk"],
  ["GET", "/"],
  ["GET", "/_cluster/health"],
] as const;

describe("bodies that do not unpack", () => {
  it.each(ROUTES)("%s %s answers them all, and the service goes on", async (method, path) => {
    const { address } = await listen();
    for (const [encoding, body] of BROKEN)
      for (const type of TYPES) {
        const headers = { "content-encoding": encoding, ...(type !== undefined && { "content-type": type }) };
        const status = await send(address, { method, path, headers, body });
        if (method !== "GET") expect([status, encoding, type]).toEqual([expect.toSatisfy(isRefusal), encoding, type]);
      }
    const fine = { "content-type": "application/json" };
    const status = await send(address, {
      method: "POST",
      path: "/events",
      headers: fine,
      body: Buffer.from('{"summary":"fine"}'),
    });
    expect(status).toBe(200);
  });
});

/** Refused as the sender's fault; a body above the limit may also be cut off while it is still sent. */
const isRefusal = (status: number): boolean => status === 0 || (status >= 400 && status < 500);
