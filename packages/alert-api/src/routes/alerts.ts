import { z } from "zod";
import { defineRoutes } from "../route.ts";
import { by, list, oneOrMore, open, time, wholeNumber } from "../values.ts";

/** The most alerts on one page of a list. */
const LARGEST_PAGE = 500;

/** How far the pages of a list reach: the server's `index.max_result_window`. */
export const DEEPEST_ALERT = 10_000;

/**
 * Alerts are free to write anything, and documents of older systems live in the same store: readers have to check what
 * they show.
 */
const fields = {
  utctimestamp: z.unknown().optional(),
  severity: z.unknown().optional(),
  summary: z.unknown().optional(),
  category: z.unknown().optional(),
  status: z.unknown().optional(),
  tags: z.unknown().optional(),
  channel: z.unknown().optional(),
  classname: z.unknown().optional(),
  url: z.unknown().optional(),
  details: z.unknown().optional(),
  errors: z.unknown().optional(),
  notify_mozdefbot: z.unknown().optional(),
  acknowledged: z.unknown().optional(),
  acknowledgedby: z.unknown().optional(),
};

export const alertFields = open(fields);

export const alertEvent = open({
  documentindex: z.unknown().optional(),
  documentid: z.unknown().optional(),
  documentsource: z.unknown().optional(),
});

export const alert = z.strictObject({
  _id: z.string(),
  _index: z.string(),
  _source: open({ ...fields, events: list(alertEvent).optional() }),
});

export const alertListItem = z.strictObject({
  _id: z.string(),
  _index: z.string(),
  _source: open({ ...fields, eventCount: z.int().describe("How many events it has; they are not in the list") }),
});

export const facet = z.strictObject({ value: z.string(), count: z.int().describe("How many alerts have it") });

export const alertPage = z.strictObject({
  total: z.int().describe("How many alerts match, on whichever page"),
  alerts: list(alertListItem).describe("Newest first"),
  severities: list(facet).describe("Of the alerts that match the rest of the filter, most frequent first"),
  categories: list(facet).describe("As severities"),
});

/** What people make of an alert. */
export const ALERT_STATUSES = ["manual", "inProgress", "acknowledged", "escalated"] as const;

export const alertStatus = z.enum(ALERT_STATUSES);

const listQuery = z
  .strictObject({
    from: wholeNumber(0, DEEPEST_ALERT, 0),
    size: wholeNumber(0, LARGEST_PAGE, 25),
    severity: oneOrMore.optional(),
    category: oneOrMore.optional(),
    status: oneOrMore.optional(),
    classname: oneOrMore.optional(),
    text: z.string().max(256, "expected at most 256 characters").optional(),
    since: time.optional(),
    until: time.optional(),
  })
  .refine(({ from, size }) => from + size <= DEEPEST_ALERT, {
    error: `from + size can be ${DEEPEST_ALERT} at most; narrow the list by time or filters to see older alerts`,
  });

const acknowledgeBody = z.strictObject({ by, undo: z.boolean().default(false) }).prefault({});
const statusBody = z.strictObject({ status: alertStatus, by });

const NO_ALERT = { 404: ["ALERT_NOT_FOUND"] } as const;

/** Reading alerts and saying what became of them. */
export const alertRoutes = defineRoutes({
  listAlerts: {
    methods: ["GET"],
    path: "/api/alerts",
    summary:
      "Lists alerts, newest first, with the severities and categories to choose from. `size` is at most 500; filters may be given more than once",
    query: listQuery,
    answers: { 200: alertPage },
  },
  getAlert: {
    methods: ["GET"],
    path: "/api/alerts/{id}",
    summary: "One alert with its events",
    answers: { 200: alert },
    errors: NO_ALERT,
  },
  acknowledgeAlert: {
    methods: ["POST"],
    path: "/api/alerts/{id}/acknowledge",
    summary: "Acknowledges an alert, or takes that back. Answers the changed alert",
    body: acknowledgeBody,
    answers: { 200: alert },
    errors: NO_ALERT,
  },
  setAlertStatus: {
    methods: ["POST"],
    path: "/api/alerts/{id}/status",
    summary: `Sets the status of an alert: \`${ALERT_STATUSES.join("`, `")}\`. Answers the changed alert`,
    body: statusBody,
    answers: { 200: alert },
    errors: NO_ALERT,
  },
});
