import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { acknowledgeBody, listQuery, statusBody } from "../alerts/alert-routes.ts";
import { VERSION } from "../manifest.ts";
import { changeBody, runsQuery } from "../schedule/schedule-routes.ts";
import { itemBody, legacyItemBody } from "../watchlist/watchlist-bodies.ts";

/** What can be said of a route: schemas are those that the route itself checks its input with. */
interface RouteFacts {
  readonly summary: string;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType | "events";
  /** Content type of the answer. Default JSON. */
  readonly answers?: string;
}

/** Every route but those of the pages, as `METHOD /path`. A test compares them with the routes there are. */
const ROUTES: Readonly<Record<string, RouteFacts>> = {
  "POST /events": { summary: "Take events in: one object, a list, or one object a line", body: "events" },
  "PUT /events": { summary: "As POST", body: "events" },
  "POST /nxlog": { summary: "As /events", body: "events" },
  "PUT /nxlog": { summary: "As /events", body: "events" },
  "POST /cef": { summary: "As /events; the events say endpoint cef", body: "events" },
  "PUT /cef": { summary: "As /events; the events say endpoint cef", body: "events" },
  "POST /custom/{name}": { summary: "As /events; the events say the name as their endpoint", body: "events" },
  "PUT /custom/{name}": { summary: "As /events; the events say the name as their endpoint", body: "events" },
  "POST /_bulk": { summary: "Elasticsearch's bulk interface, for log shippers", body: "events" },
  "PUT /_bulk": { summary: "As POST", body: "events" },
  "POST /{index}/_bulk": { summary: "As /_bulk; the index does not matter", body: "events" },
  "PUT /{index}/_bulk": { summary: "As /_bulk; the index does not matter", body: "events" },
  "GET /": { summary: "What the store says of itself, for log shippers; browsers get the pages" },
  "GET /_cluster/health": { summary: "What the store says of its health, for log shippers" },
  "GET /api/alerts": { summary: "Alerts, newest first, with what there is to choose from", query: listQuery },
  "GET /api/alerts/{id}": { summary: "One alert with its events" },
  "POST /api/alerts/{id}/acknowledge": { summary: "Acknowledge an alert, or take that back", body: acknowledgeBody },
  "POST /api/alerts/{id}/status": { summary: "Say what became of an alert", body: statusBody },
  "GET /api/schedules": { summary: "Every alert: schedule, last and next slot, last run" },
  "PATCH /api/schedules/{name}": { summary: "Switch an alert on or off, or change its schedule", body: changeBody },
  "POST /api/schedules/{name}/run": { summary: "Run an alert now; answers what came of it" },
  "GET /api/runs": { summary: "Runs of alerts, and gaps", query: runsQuery },
  "GET /alertschedules": { summary: "Schedules as MozDef answers them" },
  "GET /api/watchlist": { summary: "What is watched for, newest first" },
  "POST /api/watchlist": { summary: "Watch for a term; one that is there already is left as it is", body: itemBody },
  "DELETE /api/watchlist/{id}": { summary: "Watch for a term no longer" },
  "GET /getwatchlist": { summary: "The terms as MozDef answers them, newest first" },
  "POST /watchitem": { summary: "Watch for a term, sent as MozDef takes it", body: legacyItemBody },
  "GET /status": { summary: "200 when all is well, 503 when the store is not" },
  "GET /test": { summary: "That the service answers, as in MozDef" },
  "GET /metrics": { summary: "Metrics for Prometheus", answers: "text/plain" },
  "GET /openapi.json": { summary: "This document" },
};

const EVENT_TYPES = ["application/json", "application/x-ndjson", "text/plain"];
const ERROR = {
  type: "object",
  required: ["error"],
  properties: {
    error: {
      type: "object",
      required: ["code", "message"],
      properties: { code: { type: "string" }, message: { type: "string" } },
    },
  },
};

/** The HTTP interface as an OpenAPI 3.1 document. */
export const openApi = (): object => {
  const paths = new Map<string, Record<string, object>>();
  for (const [key, facts] of Object.entries(ROUTES)) {
    const [method = "", path = ""] = key.split(" ");
    paths.set(path, { ...paths.get(path), [method.toLowerCase()]: operation(path, facts) });
  }
  return {
    openapi: "3.1.0",
    info: { title: "MozDef alert service", version: VERSION, license: { name: "MPL-2.0", identifier: "MPL-2.0" } },
    paths: Object.fromEntries(paths),
    components: { schemas: { Error: ERROR } },
  };
};

const operation = (path: string, { summary, query, body, answers = "application/json" }: RouteFacts): object => ({
  summary,
  parameters: [...pathParameters(path), ...(query === undefined ? [] : queryParameters(query))],
  ...(body !== undefined && { requestBody: { content: contentOf(body) } }),
  responses: {
    200: { description: "Done", content: { [answers]: {} } },
    default: {
      description: "Refused or failed",
      content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } },
    },
  },
});

const pathParameters = (path: string): readonly object[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));

const queryParameters = (query: z.ZodType): readonly object[] =>
  Object.entries(schemaOf(query).properties ?? {}).map(([name, schema]) => ({ name, in: "query", schema }));

const contentOf = (body: z.ZodType | "events"): object =>
  body === "events"
    ? Object.fromEntries(EVENT_TYPES.map((type) => [type, {}]))
    : { "application/json": { schema: schemaOf(body) } };

/** What goes in: before defaults are filled in and texts become times. */
const schemaOf = (schema: z.ZodType): { readonly properties?: Readonly<Record<string, unknown>> } => {
  const made = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  // The dialect is OpenAPI 3.1's own.
  delete made.$schema;
  return made;
};

/** The document at `/openapi.json`. */
export const openApiRoute = (app: FastifyInstance): void => {
  const document = openApi();
  app.get("/openapi.json", () => document);
};
