import { z } from "zod";
import { defineRoutes } from "../route.ts";
import { failure, list, open } from "../values.ts";

/** Content types of events. Shippers disagree on that of JSON lines, so all of these mean the same. */
export const EVENT_BODY_TYPES = [
  "application/json",
  "application/x-ndjson",
  "application/ndjson",
  "application/jsonl",
  "application/vnd.elasticsearch+x-ndjson",
  "application/vnd.elasticsearch+json",
  "text/plain",
] as const;

export const refusal = z.strictObject({
  line: z.int().describe("Line of the body, or position in a list, counted from 1"),
  lastLine: z.int().optional().describe("When all from `line` to here were refused alike, one after the other"),
  code: z.string(),
  reason: z.string(),
});

const report = {
  saved: z.int().describe("How many events were saved"),
  refused: list(refusal).describe("The first hundred"),
  moreRefused: z.int().optional().describe("How many events were refused beyond those in `refused`"),
};

export const intakeReport = z.strictObject(report);

/** No event was saved: an error that also has the report. Errors before any event was read are without it. */
export const refusedIntake = z.strictObject({
  error: failure,
  saved: report.saved.optional(),
  refused: report.refused.optional(),
  moreRefused: report.moreRefused,
});

/** Errors of a body that holds more than is taken at once. */
export const BODY_ERRORS = { 413: ["BODY_TOO_DENSE", "EVENTS_TOO_MANY"], 429: ["INTAKE_BUSY"] } as const;

const events = {
  scope: "intake",
  methods: ["POST", "PUT"],
  bodyTypes: EVENT_BODY_TYPES,
  answers: {
    200: intakeReport,
    207: intakeReport,
    // What the store can say of a document that it refuses.
    400: refusedIntake,
    403: refusedIntake,
    404: refusedIntake,
    429: refusedIntake,
    500: refusedIntake,
    503: refusedIntake,
  },
  errors: {
    ...BODY_ERRORS,
    400: ["EVENTS_REFUSED"],
    403: ["EVENTS_REFUSED"],
    404: ["EVENTS_REFUSED"],
    429: ["EVENTS_REFUSED", "INTAKE_BUSY"],
    500: ["EVENTS_REFUSED"],
    503: ["EVENTS_REFUSED"],
  },
} as const;

/** As Elasticsearch answers: shippers look at `errors` and at the status of each item. */
export const bulkAnswer = z.strictObject({
  took: z.int().describe("Milliseconds"),
  errors: z.boolean(),
  items: list(
    z.record(
      z.string(),
      z.strictObject({
        status: z.int(),
        _index: z.string().optional(),
        _id: z.string().optional(),
        _version: z.int().optional(),
        result: z.literal("created").optional(),
        error: z.strictObject({ type: z.string(), reason: z.string() }).optional(),
      }),
    ),
  ).describe("In the order of the request, each under the name of its action"),
});

const bulk = {
  scope: "intake",
  methods: ["POST", "PUT"],
  bodyTypes: EVENT_BODY_TYPES,
  answers: { 200: bulkAnswer },
  errors: BODY_ERRORS,
} as const;

/** Ways in for events. Their bodies are what senders make of them: each event is judged by itself. */
export const intakeRoutes = defineRoutes({
  takeEvents: {
    ...events,
    path: "/events",
    summary: "Takes events: one JSON object, a list, or one object a line. JSON, NDJSON or text; gzip or deflate",
  },
  takeNxlogEvents: { ...events, path: "/nxlog", summary: "As `/events`" },
  takeCefEvents: { ...events, path: "/cef", summary: "As `/events`; `endpoint` in the event says `cef`" },
  takeCustomEvents: {
    ...events,
    path: "/custom/{name}",
    summary: "As `/events`; `endpoint` in the event says the name, as in MozDef",
  },
  bulk: {
    ...bulk,
    path: "/_bulk",
    summary:
      "Takes what log shippers send to Elasticsearch and answers in its shape. Events go to the index of their day, whatever index was named",
  },
  bulkOfIndex: { ...bulk, path: "/{index}/_bulk", summary: "As `/_bulk`" },
  describeStore: {
    methods: ["GET"],
    path: "/",
    scope: "intake",
    summary: "What the store says of itself, for log shippers that ask for JSON; everybody else is led to the pages",
    answers: { 200: open({ version: z.unknown() }), 302: z.string() },
  },
  storeHealth: {
    methods: ["GET"],
    path: "/_cluster/health",
    scope: "intake",
    summary: "What the store says of its health, for log shippers",
    answers: { 200: open({ status: z.string() }) },
  },
});
