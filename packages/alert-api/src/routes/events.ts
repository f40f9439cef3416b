import { z } from "zod";
import { defineRoutes } from "../route.ts";
import { list, oneOrMore, time, timestamp, wholeNumber } from "../values.ts";

/** How far pages of events reach: the server's `index.max_result_window`. */
export const DEEPEST_EVENT = 10_000;

/** Where events are. */
export const eventSource = z.strictObject({
  name: z.string().nullable().describe("As the configuration names it; null for the events that the service keeps"),
  indices: list(z.string()),
  time: z.string().describe("The field that orders its events"),
});

/** An event as it is in its source. */
export const storedEvent = z.strictObject({
  _index: z.string(),
  _id: z.string(),
  _source: z.record(z.string(), z.unknown()),
});

export const eventPage = z.strictObject({
  total: z.int().describe("How many events match, on whichever page"),
  events: list(storedEvent).describe("In the order asked for"),
});

export const eventHistogram = z.strictObject({
  intervalMs: z.int().describe("How long each bucket is, in milliseconds"),
  buckets: list(z.strictObject({ at: timestamp.describe("Its begin"), count: z.int() })).describe("Without gaps"),
});

export const eventField = z.strictObject({
  name: z.string(),
  types: list(z.string()).describe("As the store calls them; several when indices differ"),
});

export const fieldValues = z.strictObject({
  total: z.int().describe("How many events match"),
  having: z.int().describe("How many of them have the field"),
  values: list(z.strictObject({ value: z.string(), count: z.int() })).describe(
    "The most frequent ones. An event with a list counts for each of its values",
  ),
  other: z.int().describe("The counts of all further values together"),
});

const place = {
  source: z.string().min(1).max(200).optional().describe("Default: the events that the service keeps"),
};

const filter = {
  ...place,
  text: z
    .string()
    .max(2_000, "expected at most 2,000 characters")
    .optional()
    .describe(
      "Lucene query string syntax, as `QueryStringMatch` of an alert: words without an operator are joined by OR",
    ),
  id: oneOrMore.optional(),
  since: time.optional(),
  until: time.optional(),
};

const listQuery = z
  .strictObject({
    from: wholeNumber(0, DEEPEST_EVENT, 0),
    size: wholeNumber(0, 500, 50),
    order: z.enum(["newest", "oldest"]).default("newest"),
    ...filter,
  })
  .refine(({ from, size }) => from + size <= DEEPEST_EVENT, {
    error: `from + size can be ${DEEPEST_EVENT} at most; narrow the search by time to see older events`,
  });

const NO_SOURCE = { 404: ["SOURCE_NOT_FOUND"] } as const;
const ERRORS = { 400: ["STORE_QUERY_INVALID"], ...NO_SOURCE, 502: ["STORE_SOURCE_UNREACHABLE"] } as const;

/** Looking at events, wherever they are. */
export const eventRoutes = defineRoutes({
  listSources: {
    methods: ["GET"],
    path: "/api/sources",
    scope: "read",
    summary: "Where events are: those that the service keeps, and the sources of the configuration",
    answers: { 200: z.strictObject({ sources: list(eventSource) }) },
  },
  listEvents: {
    methods: ["GET"],
    path: "/api/events",
    scope: "read",
    summary:
      "Searches the events of a source, newest first unless `order` is `oldest`. `size` is at most 500, `from + size` at most 10,000",
    query: listQuery,
    answers: { 200: eventPage },
    errors: ERRORS,
  },
  countEvents: {
    methods: ["GET"],
    path: "/api/events-over-time",
    scope: "read",
    summary: "Counts events over time, in about as many `buckets` (default 60) of a length that people can read",
    query: z.strictObject({ buckets: wholeNumber(1, 500, 60), ...filter }),
    answers: { 200: eventHistogram },
    errors: ERRORS,
  },
  listEventFields: {
    methods: ["GET"],
    path: "/api/event-fields",
    scope: "read",
    summary: "The fields by which the events of a source can be searched, in order of their names",
    query: z.strictObject(place),
    answers: { 200: z.strictObject({ fields: list(eventField) }) },
    errors: ERRORS,
  },
  countFieldValues: {
    methods: ["GET"],
    path: "/api/event-values",
    scope: "read",
    summary: "The most frequent values of a field among the events of a search. Texts have none that can be counted",
    query: z.strictObject({ field: z.string().min(1).max(500), most: wholeNumber(1, 100, 10), ...filter }),
    answers: { 200: fieldValues },
    errors: ERRORS,
  },
});
