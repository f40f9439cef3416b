import { z } from "zod";
import { defineRoutes } from "../route.ts";
import { failure, list, open } from "../values.ts";
import { BODY_ERRORS, EVENT_BODY_TYPES, refusal } from "./intake.ts";

const documentAnswer = z.strictObject({
  _index: z.string(),
  _id: z.string(),
  _version: z.literal(1),
  result: z.literal("created"),
  _shards: z.strictObject({ total: z.int(), successful: z.int(), failed: z.int() }),
  _seq_no: z.literal(0),
  _primary_term: z.literal(1),
});

/** As Elasticsearch refuses a document. */
const documentRefused = z.strictObject({
  error: z.strictObject({ type: z.string(), reason: z.string() }).or(failure),
  status: z.int().optional(),
});

const document = {
  scope: "intake",
  bodyTypes: EVENT_BODY_TYPES,
  answers: {
    201: documentAnswer,
    400: documentRefused,
    429: documentRefused,
    503: documentRefused,
  },
  errors: BODY_ERRORS,
} as const;

const acknowledged = z.strictObject({ acknowledged: z.literal(true) });

/** What shippers install before they send: the service needs none of it, and says that all is well. */
const installed = {
  scope: "intake",
  methods: ["GET"],
  summary: "Says to log shippers that what they would install is there; events need none of it",
  answers: { 200: z.record(z.string(), z.unknown()) },
} as const;
const install = {
  scope: "intake",
  methods: ["PUT"],
  bodyTypes: EVENT_BODY_TYPES,
  summary: "Takes what log shippers install, and forgets it: events need none of it",
  answers: { 200: acknowledged },
  errors: BODY_ERRORS,
} as const;

/** As Splunk's HTTP Event Collector answers. */
const hecAnswer = z.strictObject({
  text: z.string(),
  code: z.int(),
  ackId: z.int().optional(),
  "invalid-event-number": z.int().optional(),
});
const hec = {
  scope: "intake",
  methods: ["POST", "PUT"],
  bodyTypes: EVENT_BODY_TYPES,
  answers: { 200: hecAnswer, 400: hecAnswer, 503: hecAnswer },
  errors: BODY_ERRORS,
} as const;

/** Of gRPC, with its code. */
const otlpFailure = open({ code: z.unknown(), message: z.string() });

const otlpAnswer = z.strictObject({
  partialSuccess: z
    .strictObject({ rejectedLogRecords: z.int(), errorMessage: z.string() })
    .optional()
    .describe("Only when some were refused"),
});

/** What log shippers send and ask in the protocols of other servers. */
export const shipperRoutes = defineRoutes({
  createDocument: {
    ...document,
    methods: ["POST"],
    path: "/{index}/_doc",
    summary: "Takes one event, as Elasticsearch takes a document. It goes to the index of its day",
  },
  createDocumentWithId: {
    ...document,
    methods: ["POST", "PUT"],
    path: "/{index}/_doc/{id}",
    summary: "As `/{index}/_doc`; the same id again is the same event",
  },
  createNewDocument: {
    ...document,
    methods: ["POST", "PUT"],
    path: "/{index}/_create/{id}",
    summary: "As `/{index}/_doc/{id}`",
  },
  getLicense: {
    ...installed,
    path: "/_license",
    summary: "A basic license, for log shippers that ask before they send",
  },
  getXpack: { ...installed, path: "/_xpack", summary: "The features of a basic license, for log shippers" },
  getLifecyclePolicy: { ...installed, path: "/_ilm/policy/{name}" },
  putLifecyclePolicy: { ...install, path: "/_ilm/policy/{name}" },
  getIndexTemplate: { ...installed, path: "/_index_template/{name}" },
  putIndexTemplate: { ...install, path: "/_index_template/{name}" },
  getComponentTemplate: { ...installed, path: "/_component_template/{name}" },
  putComponentTemplate: { ...install, path: "/_component_template/{name}" },
  getLegacyTemplate: { ...installed, path: "/_template/{name}" },
  putLegacyTemplate: { ...install, path: "/_template/{name}" },
  getIngestPipeline: { ...installed, path: "/_ingest/pipeline/{name}" },
  putIngestPipeline: { ...install, path: "/_ingest/pipeline/{name}" },
  getDataStream: { ...installed, path: "/_data_stream/{name}" },
  putDataStream: { ...install, path: "/_data_stream/{name}" },
  getIndexAlias: { ...installed, path: "/_alias/{name}" },
  takeHecEvents: {
    ...hec,
    path: "/services/collector",
    summary: "Takes what is sent to Splunk's HTTP Event Collector, and answers as it does",
  },
  takeHecEventsAt: { ...hec, path: "/services/collector/event", summary: "As `/services/collector`" },
  takeHecEventsOfVersion: { ...hec, path: "/services/collector/event/1.0", summary: "As `/services/collector`" },
  takeHecLines: {
    ...hec,
    path: "/services/collector/raw",
    summary: "Takes lines of text as Splunk's HTTP Event Collector does; `host` of the query is the host they are of",
    query: z.looseObject({ host: z.string().max(255).optional() }),
  },
  acknowledgeHec: {
    methods: ["POST"],
    bodyTypes: EVENT_BODY_TYPES,
    path: "/services/collector/ack",
    scope: "intake",
    summary: "Says that all events of earlier answers are saved: they were before they were answered",
    answers: { 200: z.strictObject({ acks: z.record(z.string(), z.literal(true)) }), 400: hecAnswer },
    errors: BODY_ERRORS,
  },
  hecHealth: {
    methods: ["GET"],
    path: "/services/collector/health",
    scope: "anyone",
    summary: "Whether events are taken, as Splunk's HTTP Event Collector says it",
    answers: { 200: hecAnswer },
  },
  takeOtlpLogs: {
    methods: ["POST"],
    bodyTypes: EVENT_BODY_TYPES,
    path: "/v1/logs",
    scope: "intake",
    summary: "Takes logs of OpenTelemetry by HTTP in JSON, and answers as OTLP says",
    answers: { 200: otlpAnswer, 400: otlpFailure.or(z.strictObject({ error: failure })), 503: otlpFailure },
    errors: BODY_ERRORS,
  },
});

const originCounts = z.strictObject({
  via: z.string().describe("The way in: `events`, `bulk`, `syslog`, `hec`, `otlp`, `cef`, `custom`"),
  parser: z.string().describe("The parser that understood it; `none`: nobody did, `unreadable`: refused before"),
  whole: z.int(),
  inPart: z.int().describe("Saved with something changed, renamed or not indexed"),
  reasons: z.record(z.string(), z.int()).describe("Why in part, by reason; one event may have several"),
  refused: z.int(),
  lastMinute: z.int().describe("How many came in the last 60 seconds, refused ones included"),
  last: z.string().describe("ISO 8601"),
});

const senderCounts = z.strictObject({
  sender: z
    .string()
    .nullable()
    .describe(
      "The name of the token; the address of whoever sends without one; null: everybody after the first thousand",
    ),
  saved: z.int(),
  refused: z.int(),
  lastMinute: originCounts.shape.lastMinute,
  last: originCounts.shape.last,
});

/** What came in. */
export const intakeViewRoutes = defineRoutes({
  getIntake: {
    methods: ["GET"],
    path: "/api/intake",
    scope: "read",
    summary:
      "What has come in since the start, by the way it came and the parser that understood it, and by sender, most first",
    answers: {
      200: z.strictObject({
        origins: list(originCounts),
        senders: list(senderCounts).describe("Most first, a hundred at most"),
        refusals: list(refusal.omit({ line: true, lastLine: true }).extend({ total: z.int() })),
      }),
    },
  },
});
