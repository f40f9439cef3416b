import { createClient, etagOf } from "@mozdef/alert-api/client";
import { describe, expect, it } from "vitest";
import { doorPack } from "./support/alerts.ts";
import { LOCAL_KEY, type TestService, testService } from "./support/test-service.ts";

const MATCH = { name: "AlertDoor" };
const HEADERS = { authorization: `Bearer ${LOCAL_KEY}` };

const opened = async () => {
  const service = await testService({ packs: [doorPack], config: { auth: {} } });
  const call: TestService["call"] = (options) =>
    service.call({ ...options, headers: { ...HEADERS, ...options.headers } });
  const tagOf = async (url: string): Promise<string> => String((await call({ url })).headers.etag);
  return { ...service, call, tagOf };
};

type Opened = Awaited<ReturnType<typeof opened>>;

const makeAlert = async ({ save, tickAt, call }: Opened): Promise<string> => {
  await save({ category: "door", summary: "front door" });
  await tickAt("2026-01-01T00:01:00Z");
  return `/api/alerts/${(await call({ url: "/api/alerts" })).body.alerts[0]?._id ?? "none"}`;
};

const made = async (service: Opened, url: string, json: object): Promise<string> => {
  const { text } = await service.call({ method: "POST", url, json });
  const body = JSON.parse(text) as { readonly id?: string; readonly name?: string; readonly item?: { _id: string } };
  return `${url}/${body.id ?? body.name ?? body.item?._id ?? "none"}`;
};

interface Kind {
  readonly make: (service: Opened) => Promise<string>;
  readonly method: "POST" | "PATCH" | "DELETE";
  /** Below the address that is read. */
  readonly at?: string;
  readonly bodies: readonly [object, object];
}

const password = "correct horse battery";
const KINDS: Readonly<Record<string, Kind>> = {
  alert: { make: makeAlert, method: "POST", at: "/close", bodies: [{ reason: "benign" }, { reason: "truePositive" }] },
  schedule: {
    make: () => Promise.resolve("/api/schedules/AlertDoor"),
    method: "PATCH",
    bodies: [{ enabled: false }, { schedule: { interval: { seconds: 30 } } }],
  },
  silence: {
    make: (service) =>
      made(service, "/api/silences", { match: MATCH, until: "2026-01-02T00:00:00Z", reason: "works on the door" }),
    method: "PATCH",
    bodies: [{ reason: "one" }, { reason: "two" }],
  },
  "silence that ends": {
    make: (service) => made(service, "/api/silences", { match: MATCH, until: "2026-01-02T00:00:00Z", reason: "works" }),
    method: "DELETE",
    bodies: [{}, {}],
  },
  "exception that ends": {
    make: (service) =>
      made(service, "/api/schedules/AlertDoor/exceptions", { match: { hostname: "a" }, reason: "works", until: null }),
    method: "DELETE",
    bodies: [{}, {}],
  },
  "term of the watchlist": {
    make: (service) => made(service, "/api/watchlist", { content: "evil" }),
    method: "DELETE",
    bodies: [{}, {}],
  },
  user: {
    make: (service) => made(service, "/api/users", { name: "ann", role: "viewer", password }),
    method: "PATCH",
    bodies: [{ role: "analyst" }, { role: "operator" }],
  },
  "user who is removed": {
    make: (service) => made(service, "/api/users", { name: "ben", role: "viewer", password }),
    method: "DELETE",
    bodies: [{}, {}],
  },
};

describe("If-Match", () => {
  it.each(Object.entries(KINDS))("lets one of two get through who change the same %s", async (_name, kind) => {
    const service = await opened();
    const url = await kind.make(service);
    const tag = await service.tagOf(url);
    const answers = await Promise.all(
      kind.bodies.map((json) =>
        service.call({
          ...{ method: kind.method, url: `${url}${kind.at ?? ""}`, json },
          headers: { ...HEADERS, "if-match": tag },
        }),
      ),
    );
    const statuses = answers.map(({ status }) => status).sort();
    // What was removed by one of them is not there for the other.
    expect([
      [200, 412],
      [200, 404],
    ]).toContainEqual(statuses);
    if (kind.method !== "DELETE" || kind.make === KINDS["silence that ends"]?.make)
      expect(answers.find(({ status }) => status === 412)?.body.error.code).toBe("STORE_PRECONDITION_FAILED");
  });

  it.each(Object.entries(KINDS))(
    "refuses to change a %s of another version, and nothing is changed",
    async (_name, kind) => {
      const service = await opened();
      const url = await kind.make(service);
      const change = { method: kind.method, url: `${url}${kind.at ?? ""}`, json: kind.bodies[0] } as const;
      const before = (await service.call({ url })).text;
      const refused = await service.call({ ...change, headers: { "if-match": '"99-1.x", "none"' } });
      expect([refused.status, refused.body.error.code]).toEqual([412, "STORE_PRECONDITION_FAILED"]);
      expect((await service.call({ url })).text).toBe(before);
      expect((await service.call(change)).status).toBe(200);
    },
  );

  it("takes any version for a star, and a tag that a proxy has made weak", async () => {
    const service = await opened();
    const url = await makeAlert(service);
    const comment = (tag: string) =>
      service.call({ method: "POST", url: `${url}/comments`, json: { text: "x" }, headers: { "if-match": tag } });
    expect((await comment(`W/${await service.tagOf(url)}`)).status).toBe(200);
    expect((await comment("*")).status).toBe(200);
    expect((await comment("nonsense")).status).toBe(412);
  });

  it("goes on from the tag of a change", async () => {
    const service = await opened();
    const url = await service.app.listen({ host: "127.0.0.1", port: 0 });
    const client = createClient({ url, token: LOCAL_KEY });
    const params = { id: (await makeAlert(service)).split("/").at(-1) ?? "" };
    const read = await client.getAlert({ params });
    const assigned = await client.assignAlert({ params, body: { assignee: "ann" }, ifMatch: etagOf(read) });
    await client.closeAlert({ params, body: { reason: "benign" }, ifMatch: etagOf(assigned) });
    await expect(client.reopenAlert({ params, body: {}, ifMatch: etagOf(assigned) })).rejects.toMatchObject({
      status: 412,
      code: "STORE_PRECONDITION_FAILED",
    });
  });

  it("is about what people change of a schedule, not about its runs", async () => {
    const service = await opened();
    const url = "/api/schedules/AlertDoor";
    const before = await service.tagOf(url);
    await service.tickAt("2026-01-01T00:02:00Z");
    const after = await service.tagOf(url);
    expect(after).not.toBe(before);
    const change = { method: "PATCH", url, json: { enabled: false }, headers: { "if-match": before } } as const;
    expect((await service.call(change)).status).toBe(200);
    expect((await service.call(change)).status).toBe(412);
  });
});

describe("If-None-Match", () => {
  it("is answered 304 without a body until there is something else to read", async () => {
    const service = await opened();
    const alert = await makeAlert(service);
    const tags = new Map<string, string>();
    for (const url of [alert, "/api/alerts", "/api/schedules"]) tags.set(url, await service.tagOf(url));
    const again = () =>
      Promise.all(
        [...tags].map(([url, tag]) => service.call({ url, headers: { "if-none-match": `"other", ${tag}` } })),
      );
    for (const { status, text, headers } of await again())
      expect([status, text, headers["content-type"]]).toEqual([304, "", undefined]);
    await service.call({ method: "POST", url: `${alert}/comments`, json: { text: "not in the list" } });
    await service.call({ method: "PATCH", url: "/api/schedules/AlertDoor", json: { enabled: false } });
    expect((await again()).map(({ status }) => status)).toEqual([200, 304, 200]);
  });

  it("gives no tag to what is refused, nor to what is no data", async () => {
    const { call } = await opened();
    expect((await call({ url: "/api/alerts/none" })).headers).not.toHaveProperty("etag");
    expect((await call({ url: "/api/exports/alerts.csv" })).headers).not.toHaveProperty("etag");
  });
});
