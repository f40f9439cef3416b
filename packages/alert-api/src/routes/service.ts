import { z } from "zod";
import { defineRoutes } from "../route.ts";
import { list, open, place, timestamp } from "../values.ts";

const refusals = z.strictObject({
  code: z.string(),
  total: z.int().describe("Since the start"),
  last: timestamp,
  example: z.string().describe("Why, the last time"),
});

/** Something that is lost, held back or does not run, and what to do. */
export const statusProblem = z.strictObject({
  code: z.string(),
  message: z.string(),
  names: list(z.string()).optional().describe("Of the alerts or packs it is about, the first hundred"),
});

/** The first two keys are MozDef's. */
export const serviceStatus = z.strictObject({
  status: z
    .enum(["ok", "degraded", "error"])
    .describe("`degraded`: it works, but something is lost, held back or does not run; `error`: it does not work"),
  service: z.literal("alert-runner"),
  version: z.string(),
  started: z.string().describe("ISO 8601"),
  store: z.strictObject({
    kind: z.enum(["cluster", "embedded"]),
    ok: z.boolean(),
    error: z.string().nullable(),
    product: z
      .string()
      .nullable()
      .describe("`elasticsearch` or `opensearch`; null for an embedded store, and when a cluster does not say"),
    version: z.string().nullable().describe("Of the product; null when it does not say"),
    events: z
      .strictObject({
        bytes: z.number().describe("Memory that events take"),
        limitBytes: z.number().describe("What they may take, so that alerts have the rest"),
        refusal: z.string().nullable().describe("Why new events are refused at present"),
        deleted: list(z.strictObject({ index: z.string(), at: timestamp })).describe(
          "Days of events that were deleted to make room since the start, newest first, the last ten",
        ),
      })
      .nullable()
      .describe("Of an embedded store"),
  }),
  running: z.boolean().describe("Whether this instance runs alerts at present"),
  runners: list(
    z.strictObject({
      id: z.string().describe("Another one with each start"),
      host: z.string(),
      version: z.string(),
      self: z.boolean().describe("Whether it is the one that answers"),
      shards: z.int().describe("How many of the 16 shards of alerts it runs"),
      standstill: z.string().nullable().describe("Why it does not get on with its alerts"),
    }),
  ).describe("Instances on the same store that are alive, this one included"),
  alerts: z.strictObject({ loaded: z.int(), enabled: z.int(), failing: list(z.string()).describe("By name") }),
  slots: z
    .strictObject({
      ran: z.int().describe("Runs of alerts since the start"),
      failed: z.int().describe("Of these, runs that failed"),
      late: z.int().describe("Alerts whose slot is due and has not been run"),
      lagMs: z.number().describe("The age of the oldest slot that is due and has not been run; 0 when none is"),
      behind: z.int().describe("Alerts of which slots that were missed are being caught up"),
    })
    .describe("Of this instance"),
  problems: list(statusProblem).describe("Why the status is not `ok`"),
  intake: z.strictObject({
    saved: z.int().describe("Events saved since the start"),
    keptInPart: z
      .int()
      .describe("Of these, events in which something was cut, replaced, or kept without being indexed"),
    refusedEvents: list(refusals).describe("By code, most first"),
    refusedRequests: list(refusals).describe(
      "Requests refused before their events were looked at; by code, most first",
    ),
    bytesInFlight: z.int().describe("What bodies of requests take now"),
    bytesInFlightLimit: z.int(),
  }),
  deliveries: list(
    z.strictObject({
      target: z.string(),
      configured: z.boolean().describe("false: alerts were queued for it before it was taken out of the configuration"),
      pending: z.int(),
      done: z.int(),
      dead: z.int().describe("Given up"),
      muted: z.int().describe("Not sent, since a silence, another alert or somebody made it needless"),
      failures: z.int().describe("Attempts in a row that failed"),
      error: z.string().nullable().describe("What the last attempt failed with"),
    }),
  )
    .nullable()
    .describe("By target, of the days that deliveries are kept; null when the store could not be asked"),
  clock: z.strictObject({
    setBack: z
      .strictObject({ at: z.string().describe("ISO 8601, by the new time"), byMs: z.number() })
      .nullable()
      .describe(
        "The last time since the start that the clock was set back behind slots that had been run: alerts follow it",
      ),
  }),
  failures: list(z.strictObject({ source: z.string(), code: z.string(), message: z.string(), place })).describe(
    "Packs and alerts that could not be loaded",
  ),
});

const readiness = z.strictObject({
  ready: z.boolean(),
  reason: z.string().nullable().describe("Why it is not ready"),
});

/** Whether the service works, for people and for monitoring. */
export const serviceRoutes = defineRoutes({
  getStatus: {
    methods: ["GET"],
    path: "/status",
    scope: "metrics",
    summary:
      "How the service is: `ok`, `degraded` when something is lost, held back or does not run (`problems` says what), or, with 503, `error`",
    answers: { 200: serviceStatus, 503: serviceStatus },
  },
  live: {
    methods: ["GET"],
    path: "/live",
    scope: "anyone",
    summary: "That the process answers, whatever its store does",
    answers: { 200: z.strictObject({ status: z.literal("ok") }) },
  },
  ready: {
    methods: ["GET"],
    path: "/ready",
    scope: "anyone",
    summary:
      "Whether alerts run at their slots: 503 while the service waits for its store, while the store does not answer, or when all alerts have waited for more than two of their periods",
    answers: { 200: readiness, 503: readiness },
  },
  ping: {
    methods: ["GET"],
    path: "/test",
    scope: "anyone",
    summary: "That the service answers, as in MozDef; the header `x-ip` says from where it sees the caller",
    answers: { 200: z.strictObject({ status: z.literal("ok"), service: z.literal("alert-runner") }) },
  },
  getMetrics: {
    methods: ["GET"],
    path: "/metrics",
    scope: "metrics",
    summary: "For Prometheus",
    answers: { 200: z.string() },
    answerType: "text/plain",
  },
  getOpenApi: {
    methods: ["GET"],
    path: "/api/openapi.json",
    scope: "read",
    summary: "All of this as an OpenAPI 3.1 document",
    answers: { 200: open({ openapi: z.string() }) },
  },
  getReference: {
    methods: ["GET"],
    path: "/api/reference",
    scope: "read",
    summary: "All of this as a page for people",
    answers: { 200: z.string() },
    answerType: "text/html",
  },
});
