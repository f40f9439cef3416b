import { z } from "zod";
import { defineRoutes, OTHER_VERSION } from "../route.ts";
import { by, failure, list, place, time, timestamp } from "../values.ts";

const value = z.union([z.string().max(1_000), z.number(), z.boolean()], {
  error: "expected a text of at most 1,000 characters, a number, true or false",
});

const match = z
  .record(z.string().min(1).max(256), z.union([value, z.array(value).min(1).max(100)]))
  .describe(
    'Fields of events and the whole value of each, or a list of which any fits: `{ "details.sourceipaddress": "10.0.0.0/8", "hostname": ["a", "b"] }`. An event that fits all of them is left out',
  );

const reason = z.string().trim().min(1).max(2_000);

export const exception = z.strictObject({
  id: z.string().nullable().describe("Null for one of the configuration, which is ended there"),
  origin: z.enum(["configuration", "people"]),
  state: z.enum(["active", "expired"]),
  match: list(z.string()).describe("Clauses of the query DSL: an event that fits all of them is left out"),
  reason: z.string(),
  until: timestamp.nullable().describe("When the alert looks at these events again; null: never"),
  by: z.string().nullable().describe("Who has made it; null for one of the configuration, as all that follow"),
  createdAt: timestamp.nullable(),
  endedBy: z.string().nullable().describe("Who has ended it before its time"),
  endedAt: timestamp.nullable(),
});

/** What an exception would leave out, shown before it is made. */
export const exceptionPreview = z.strictObject({
  searches: list(
    z.strictObject({
      name: z.string().describe("The name under which the search alerts"),
      looked: z
        .int()
        .describe("Events of the last day that it finds, whatever its own window; of a sequence: its first step"),
      leftOut: z.int().describe("Those of them that the exception would leave out"),
    }),
  ),
  moreSearches: z.int().describe("Searches of the alert beyond those that are counted"),
  errors: list(failure.extend({ place })).describe("Why the alert could not say what it looks for"),
});

const createBody = z.strictObject({
  match,
  reason,
  until: time.nullable().describe("Null: for good"),
  by,
});

const NO_ALERT = { 404: ["SCHEDULE_NOT_FOUND"] } as const;
const NO_EXCEPTION = { 404: ["EXCEPTION_NOT_FOUND", "SCHEDULE_NOT_FOUND"] } as const;
const ASKS = { 400: ["EXCEPTION_INVALID"], ...NO_ALERT, 429: ["ANALYSIS_BUSY"], 503: ["HOST_FAILED"] } as const;

/** Events that an alert does not look at. */
export const exceptionRoutes = defineRoutes({
  listExceptions: {
    methods: ["GET"],
    path: "/api/schedules/{name}/exceptions",
    scope: "read",
    summary:
      "Events that an alert leaves out: as the configuration says, then as people do, newest first. Those that are over are kept for a year",
    answers: { 200: z.strictObject({ exceptions: list(exception) }) },
    errors: NO_ALERT,
  },
  getException: {
    methods: ["GET"],
    path: "/api/schedules/{name}/exceptions/{id}",
    scope: "read",
    summary: "One exception that people have made",
    answers: { 200: exception },
    errors: NO_EXCEPTION,
  },
  createException: {
    methods: ["POST"],
    path: "/api/schedules/{name}/exceptions",
    scope: "operate",
    summary:
      "Has an alert leave events out from its next slot on until `until`, a time or null for good. Refused when the alert could not search with it",
    body: createBody,
    answers: { 201: exception },
    errors: ASKS,
  },
  previewException: {
    methods: ["POST"],
    path: "/api/schedules/{name}/exceptions/preview",
    scope: "read",
    summary: "How many events of the last day an exception would take out of the searches of an alert; changes nothing",
    body: z.strictObject({ match }),
    answers: { 200: exceptionPreview },
    errors: ASKS,
  },
  endException: {
    methods: ["DELETE"],
    path: "/api/schedules/{name}/exceptions/{id}",
    scope: "operate",
    summary: "Ends an exception now: the alert looks at its events again. It stays in the list",
    body: z.strictObject({ by }).prefault({}),
    answers: { 200: exception },
    errors: { ...NO_EXCEPTION, ...OTHER_VERSION },
  },
});
