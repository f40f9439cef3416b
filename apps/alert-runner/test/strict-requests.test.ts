import { expect, it } from "vitest";
import { doorPack } from "./support/alerts.ts";
import { openRaw } from "./support/raw-http.ts";
import { testService } from "./support/test-service.ts";

const ask = async (payload: string | Buffer, headers: object = {}) => {
  const { app } = await testService({ packs: [doorPack] });
  const answer = await app.inject({
    ...{ method: "POST", url: "/api/silences/preview", payload },
    headers: { "content-type": "application/json", ...headers },
  });
  return { status: answer.statusCode, body: answer.body };
};

const REFUSED: readonly (readonly [what: string, payload: string | Buffer, message: string])[] = [
  ["bytes that are not UTF-8", Buffer.from('{"match":{"name":"caf\u00E9"}}', "latin1"), "The body is not UTF-8."],
  ["half a character", Buffer.from([0x7b, 0xe2, 0x82]), "The body is not UTF-8."],
  ["a key twice", '{"match":{"name":"A"},"match":{"name":"B"}}', "The body has a key twice in one object."],
  ["a key twice, deeper", '{"match":{"name":"A","na\\u006de":"B"}}', "The body has a key twice in one object."],
  ["a key twice in a list", '[{"a":[{"b":1,"b":2}]}]', "The body has a key twice in one object."],
  ["a prototype", '{"__proto__":{"name":"A"}}', "is not JSON"],
];

it.each(REFUSED)("refuses %s", async (_what, payload, message) => {
  const { status, body } = await ask(payload);
  expect([status, JSON.parse(body)]).toMatchObject([400, { error: { code: "BODY_INVALID" } }]);
  expect(body).toContain(message);
});

it.each([
  ['{"match":{"name":"A:\\"B\\":\\\\"}}'],
  ['{"match":{"name":"\u00E9\u{1F600}"}}'],
  ['\u{FEFF}{ "match" : { "name" : "A" } }'],
])("reads %s", async (payload) => {
  expect((await ask(payload)).status).toBe(200);
});

it("reads a key that is in several objects", async () => {
  const { status, body } = await ask('[{"a":1},{"a":1}]');
  expect([status, body]).toEqual([400, expect.stringContaining("PARAMETER_INVALID")]);
});

it.each([
  ["GET /live HTTP/2.0", "Host: localhost", 400],
  ["GET /live HTTP/1.1", "Host: localhost\r\nHost: evil.example", 400],
  ["GET /live HTTP/1.1", "Host: localhost", 200],
])("answers %s, %j by %i", async (line, headers, expected) => {
  const { app } = await testService({ packs: [doorPack] });
  const { socket, closed, status } = openRaw(await app.listen({ port: 0, host: "127.0.0.1" }));
  socket.write(`${line}\r\n${headers}\r\nConnection: close\r\n\r\n`);
  await closed;
  expect(status()).toBe(expected);
});
