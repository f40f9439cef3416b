import { z } from "zod";
import { defineRoutes } from "../route.ts";
import { by, list, time, timestamp } from "../values.ts";

export const backfill = z.strictObject({
  id: z.string(),
  reason: z
    .enum(["missed", "asked"])
    .describe("`missed`: slots that passed while nothing ran; `asked`: somebody has slots looked at once more"),
  status: z.enum(["open", "done", "cancelled"]),
  alerts: list(z.string()).describe("By name"),
  from: timestamp.describe("Exclusive"),
  to: timestamp.describe("Inclusive"),
  doneTo: timestamp.describe("The slots up to there are done"),
  notify: z.boolean().describe("Whether alerts go to their targets"),
  runs: z.int().describe("Runs of alerts so far"),
  made: z.int().describe("Alerts that they made"),
  failed: z.int().describe("Runs that failed"),
  error: z.string().nullable().describe("What failed last"),
  by: z.string().nullable().describe("Who asked for it; null when slots were missed"),
  at: timestamp,
  endedAt: timestamp.nullable(),
});

const createBody = z.strictObject({
  alerts: z.array(z.string().min(1).max(1_000)).min(1).max(1_000).describe("By name"),
  from: time,
  to: time,
  notify: z.boolean().default(false),
  by,
});

/** Slots of the past, run beside those of the present. */
export const backfillRoutes = defineRoutes({
  listBackfills: {
    methods: ["GET"],
    path: "/api/backfills",
    scope: "read",
    summary:
      "Slots of the past that are run, or were within a week, newest first: missed ones, and such as somebody asked for",
    answers: { 200: z.strictObject({ backfills: list(backfill) }) },
  },
  createBackfill: {
    methods: ["POST"],
    path: "/api/backfills",
    scope: "operate",
    summary:
      "Has alerts look once more at the slots after `from`, up to `to`, whether or not they are enabled. What they have covered stays covered; alerts go to their targets only with `notify`",
    body: createBody,
    answers: { 201: backfill },
    errors: { 400: ["BACKFILL_INVALID"], 404: ["SCHEDULE_NOT_FOUND"] },
  },
  cancelBackfill: {
    methods: ["DELETE"],
    path: "/api/backfills/{id}",
    scope: "operate",
    summary: "Ends it; what was run stays. Slots that were missed and not run then are not run any more",
    answers: { 200: backfill },
    errors: { 404: ["BACKFILL_NOT_FOUND"] },
  },
});
