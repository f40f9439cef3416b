import { expect, expectTypeOf, it } from "vitest";
import type { Alert, AlertPage, IntakeReport, Schedule } from "../index.ts";
import { ApiError } from "./api-error.ts";
import { createClient } from "./create-client.ts";
import { createRequester, etagOf } from "./requester.ts";

interface Sent {
  readonly url: string;
  readonly init: RequestInit;
}

/** A client of a service that always answers the same. */
const answering = (answer: () => Response | Promise<Response>, options: { token?: string; url?: string } = {}) => {
  const sent: Sent[] = [];
  const client = createClient({
    url: "https://alerts.example.org/",
    ...options,
    fetch: async (url, init) => {
      sent.push({ url, init });
      return answer();
    },
  });
  return { client, sent };
};

const json = (body: unknown, init: ResponseInit = {}): Response =>
  Response.json(body, { ...init, headers: { etag: '"1-1.x"' } });

it("asks as the contract says", async () => {
  const { client, sent } = answering(() => json({}), { token: "secret" });
  const query = { severity: ["ERROR", "CRITICAL"], size: 5, since: "2026-01-31", text: "a&b", until: undefined };
  await client.listAlerts({ query });
  await client.getAlert({ params: { id: "a/b?c" } });
  await client.changeSchedule({ params: { name: "AlertX" }, body: { enabled: false }, ifMatch: '"1"' });
  await client.listSchedules();
  expect(sent.map(({ url, init }) => [init.method, url, init.body])).toEqual([
    [
      "GET",
      "https://alerts.example.org/api/alerts?severity=ERROR&severity=CRITICAL&size=5&since=2026-01-31&text=a%26b",
      undefined,
    ],
    ["GET", "https://alerts.example.org/api/alerts/a%2Fb%3Fc", undefined],
    ["PATCH", "https://alerts.example.org/api/schedules/AlertX", '{"enabled":false}'],
    ["GET", "https://alerts.example.org/api/schedules", undefined],
  ]);
  expect(sent.map(({ init }) => init.headers)).toEqual([
    { authorization: "Bearer secret" },
    { authorization: "Bearer secret" },
    { authorization: "Bearer secret", "if-match": '"1"', "content-type": "application/json" },
    { authorization: "Bearer secret" },
  ]);
});

it("sends text as it is, and anything else as JSON", async () => {
  const { client, sent } = answering(() => json({ saved: 1, refused: [] }));
  await client.takeEvents({ body: '{"summary":"a"}\n' });
  await client.takeEvents({ body: [{ summary: "a" }] });
  expect(sent.map(({ init }) => [init.headers, init.body])).toEqual([
    [{ "content-type": "application/x-ndjson" }, '{"summary":"a"}\n'],
    [{ "content-type": "application/json" }, '[{"summary":"a"}]'],
  ]);
});

it("keeps the ETag of an answer", async () => {
  const { client } = answering(() => json({ schedules: [] }));
  const answer = await client.listSchedules();
  expect([answer, etagOf(answer), etagOf({})]).toEqual([{ schedules: [] }, '"1-1.x"', undefined]);
});

it("gives texts as texts", async () => {
  const { client } = answering(() => new Response("id\r\n", { headers: { "content-type": "text/csv" } }));
  await expect(client.exportAlertsAsCsv()).resolves.toBe("id\r\n");
});

it("asks a route by its address, with a query made elsewhere", async () => {
  const sent: string[] = [];
  const request = createRequester({
    url: "",
    fetch: (url) => {
      sent.push(url);
      return Promise.resolve(json({}));
    },
  });
  await request<"listAlerts">("GET /api/alerts", { query: new URLSearchParams("size=5") });
  await request<"listAlerts">("GET /api/alerts", { query: new URLSearchParams() });
  expect(sent).toEqual(["/api/alerts?size=5", "/api/alerts"]);
});

it.each<[what: string, answer: () => Response | Promise<Response>, expected: object]>([
  [
    "what the service refuses",
    () => json({ error: { code: "EVENTS_REFUSED", message: "No." }, saved: 0 }, { status: 400 }),
    { status: 400, code: "EVENTS_REFUSED", message: "No.", body: { saved: 0 } },
  ],
  [
    "the page of a proxy",
    () => new Response("<html>", { status: 502 }),
    { status: 502, code: "UNEXPECTED_ANSWER", message: "The service answered with status 502." },
  ],
  [
    "an answer cut short",
    () => new Response('{"tot', { headers: { "content-type": "application/json" } }),
    { status: 200, code: "UNEXPECTED_ANSWER" },
  ],
  [
    "silence",
    () => Promise.reject(new TypeError("fetch failed")),
    { status: 0, code: "UNREACHABLE", cause: expect.any(TypeError) },
  ],
])("tells of %s", async (_what, answer, expected) => {
  const call = answering(answer).client.listAlerts();
  await expect(call).rejects.toBeInstanceOf(ApiError);
  await expect(call).rejects.toMatchObject(expected);
});

it("takes a status that is wanted for an answer, and not an error of that status", async () => {
  const away = answering(() => json({ status: "error" }, { status: 503 })).client;
  await expect(away.getStatus({ answerStatus: 503 })).resolves.toEqual({ status: "error" });
  await expect(away.getStatus()).rejects.toMatchObject({ status: 503 });
  const refused = answering(() =>
    json({ error: { code: "STORE_UNAVAILABLE", message: "No." } }, { status: 503 }),
  ).client;
  await expect(refused.getStatus({ answerStatus: 503 })).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
  const proxy = answering(() => new Response("<html>", { status: 503 })).client;
  await expect(proxy.getStatus({ answerStatus: 503 })).rejects.toMatchObject({ code: "UNEXPECTED_ANSWER" });
});

it("rejects what was aborted with its reason", async () => {
  const reason = new Error("no longer needed");
  const { client } = answering(() => Promise.reject(reason));
  await expect(client.listAlerts({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});

it("is typed by the contract", () => {
  const { client } = answering(() => json({}));
  expectTypeOf(client.listAlerts).returns.resolves.toEqualTypeOf<AlertPage>();
  expectTypeOf(client.closeAlert).returns.resolves.toEqualTypeOf<Alert>();
  expectTypeOf(client.changeSchedule).returns.resolves.toEqualTypeOf<Schedule>();
  expectTypeOf(client.takeEvents).returns.resolves.toEqualTypeOf<IntakeReport>();
  expectTypeOf(client).not.toHaveProperty("signInAtProvider");
  // @ts-expect-error an alert has an id
  const withoutParams = () => client.getAlert({});
  // @ts-expect-error a reason is needed
  const withoutBody = () => client.closeAlert({ params: { id: "a" } });
  // @ts-expect-error there is no such order
  const wrongQuery = () => client.listAlerts({ query: { order: "best" } });
  expect([withoutParams, withoutBody, wrongQuery]).toHaveLength(3);
});
