import { connectStore, storeError } from "@mozdef/alert-store";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { describe, expect, it, onTestFinished, vi } from "vitest";

type Respond = (request: IncomingMessage, response: ServerResponse, body: string) => void;

const HEADERS = { "content-type": "application/json", "x-elastic-product": "Elasticsearch" };
const json = (response: ServerResponse, status: number, body: object): void =>
  void response.writeHead(status, HEADERS).end(JSON.stringify(body));

/** A client of a server that says what it is, and answers everything else as a test says. */
const clientOf = async (respond: Respond, timeoutMs: number) => {
  const server = createServer((request, response) => {
    if (request.url === "/") json(response, 200, { version: { number: "9.5.3" } });
    else void text(request).then((body) => respond(request, response, body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const store = connectStore({ node: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, timeoutMs });
  onTestFinished(async () => {
    await store.client.close();
    server.closeAllConnections();
    server.close();
  });
  await store.server();
  return store;
};

/** What the service makes of the failure of a request. */
const failureOf = async (request: Promise<unknown>) =>
  request.then(
    () => null,
    (error: unknown) => {
      const { code, retryable, message } = storeError("Cannot ask", error);
      return { code, retryable, message };
    },
  );

const GET = { index: "a", id: "1" };

describe("a request to a store that does not answer as it should", () => {
  it.each<[string, Respond, RegExp]>([
    ["that never answers", () => undefined, /timed out: it was not answered within \d+ ms|Request timed out/],
    [
      "that begins to answer and goes on for ever",
      (_, response) => {
        response.writeHead(200, HEADERS).write('{"a":');
        const dripping = setInterval(() => response.write(" "), 10);
        response.on("close", () => clearInterval(dripping));
      },
      /timed out: it was not answered within \d+ ms/,
    ],
    [
      "behind a proxy that answers by a page of its own",
      (_, response) => void response.writeHead(200, { "content-type": "text/html" }).end("<html>Log in</html>"),
      /is not the store. Received: "<html>Log in/,
    ],
    ["that closes the connection", (_, response) => void response.destroy(), /does not answer/],
    ["that answers by half of a text", (_, response) => void response.writeHead(200, HEADERS).end('{"a'), /does not/],
  ])("%s can be tried later", async (_, respond, message) => {
    const { client } = await clientOf(respond, 300);
    const failure = await failureOf(client.get(GET, { retryBackoff: () => 0 }));
    expect(failure).toMatchObject({ code: "STORE_UNAVAILABLE", retryable: true });
    expect(failure?.message).toMatch(message);
  });

  it.each([
    [401, true],
    [403, false],
    [404, false],
    [408, true],
    [429, true],
    [500, true],
    [501, false],
    [503, true],
  ])("%i can be tried later: %s", async (status, retryable) => {
    const { client } = await clientOf((__, response) => json(response, status, { error: { type: "x" } }), 5_000);
    expect(await failureOf(client.get(GET))).toMatchObject({ code: "STORE_REFUSED", retryable });
  });

  it("has another deadline for each kind of request", async () => {
    const { client } = await clientOf(() => undefined, 20);
    const messages = await Promise.all([
      failureOf(client.get(GET)),
      failureOf(client.search({ index: "a" })),
      failureOf(client.bulk({ operations: [{ delete: { _index: "a", _id: "1" } }] })),
      failureOf(client.indices.delete({ index: "a" })),
      failureOf(client.indices.create({ index: "a" })),
      failureOf(client.get(GET, { requestTimeout: 30 })),
    ]);
    expect(messages.map((failure) => /within (\d+) ms/.exec(failure?.message ?? "")?.[1])).toEqual([
      "20",
      "60",
      "60",
      "120",
      "120",
      "30",
    ]);
  });

  it("is told by its silence, until it answers again", async () => {
    let isMute = true;
    const { client, silentMs } = await clientOf((_, response) => {
      if (!isMute) json(response, 404, { found: false });
    }, 30);
    expect(silentMs()).toBe(0);
    await failureOf(client.get(GET));
    await vi.waitFor(() => expect(silentMs()).toBeGreaterThan(29));
    isMute = false;
    await failureOf(client.get(GET));
    expect(silentMs()).toBe(0);
  });
});

describe("what is sent", () => {
  it("is eight requests at a time, whoever of the clients of one cluster asks", async () => {
    let [now, most] = [0, 0];
    const answers: (() => void)[] = [];
    const { client } = await clientOf((_, response) => {
      now += 1;
      most = Math.max(most, now);
      answers.push(() => {
        now -= 1;
        json(response, 200, { _source: {} });
      });
      // Once no further one comes, or all have come.
      if (answers.length >= 8 || now === 8) setImmediate(() => answers.splice(0).forEach((answer) => answer()));
    }, 10_000);
    const child = client.child({});
    await Promise.all(Array.from({ length: 64 }, (__, index) => (index % 2 === 0 ? client : child).get(GET)));
    expect(most).toBe(8);
  });

  it("has at most 10 MB: more is refused here as a server would, and one document alone is not", async () => {
    const sizes: number[] = [];
    const { client } = await clientOf((_, response, body) => {
      sizes.push(Buffer.byteLength(body));
      json(response, 200, { items: [] });
    }, 10_000);
    const create = { create: { _index: "a" } };
    const half = { text: "ä".repeat(3_000_000) };
    expect(await failureOf(client.bulk({ operations: [create, half, create, half] }))).toMatchObject({
      message: expect.stringMatching(/answered 413: content_too_large: the body has 120000\d\d bytes/),
    });
    expect(sizes).toEqual([]);
    await client.bulk({ operations: [create, { text: "ä".repeat(6_000_000) }] });
    expect(sizes).toEqual([expect.any(Number)]);
  });
});
