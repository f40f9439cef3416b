import { servicenow, type ServicenowOptions } from "@mozdef/alert-actions/servicenow";
import { expect, it } from "vitest";
import { hostileMessage, message, send } from "./receiver.ts";
import { openTicketServer, type TicketAnswer, type TicketRequest } from "./ticket-server.ts";

type Row = Record<string, string>;

/** A ServiceNow that finds by correlation_id, bounds its columns and wants a code and notes to resolve. */
const openServicenow = async (failing?: (request: TicketRequest) => TicketAnswer | undefined) => {
  const rows: Row[] = [];
  const server = await openTicketServer((request) => failing?.(request) ?? answer(rows, request));
  return { ...server, rows };
};

const answer = (rows: Row[], { method, path, body }: TicketRequest): TicketAnswer => {
  const { pathname, searchParams } = new URL(path, "http://x");
  const [, id] = /^\/api\/now\/table\/incident(?:\/([0-9a-f]{32}))?$/.exec(pathname) ?? ["", "unknown"];
  if (method === "GET") return { json: { result: found(rows, searchParams.get("sysparm_query") ?? "") } };
  const fields = body as Row;
  if (method === "POST" && pathname.endsWith("/incident")) return created(rows, fields);
  const row = rows.find((one) => one.sys_id === id);
  if (method !== "PATCH" || row === undefined) return { status: 404, json: { error: { message: "No Record found" } } };
  if (fields.state === "6" && !(fields.close_code && fields.close_notes))
    return { status: 403, json: { error: { message: "Operation Failed", detail: "close_code is mandatory" } } };
  Object.assign(row, fields, fields.state === "6" && { active: "false" });
  return { json: { result: row } };
};

const found = (rows: readonly Row[], query: string): readonly Row[] => {
  const [, id, active] = /^correlation_id=([\w-]+)(\^active=true)?$/.exec(query) ?? [];
  return rows.filter((row) => row.correlation_id === id && (active === undefined || row.active === "true"));
};

const created = (rows: Row[], fields: Row): TicketAnswer => {
  const { short_description: short = "", description = "", correlation_id: id = "" } = fields;
  if (short.length > 160 || description.length > 4_000 || id.length > 100) return { status: 400 };
  rows.push({ ...fields, sys_id: String(rows.length).padStart(32, "0"), active: "true" });
  return { status: 201, json: { result: rows.at(-1) } };
};

const acting = (url: string, more: Partial<ServicenowOptions> = {}) =>
  servicenow({ url, user: "mozdef", password: "password-1", ...more });

it("creates an incident with all that ServiceNow wants", async () => {
  const { asked, rows, url } = await openServicenow();
  const action = acting(url, { fields: { assignment_group: "SOC", urgency: "3" } });
  expect(await send(action, {}, message({ severity: "CRITICAL" }))).toBeUndefined();
  expect(asked[0]?.authorization).toBe(`Basic ${Buffer.from("mozdef:password-1").toString("base64")}`);
  expect(rows).toMatchObject([
    {
      ...{ short_description: "CRITICAL: 10 failed logins by 192.0.2.7", assignment_group: "SOC" },
      ...{ impact: "1", urgency: "3", correlation_display: "MozDef" },
      correlation_id: expect.stringMatching(/^mozdef-\w{40}$/) as string,
      description: expect.stringContaining("Events: 12") as string,
    },
  ]);
});

it("logs in by a token", async () => {
  const { asked, url } = await openServicenow();
  await send(servicenow({ url, token: "token-1" }));
  expect(asked[0]?.authorization).toBe("Bearer token-1");
});

it("makes one incident of an alert that comes twice, and another for a group that was resolved", async () => {
  const { rows, url } = await openServicenow();
  const group = message({ groupkey: "a^ORactive=true" });
  for (const what of [message(), message(), group, { ...group, _id: "later" }])
    expect(await send(acting(url), {}, what)).toBeUndefined();
  expect(rows).toHaveLength(2);
  for (const row of rows) row.active = "false";
  for (const what of [message(), group]) await send(acting(url), {}, what);
  expect(rows).toHaveLength(3);
});

it("sets an incident to work in progress, and resolves it, with who did it", async () => {
  const { rows, url } = await openServicenow();
  const action = acting(url, { closeCode: "Resolved by caller" });
  expect(action.events).toEqual(["trigger", "acknowledge", "resolve"]);
  await send(action);
  expect(await send(action, { event: "acknowledge", by: "ana" })).toBeUndefined();
  expect(rows[0]).toMatchObject({ state: "2", work_notes: "Acknowledged by ana in MozDef." });
  expect(await send(action, { event: "resolve", by: "bo" })).toBeUndefined();
  expect(rows[0]).toMatchObject({
    ...{ state: "6", close_code: "Resolved by caller", close_notes: "Closed by bo in MozDef.", active: "false" },
  });
});

it("keeps to the lengths of ServiceNow", async () => {
  const { rows, url } = await openServicenow();
  expect(await send(acting(url), {}, hostileMessage(10_000))).toBeUndefined();
  expect(rows).toHaveLength(1);
});

it.each([
  [429, { "retry-after": "3" }, { retry: expect.stringContaining("it answered 429") as string, afterMs: 3_000 }],
  [500, {}, { retry: expect.stringContaining("it answered 500") as string }],
  [401, {}, { refused: expect.stringContaining("[hidden]") as string }],
  [403, {}, { refused: expect.stringContaining("it answered 403") as string }],
])("takes the answer %i for what it means, without the password", async (status, headers, expected) => {
  const json = { error: { message: "User Not Authenticated", detail: "password-1" } };
  const { url } = await openServicenow(() => ({ status, headers, json }));
  const got = await send(acting(url));
  expect(got).toEqual(expected);
  expect(JSON.stringify(got)).not.toContain("password-1");
});

it("tries again after an answer that is not what is documented", async () => {
  const { url } = await openServicenow(() => ({ json: { result: [{ sys_id: "../x" }] } }));
  expect(await send(acting(url))).toEqual({ retry: "it answered something else than ServiceNow documents" });
});

it.each([
  [{ password: undefined }, "token: expected token, or user and password"],
  [{ token: "t" }, "token: expected token, or user and password"],
  [{ table: "a/b" }, "table: "],
])("refuses the options %j, and names the key", (more, reason) => {
  expect(() => acting("http://127.0.0.1", more as Partial<ServicenowOptions>)).toThrow(
    expect.objectContaining({ code: "ACTION_INVALID", message: expect.stringContaining(reason) as string }),
  );
});
