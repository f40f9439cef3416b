import { thehive, type ThehiveOptions } from "@mozdef/alert-actions/thehive";
import { expect, it } from "vitest";
import { markupOf } from "./markdown.ts";
import { hostileMessage, message, send } from "./receiver.ts";
import { openTicketServer, type TicketAnswer, type TicketRequest } from "./ticket-server.ts";

type Alert = Record<string, unknown>;

const REQUIRED = ["type", "source", "sourceRef", "title", "description"];

/** A TheHive that wants its required fields, and takes each type, source and reference once. */
const openThehive = async (failing?: (request: TicketRequest) => TicketAnswer | undefined) => {
  const alerts: Alert[] = [];
  const server = await openTicketServer((request) => failing?.(request) ?? answer(alerts, request));
  return { ...server, alerts };
};

const isSame = (one: Alert, other: Alert): boolean =>
  ["type", "source", "sourceRef"].every((field) => one[field] === other[field]);

const answer = (alerts: Alert[], { method, path, body }: TicketRequest): TicketAnswer => {
  if (path === "/api/v1/query") return { json: alerts.filter((alert) => isSame(alert, filtered(body))) };
  const fields = body as Alert;
  if (method === "PATCH") {
    const alert = alerts.find(({ _id }) => path === `/api/v1/alert/${String(_id)}`);
    Object.assign(alert ?? {}, fields);
    return { status: alert === undefined ? 404 : 204 };
  }
  const missing = REQUIRED.filter((field) => typeof fields[field] !== "string" || fields[field] === "");
  if (path !== "/api/v1/alert" || missing.length > 0 || String(fields.sourceRef).length > 128)
    return { status: 400, json: { type: "BadRequest", message: `invalid ${missing.join(", ")}` } };
  if (alerts.some((alert) => isSame(alert, fields)))
    return {
      status: 400,
      json: { type: "CreateError", message: "Alert mozdef:MozDef:abc already exist in organisation SOC" },
    };
  alerts.push({ ...fields, _id: `~${alerts.length}`, stage: "New", status: "New" });
  return { status: 201, json: alerts.at(-1) };
};

interface Equal {
  readonly _eq: { readonly _field: string; readonly _value: string };
}

const filtered = (body: unknown): Alert => {
  const { query } = body as { readonly query: readonly { readonly _and?: readonly Equal[] }[] };
  return Object.fromEntries((query[1]?._and ?? []).map(({ _eq }) => [_eq._field, _eq._value]));
};

const acting = (url: string, more: Partial<ThehiveOptions> = {}) => thehive({ url, apiKey: "key-12345", ...more });

it("creates an alert with all that TheHive wants", async () => {
  const { asked, alerts, url } = await openThehive();
  const action = acting(url, { alertUrl: "https://mozdef.example.org/alerts", tlp: 3 });
  expect(await send(action, {}, message({ severity: "ERROR" }))).toBeUndefined();
  expect(asked[0]?.authorization).toBe("Bearer key-12345");
  expect(alerts).toMatchObject([
    {
      ...{ type: "mozdef", source: "MozDef", sourceRef: "abc", title: "ERROR: 10 failed logins by 192.0.2.7" },
      ...{ severity: 3, tlp: 3, pap: 2, tags: ["ssh"], externalLink: "https://mozdef.example.org/alerts/abc" },
      date: Date.parse("2026-03-10T08:59:00Z"),
    },
  ]);
});

it("counts as done what TheHive has already, and nothing else that it refuses", async () => {
  const { alerts, url } = await openThehive();
  for (let attempt = 0; attempt < 2; attempt += 1) expect(await send(acting(url))).toBeUndefined();
  expect(alerts).toHaveLength(1);
  const json = { type: "CreateError", message: "customField unknown is not found" };
  const refusing = await openThehive(() => ({ status: 400, json }));
  expect(await send(acting(refusing.url))).toEqual({ refused: `it answered 400: ${JSON.stringify(json)}` });
});

it("sets the status of an alert that is closed, unless it is a case by now", async () => {
  const { alerts, asked, url } = await openThehive();
  const action = acting(url, { resolveStatus: "FalsePositive" });
  await send(action);
  expect(await send(action, { event: "resolve" })).toBeUndefined();
  expect(alerts[0]?.status).toBe("FalsePositive");
  for (const alert of alerts) alert.stage = "Imported";
  await send(action, { event: "resolve" });
  expect(await send(action, { event: "resolve" }, { ...message(), _id: "unknown" })).toBeUndefined();
  expect(asked.filter(({ method }) => method === "PATCH")).toHaveLength(1);
});

it("formats nothing of hostile text, and keeps to the lengths of TheHive", async () => {
  const { alerts, url } = await openThehive();
  expect(await send(acting(url), {}, { ...hostileMessage(20_000), _id: "x".repeat(500) })).toBeUndefined();
  const { title, description, tags } = alerts[0] as { title: string; description: string; tags: readonly string[] };
  expect([title.length <= 512, description.length <= 15_000, tags.length]).toEqual([true, true, 50]);
  expect(description.split("\n").flatMap(markupOf)).toEqual([]);
});

it.each([
  [429, { "retry-after": "3" }, { retry: "it answered 429", afterMs: 3_000 }],
  [503, {}, { retry: "it answered 503" }],
  [401, {}, { refused: "it answered 401" }],
])("takes the answer %i for what it means", async (status, headers, expected) => {
  const { url } = await openThehive(() => ({ status, headers }));
  expect(await send(acting(url))).toEqual(expected);
  expect(await send(acting(url), { event: "resolve" })).toEqual(expected);
});

it.each([
  [{ events: ["trigger", "acknowledge"] }, "events: expected trigger and resolve only"],
  [{ tlp: 5 }, "tlp: "],
  [{ apiKey: "" }, "apiKey: "],
])("refuses the options %j, and names the key", (more, reason) => {
  expect(() => acting("http://127.0.0.1", more as Partial<ThehiveOptions>)).toThrow(
    expect.objectContaining({ code: "ACTION_INVALID", message: expect.stringContaining(reason) as string }),
  );
});
