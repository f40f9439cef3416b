import { errors } from "@elastic/elasticsearch";
import { describe, expect, it, vi } from "vitest";
import { doorPack } from "./support/alerts.ts";
import { send } from "./support/raw-http.ts";
import { testService } from "./support/test-service.ts";

const listen = async () => {
  const service = await testService({ packs: [doorPack] });
  const address = await service.app.listen({ port: 0, host: "127.0.0.1" });
  const { client, names } = service.opened.store;
  const summaries = async () => {
    const index = names.physical("events-*");
    await client.indices.refresh({ index });
    const { hits } = await client.search<{ summary: string }>({ index, size: 10_000 });
    return hits.hits.map(({ _source }) => _source?.summary).sort();
  };
  const post = (body: string, path = "/events") => send(address, path, { body });
  const counted = async () => {
    const { eventsSaved, eventsRefused } = service.metrics;
    const sum = (values: readonly { readonly value: number }[]) =>
      values.reduce((total, { value }) => total + value, 0);
    return { saved: sum((await eventsSaved.get()).values), refused: sum((await eventsRefused.get()).values) };
  };
  return { ...service, client, address, summaries, post, counted };
};

const lines = (count: number, from = 1): string =>
  Array.from({ length: count }, (_, index) => `{"summary":"event ${from + index}"}\n`).join("");

describe("a long body", () => {
  it("lets others go first: requests, and alerts at their slots", async () => {
    const { client, post, address, tickAt } = await listen();
    const order: string[] = [];
    const note = (what: string) => () => order.push(what);
    const meanwhile: Promise<unknown>[] = [];
    const bulk = client.bulk.bind(client);
    vi.spyOn(client, "bulk").mockImplementationOnce(((request: never) => {
      meanwhile.push(send(address, "/live", { method: "GET" }).then(note("live")));
      meanwhile.push(send(address, "/events", { body: '{"summary":"short"}' }).then(note("short")));
      meanwhile.push(tickAt("2026-01-01T00:01:00Z").then(note("alerts")));
      return bulk(request);
    }) as never);
    const { body } = await post(lines(10_000));
    note("long")();
    await Promise.all(meanwhile);
    expect(body.saved).toBe(10_000);
    expect(order.at(-1)).toBe("long");
    expect([...order].sort()).toEqual(["alerts", "live", "long", "short"]);
  });

  it("takes turns with other long ones", async () => {
    const { post, client } = await listen();
    const sizes: number[] = [];
    const bulk = client.bulk.bind(client);
    vi.spyOn(client, "bulk").mockImplementation(((request: { operations: { summary: string }[] }) => {
      const { summary = "" } = request.operations[1] ?? {};
      sizes.push(Number(/\d+/.exec(summary)?.[0]) > 50_000 ? 2 : 1);
      return bulk(request);
    }) as never);
    await Promise.all([post(lines(5_000)), post(lines(5_000, 50_001))]);
    expect(sizes.lastIndexOf(1)).toBeGreaterThan(sizes.indexOf(2));
    expect(sizes.lastIndexOf(2)).toBeGreaterThan(sizes.indexOf(1));
  });
});

describe("a line that cannot be an event", () => {
  const poison = JSON.stringify(`${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`);

  it("is refused by itself, however deep it is inside a text, and nothing is counted twice", async () => {
    const { post, counted, summaries } = await listen();
    const answer = await post(`${lines(2_500)}${poison}\n${lines(1, 2_501)}`);
    expect(answer).toMatchObject({
      status: 207,
      body: { saved: 2_501, refused: [{ line: 2_501, code: "EVENT_TOO_DEEP" }] },
    });
    expect(await counted()).toEqual({ saved: 2_501, refused: 1 });
    expect(await summaries()).toHaveLength(2_501);
  });

  it("is refused by itself in a bulk request", async () => {
    const { post } = await listen();
    const { body } = await post(`{"index":{}}\n${poison}\n{"create":{}}\n{"summary":"a"}\n`, "/_bulk");
    expect(body).toMatchObject({ errors: true, items: [{ index: { status: 400 } }, { create: { status: 201 } }] });
  });

  it("may be empty: what the way in adds does not make an event of it", async () => {
    const { post, counted } = await listen();
    const answer = await post('{}\n{"_source":{}}\n"{}"\n[]');
    expect(answer).toMatchObject({ status: 400, body: { saved: 0, refused: [{ line: 1, lastLine: 3 }, { line: 4 }] } });
    expect(await counted()).toEqual({ saved: 0, refused: 4 });
  });

  it("is shown with the first hundred, the rest is counted", async () => {
    const { post } = await listen();
    const { body } = await post(`${lines(1)}${Array.from({ length: 300 }, (_, depth) => `"${depth}\n`).join("{}\n")}`);
    const { refused, moreRefused } = body;
    expect(refused).toHaveLength(100);
    const shown = refused.reduce((total, { line, lastLine = line }) => total + lastLine - line + 1, 0);
    expect(shown + moreRefused).toBe(599);
  });
});

describe("a store that fails in the middle of a body", () => {
  it("costs what it did not take; the sender repeats the rest, and nothing is there twice", async () => {
    const { post, client, counted, summaries } = await listen();
    const bulk = client.bulk.bind(client);
    const spy = vi.spyOn(client, "bulk");
    spy.mockImplementationOnce(((request: never) => bulk(request)) as never);
    spy.mockRejectedValueOnce(new errors.ConnectionError("connect ECONNREFUSED"));
    const first = await post(lines(1_000));
    expect([first.status, first.headers.get("retry-after"), spy.mock.calls.length]).toEqual([207, "5", 2]);
    expect(first.body).toEqual({
      saved: 100,
      refused: [
        { line: 101, lastLine: 1_000, code: "STORE_UNAVAILABLE", reason: expect.stringContaining("ECONNREFUSED") },
      ],
    });
    expect(await counted()).toEqual({ saved: 100, refused: 900 });
    expect((await post(lines(900, 101))).body).toEqual({ saved: 900, refused: [] });
    expect(new Set(await summaries()).size).toBe(1_000);
    expect(await summaries()).toHaveLength(1_000);
  });

  it("is said to shippers item by item, and as a whole when it took nothing", async () => {
    const { post, client } = await listen();
    const bulk = client.bulk.bind(client);
    const spy = vi.spyOn(client, "bulk");
    spy.mockRejectedValue(new errors.ConnectionError("connect ECONNREFUSED"));
    const whole = await post(lines(1_000), "/_bulk");
    expect([whole.status, whole.body.error.code, spy.mock.calls.length]).toEqual([503, "STORE_UNAVAILABLE", 1]);
    spy.mockImplementationOnce(((request: never) => bulk(request)) as never);
    const { items } = (await post(lines(150), "/_bulk")).body;
    expect(items.map(({ index }) => index?.status)).toEqual([
      ...Array<number>(100).fill(201),
      ...Array<number>(50).fill(503),
    ]);
  });

  it("does not take an event that can never be written for a store that is away", async () => {
    const { post, client, summaries } = await listen();
    const bulk = client.bulk.bind(client);
    vi.spyOn(client, "bulk").mockImplementation(((request: { operations: unknown[] }) => {
      if (JSON.stringify(request.operations).includes('"event 7"'))
        throw new RangeError("Maximum call stack size exceeded");
      return bulk(request);
    }) as never);
    expect(await post(lines(40))).toMatchObject({
      status: 207,
      body: { saved: 39, refused: [{ line: 7, code: "STORE_REFUSED" }] },
    });
    expect(await summaries()).toHaveLength(39);
  });

  it("is told first when other events are wrong: the request has to be sent again", async () => {
    const { post, client } = await listen();
    vi.spyOn(client, "bulk").mockRejectedValue(new errors.ConnectionError("connect ECONNREFUSED"));
    expect((await post(`42\n${lines(1)}`)).status).toBe(503);
  });
});

describe("an event that cannot be kept as it is", () => {
  it("is kept, and counted", async () => {
    const { address, summaries, call } = await listen();
    const latin1 = Buffer.from('{"summary":"M\xFCller"}\n', "latin1");
    const body = Buffer.concat([
      latin1,
      Buffer.from(JSON.stringify({ summary: "key", details: { ["k".repeat(9_000)]: 1 } })),
    ]);
    expect((await send(address, "/events", { body })).body).toEqual({ saved: 2, refused: [] });
    expect(await summaries()).toEqual(["M\uFFFDller", "key"]);
    expect((await call({ url: "/status" })).body).toMatchObject({ status: "ok", intake: { saved: 2, keptInPart: 2 } });
    const { text } = await call({ url: "/metrics" });
    for (const why of ["encoding", "key"]) expect(text).toContain(`mozdef_events_kept_in_part_total{why="${why}"} 1`);
  });
});

describe("an event that says it has alerted already", () => {
  it("alerts all the same", async () => {
    const { post, tickAt, call } = await listen();
    const planted = { summary: "door opened", category: "door", alert_names: ["AlertDoor"], alerts: [{ id: "x" }] };
    await post(`${JSON.stringify(planted)}\n${JSON.stringify({ _source: { ...planted, "alerts.id": "y" } })}`);
    await tickAt("2026-01-01T00:01:00Z");
    expect((await call({ url: "/api/alerts" })).body.total).toBe(2);
  });
});

describe("GET /status", () => {
  it("is not ok while events are refused, and is again a minute later", async () => {
    const { post, call, clock } = await listen();
    const status = async () => (await call({ url: "/status" })).body;
    expect((await status()).status).toBe("ok");
    await post("42");
    expect(await status()).toMatchObject({
      status: "degraded",
      problems: [{ code: "EVENT_INVALID", message: expect.stringContaining("received a number") }],
      intake: { refusedEvents: [{ code: "EVENT_INVALID", total: 1, last: "2026-01-01T00:00:30+00:00" }] },
    });
    clock.set("2026-01-01T00:01:31Z");
    expect((await status()).status).toBe("ok");
  });
});
