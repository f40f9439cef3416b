import { z } from "zod";
import { defineRoutes } from "../route.ts";
import { list, open } from "../values.ts";

/** The first two keys are MozDef's. */
export const serviceStatus = z.strictObject({
  status: z.enum(["ok", "error"]),
  service: z.literal("alert-runner"),
  version: z.string(),
  started: z.string().describe("ISO 8601"),
  store: z.strictObject({
    kind: z.enum(["cluster", "embedded"]),
    ok: z.boolean(),
    error: z.string().nullable(),
  }),
  running: z.boolean().describe("Whether this instance runs the alerts; another one may"),
  alerts: z.strictObject({ loaded: z.int(), enabled: z.int(), failing: list(z.string()).describe("By name") }),
  clock: z.strictObject({
    setBack: z
      .strictObject({ at: z.string().describe("ISO 8601, by the new time"), byMs: z.number() })
      .nullable()
      .describe(
        "The last time since the start that the clock was set back behind slots that had been run: alerts follow it",
      ),
  }),
  failures: list(z.strictObject({ source: z.string(), code: z.string(), message: z.string() })).describe(
    "Packs and alerts that could not be loaded",
  ),
});

/** Whether the service works, for people and for monitoring. */
export const serviceRoutes = defineRoutes({
  getStatus: {
    methods: ["GET"],
    path: "/status",
    summary: "200 when all is well, 503 when the store is not",
    answers: { 200: serviceStatus, 503: serviceStatus },
  },
  ping: {
    methods: ["GET"],
    path: "/test",
    summary: "That the service answers, as in MozDef; the header `x-ip` says from where it sees the caller",
    answers: { 200: z.strictObject({ status: z.literal("ok"), service: z.literal("alert-runner") }) },
  },
  getMetrics: {
    methods: ["GET"],
    path: "/metrics",
    summary: "For Prometheus",
    answers: { 200: z.string() },
    answerType: "text/plain",
  },
  getOpenApi: {
    methods: ["GET"],
    path: "/openapi.json",
    summary: "All of this as an OpenAPI 3.1 document",
    answers: { 200: open({ openapi: z.string() }) },
  },
});
