import { z } from "zod";
import { defineRoutes } from "../route.ts";
import { failure, list, place, time, timestamp } from "../values.ts";

const span = z.strictObject({ from: timestamp, to: timestamp });

const problem = failure.extend({ place });

const explainedClause = z.strictObject({
  depth: z.int().describe("0 for a clause of the query itself; the clauses of a combination follow it, one deeper"),
  part: z.enum(["window", "must", "mustNot", "should", "runtime"]).describe("`runtime`: what every search gets added"),
  text: z.string().describe("In the words of the query DSL"),
  passes: z.int().describe("Events that fit it by itself"),
  losesAlone: z.int().describe("Events that only this one keeps out: they fit all the others"),
  reason: z
    .string()
    .nullable()
    .describe("Why the event does not fit it; null when it does, and when all events are asked about"),
});

const explainedQuery = z.strictObject({
  label: z.string().describe("What the query is for, such as `step 2`; empty for the only one of a search"),
  indices: list(z.string()),
  window: span.nullable().describe("Null: no limit in time"),
  looked: z.int().describe("Events in the indices, or the one event"),
  matching: z.int(),
  clauses: list(explainedClause),
});

const explainedGroup = z.strictObject({
  value: z.string().describe("Empty when all events are one group"),
  count: z.int(),
  fires: z.boolean(),
  text: z.string().describe("How near it is: `9 of 10, 1 missing`"),
  lost: list(z.strictObject({ clause: z.string(), count: z.int() })).describe(
    "Clauses that keep further events of the group out by themselves",
  ),
});

const nearMiss = z.strictObject({
  index: z.string(),
  id: z.string(),
  time: z.string().nullable(),
  summary: z.string().nullable().describe("Cut at 500 characters"),
  failing: list(explainedClause).describe("The clauses that it does not fit, each with the reason"),
});

const explainedSearch = z.strictObject({
  name: z.string().describe("The name that its alerts get"),
  looksFor: z.string().describe("In words: `groups of at least 10 by hostname`"),
  fires: z.boolean().describe("Whether there is something to alert on; of a single event, whether it is part of that"),
  silence: z.string().nullable().describe("Why it stays silent; null when it fires"),
  alreadyAlerted: z.int().describe("Events that would match had they not alerted before"),
  queries: list(explainedQuery).describe("The one that finds the events first"),
  groups: z
    .strictObject({
      fields: list(z.string()),
      firing: z.int(),
      nearest: list(explainedGroup).describe("Those that fire, then those that come nearest: ten at most"),
    })
    .nullable()
    .describe("Null for searches without groups"),
  nearMisses: list(nearMiss).describe(
    "The newest events of the window that fit all but one clause, else all but two, else three; none when an event is asked about",
  ),
});

/** Why an alert fires or stays silent at a moment. */
export const explanation = z.strictObject({
  alert: z.string(),
  at: timestamp.describe("The end of the windows"),
  searches: list(explainedSearch).describe("The first ten; of one event, those that look where it is"),
  moreSearches: z.int().describe("Those that are left out"),
  errors: list(problem).describe("What failed in the alert when it was asked for its searches"),
});

const hour = z.strictObject({
  from: timestamp,
  slots: z.int(),
  alerts: z.int(),
  failed: z.int().describe("Slots at which something failed"),
});

/** What an alert would have made of slots of the past. */
export const backtest = z.strictObject({
  alert: z.string(),
  from: timestamp.describe("Exclusive"),
  until: timestamp.describe("Inclusive"),
  slots: z.int(),
  alerts: z.int(),
  added: z.int().describe("What would have been added to alerts before, in their quiet time"),
  hours: list(hour).describe("Oldest first, those without a slot among them"),
  samples: list(z.strictObject({ slot: timestamp, severity: z.string(), summary: z.string() })).describe(
    "The newest twenty alerts, newest first",
  ),
  errors: list(problem).describe("What failed, each message once: ten at most"),
  cut: z
    .enum(["slots", "time"])
    .nullable()
    .describe(
      "Why less was looked at than was asked for: too many `slots`, so the newest, or too much `time`, so the oldest",
    ),
  keepsState: z
    .boolean()
    .describe(
      "Whether the alert keeps something between its runs, which it did not have here: then the numbers are a guess",
    ),
});

/** Questions about an alert that change nothing. */
export const analysisRoutes = defineRoutes({
  explainAlert: {
    methods: ["POST"],
    path: "/api/schedules/{name}/explain",
    scope: "read",
    summary:
      "Why an alert fires or stays silent now, or did `at` a time: each clause asked by itself of all events, with the newest events that nearly fit, or of one event. Reads only; the code of the alert runs where it always does",
    body: z.strictObject({
      at: time.optional(),
      event: z.strictObject({ index: z.string().min(1).max(255), id: z.string().min(1).max(512) }).optional(),
    }),
    answers: { 200: explanation },
    errors: { 404: ["EVENT_NOT_FOUND", "SCHEDULE_NOT_FOUND"], 429: ["ANALYSIS_BUSY"], 503: ["HOST_FAILED"] },
  },
  backtestAlert: {
    methods: ["POST"],
    path: "/api/schedules/{name}/backtest",
    scope: "operate",
    summary:
      "Runs an alert at its slots after `from` (a day before `until`) up to `until` (now), at most a week, over the events as they are now, and stores nothing. Ends after 3,000 slots or 20 seconds and says so",
    body: z.strictObject({ from: time.optional(), until: time.optional() }),
    answers: { 200: backtest },
    errors: { 404: ["SCHEDULE_NOT_FOUND"], 429: ["ANALYSIS_BUSY"], 503: ["HOST_FAILED"] },
  },
});
