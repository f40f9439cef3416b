import { z } from "zod";
import { defineRoutes, OTHER_VERSION } from "../route.ts";
import { by, failure, list, oneOrMore, open, time, timestamp, wholeNumber } from "../values.ts";

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
  assignee: z.unknown().optional(),
  closedat: z.unknown().optional(),
  closedby: z.unknown().optional(),
  closereason: z.unknown().optional(),
  previous: z.unknown().optional(),
};

/** What people have done and said, of one alert alone: lists are without. */
const said = {
  history: z.unknown().optional(),
  comments: z.unknown().optional(),
  links: z.unknown().optional(),
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
  _source: open({ ...fields, ...said, events: list(alertEvent).optional() }),
});

export const alertListItem = z.strictObject({
  _id: z.string(),
  _index: z.string(),
  _source: open({ ...fields, eventCount: z.int().describe("How many events it has; they are not in the list") }),
});

export const facet = z.strictObject({ value: z.string(), count: z.int().describe("How many alerts have it") });

export const alertPage = z.strictObject({
  total: z.int().describe("How many alerts match, on whichever page"),
  alerts: list(alertListItem).describe("In the order asked for"),
  next: z.string().nullable().describe("`after` of the next page; null: the end"),
  severities: list(facet).describe("Of the alerts that match the rest of the filter, most frequent first"),
  categories: list(facet).describe("As severities"),
  statuses: list(facet).describe("As severities"),
  names: list(facet).describe("Of classes, as severities"),
  assignees: list(facet).describe("As severities"),
  tags: list(facet).describe("As severities"),
});

export const alertHistogram = z.strictObject({
  intervalMs: z.int().describe("How long each bucket is, in milliseconds"),
  buckets: list(
    z.strictObject({
      at: timestamp.describe("Its begin"),
      count: z.int(),
      severities: z.record(z.string(), z.int()).describe("How many of each severity there are"),
    }),
  ).describe("Without gaps"),
});

export const alertGroup = z.strictObject({
  value: z.string().describe("The class name, or the address, user or host"),
  count: z.int().describe("How many alerts it has"),
  open: z.int().describe("How many of them are not closed"),
  severity: z.string().nullable().describe("The worst of theirs; null: none has one"),
  newest: z.strictObject({ id: z.string(), utctimestamp: z.unknown().optional(), summary: z.unknown().optional() }),
});

export const alertGroups = z.strictObject({
  total: z.int().describe("How many groups there are in all"),
  groups: list(alertGroup).describe("At most 200, with most alerts first"),
});

export const relatedEntity = z.strictObject({
  kind: z.enum(["ip", "user", "host", "port"]),
  value: z.string(),
  alerts: z.int().describe("How many alerts are about it, this one among them"),
});

/** What people make of an alert. */
export const ALERT_STATUSES = ["manual", "inProgress", "acknowledged", "escalated", "closed"] as const;

export const alertStatus = z.enum(ALERT_STATUSES);

/** Why people close an alert. The service itself closes some as `resolved`. */
export const CLOSE_REASONS = ["truePositive", "falsePositive", "benign", "duplicate"] as const;

export const closeReason = z.enum(CLOSE_REASONS);

/** Characters of a comment. */
const LONGEST_COMMENT = 10_000;

const text = z.string().trim().min(1, "expected a text").max(LONGEST_COMMENT, "expected at most 10,000 characters");

const webAddress = z
  .string()
  .max(2_000, "expected at most 2,000 characters")
  .refine((url) => /^https?:\/\//i.test(url) && URL.canParse(url), "expected an http or https address");

const flag = z.enum(["true", "false"], { error: 'expected "true" or "false"' }).transform((value) => value === "true");

const filter = {
  severity: oneOrMore.optional(),
  category: oneOrMore.optional(),
  status: oneOrMore.optional(),
  classname: oneOrMore.optional(),
  assignee: oneOrMore.optional(),
  closereason: oneOrMore.optional(),
  tag: oneOrMore.optional(),
  entity: oneOrMore.optional().describe("An address, user, host or port of its events, as a whole"),
  open: flag.optional(),
  acknowledged: flag.optional().describe("Whether somebody has acknowledged it; one that is closed keeps that"),
  text: z.string().max(256, "expected at most 256 characters").optional(),
  since: time.optional(),
  until: time.optional(),
};

const listQuery = z
  .strictObject({
    from: wholeNumber(0, DEEPEST_ALERT, 0),
    size: wholeNumber(0, LARGEST_PAGE, 25),
    order: z.enum(["newest", "oldest"]).default("newest"),
    after: z.string().max(1_000).optional().describe("`next` of the page before, in the same order; instead of `from`"),
    ...filter,
  })
  .refine(({ from, size }) => from + size <= DEEPEST_ALERT, {
    error: `from + size can be ${DEEPEST_ALERT} at most; go on by \`after\`, or narrow the list by time or filters`,
  })
  .refine(({ from, after }) => from === 0 || after === undefined, 'expected either "from" or "after"');

const histogramQuery = z.strictObject({ buckets: wholeNumber(1, 500, 60), ...filter });
const groupQuery = z.strictObject({ by: z.enum(["classname", "entity"]).default("classname"), ...filter });
const exportQuery = z.strictObject(filter);

const acknowledgeBody = z.strictObject({ by, undo: z.boolean().default(false) }).prefault({});
const statusBody = z.strictObject({ status: alertStatus, by });
const closeBody = z.strictObject({ reason: closeReason, comment: text.optional(), by });
const reopenBody = z.strictObject({ by }).prefault({});
const assignee = z.string().trim().min(1, "expected a name, or null").max(200, "expected at most 200 characters");
const assignBody = z.strictObject({ assignee: assignee.nullable(), by });
const commentBody = z.strictObject({ text, by });
const linkBody = z.strictObject({
  url: webAddress,
  title: z.string().trim().min(1, "expected a text").max(200, "expected at most 200 characters"),
  by,
});

/** Alerts that one request changes. */
const MOST_CHANGED = 500;

const changesBody = z.strictObject({
  ids: z.array(z.string().min(1).max(512)).min(1).max(MOST_CHANGED, `expected at most ${MOST_CHANGED} alerts`),
  change: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("status"), status: alertStatus }),
    z.strictObject({ kind: z.literal("close"), reason: closeReason, comment: text.optional() }),
    z.strictObject({ kind: z.literal("reopen") }),
    z.strictObject({ kind: z.literal("assign"), assignee: assignee.nullable() }),
    z.strictObject({ kind: z.literal("comment"), text }),
  ]),
  by,
});

export const alertChanges = z.strictObject({
  changed: list(z.string()).describe("The ids of those that are as asked for now"),
  failed: list(failure.extend({ id: z.string() })).describe("The others, each with its reason"),
});

const NO_ALERT = { 404: ["ALERT_NOT_FOUND"] } as const;
const CHANGES = { ...NO_ALERT, 409: ["STORE_HISTORY_FULL"], ...OTHER_VERSION } as const;

/** Reading alerts and saying what became of them. */
export const alertRoutes = defineRoutes({
  listAlerts: {
    methods: ["GET"],
    path: "/api/alerts",
    scope: "read",
    summary:
      "Lists alerts, newest first unless `order` is `oldest`, with the values to choose from. `size` is at most 500; filters may be given more than once; `open=true` leaves out closed ones, `open=false` all others. `next` of an answer is `after` of the next page: so each alert is read once, whatever comes in meanwhile, and without an end; pages by `from` end at 10,000",
    query: listQuery,
    answers: { 200: alertPage },
    errors: { 400: ["STORE_CHANGE_INVALID"] },
  },
  countAlerts: {
    methods: ["GET"],
    path: "/api/alerts-over-time",
    scope: "read",
    summary:
      "Counts the alerts of a list over time, in about as many `buckets` (default 60) of a length that people can read",
    query: histogramQuery,
    answers: { 200: alertHistogram },
  },
  groupAlerts: {
    methods: ["GET"],
    path: "/api/alert-groups",
    scope: "read",
    summary:
      "The alerts of a list in groups: by class name, or, with `by=entity`, by address, user and host, where an alert is in as many as it is about; with `entity`, those are the groups. The 200 with most alerts, and how many there are",
    query: groupQuery,
    answers: { 200: alertGroups },
  },
  exportAlertsAsCsv: {
    methods: ["GET"],
    path: "/api/exports/alerts.csv",
    scope: "read",
    summary: "Every alert of a list, newest first, as CSV that no spreadsheet takes for formulas",
    query: exportQuery,
    answers: { 200: z.string() },
    answerType: "text/csv",
  },
  exportAlertsAsJson: {
    methods: ["GET"],
    path: "/api/exports/alerts.ndjson",
    scope: "read",
    summary: "Every alert of a list, newest first, as JSON, one a line",
    query: exportQuery,
    answers: { 200: z.string() },
    answerType: "application/x-ndjson",
  },
  changeAlerts: {
    methods: ["POST"],
    path: "/api/alert-changes",
    scope: "handle",
    summary: `Changes at most ${MOST_CHANGED} alerts at once: their status, closing, opening again, assignee, or a comment. Those that cannot be changed are told, and stop no others`,
    body: changesBody,
    answers: { 200: alertChanges },
  },
  getAlert: {
    methods: ["GET"],
    path: "/api/alerts/{id}",
    scope: "read",
    summary: "One alert with its events",
    answers: { 200: alert },
    errors: NO_ALERT,
  },
  listEntities: {
    methods: ["GET"],
    path: "/api/alerts/{id}/entities",
    scope: "read",
    summary: "Whom and what the events of an alert are about, each with how many alerts are",
    answers: { 200: z.strictObject({ entities: list(relatedEntity) }) },
    errors: NO_ALERT,
  },
  acknowledgeAlert: {
    methods: ["POST"],
    path: "/api/alerts/{id}/acknowledge",
    scope: "handle",
    summary: "Acknowledges an alert, or takes that back. Answers the changed alert",
    body: acknowledgeBody,
    answers: { 200: alert },
    errors: CHANGES,
  },
  setAlertStatus: {
    methods: ["POST"],
    path: "/api/alerts/{id}/status",
    scope: "handle",
    summary: `Sets the status of an alert: \`${ALERT_STATUSES.join("`, `")}\`. Answers the changed alert`,
    body: statusBody,
    answers: { 200: alert },
    errors: CHANGES,
  },
  closeAlert: {
    methods: ["POST"],
    path: "/api/alerts/{id}/close",
    scope: "handle",
    summary: `Closes an alert, for a reason: \`${CLOSE_REASONS.join("`, `")}\`. A comment has at most 10,000 characters. Answers the changed alert`,
    body: closeBody,
    answers: { 200: alert },
    errors: CHANGES,
  },
  reopenAlert: {
    methods: ["POST"],
    path: "/api/alerts/{id}/reopen",
    scope: "handle",
    summary:
      "Opens a closed alert again: its status is `manual` then. Changes nothing of one that is open. Answers the alert",
    body: reopenBody,
    answers: { 200: alert },
    errors: CHANGES,
  },
  assignAlert: {
    methods: ["POST"],
    path: "/api/alerts/{id}/assign",
    scope: "handle",
    summary: "Says who takes care of an alert; `null`: nobody any more. Answers the changed alert",
    body: assignBody,
    answers: { 200: alert },
    errors: CHANGES,
  },
  commentOnAlert: {
    methods: ["POST"],
    path: "/api/alerts/{id}/comments",
    scope: "handle",
    summary: "Adds a comment to an alert, of at most 10,000 characters. Answers the changed alert",
    body: commentBody,
    answers: { 200: alert },
    errors: CHANGES,
  },
  linkAlert: {
    methods: ["POST"],
    path: "/api/alerts/{id}/links",
    scope: "handle",
    summary: "Adds an http or https address to an alert, of a ticket for example. Answers the changed alert",
    body: linkBody,
    answers: { 200: alert },
    errors: CHANGES,
  },
});
