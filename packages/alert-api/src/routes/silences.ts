import { z } from "zod";
import { defineRoutes, OTHER_VERSION } from "../route.ts";
import { by, list, oneOrMore, time, timestamp } from "../values.ts";

const match = z
  .record(z.string(), z.unknown())
  .describe(
    'Fields of alerts and what each has to be: `{ "name": "AlertBruteforceSsh", "ip": "192.0.2.*" }`. A text with `*` or `?` is a pattern; also a list, `{ "not": ... }`, `{ "regex": ... }`, `{ "notRegex": ... }`, `{ "exists": true }`',
  );

const reason = z.string().trim().min(1).max(2_000);

const silenceState = z.enum(["active", "pending", "expired"]);

export const silence = z.strictObject({
  id: z.string(),
  state: silenceState,
  match,
  from: timestamp,
  until: timestamp,
  by: z.string().describe("Who has made it"),
  reason: z.string(),
  createdAt: timestamp,
  changedBy: z.string().nullable().describe("Who has changed it last"),
  changedAt: timestamp.nullable(),
});

/** What a silence would mute, shown before it is made. */
export const silencePreview = z.strictObject({
  looked: z.int().describe("Open alerts of the last day that were looked at"),
  muted: z.int().describe("Those of them that it would mute"),
  names: list(z.strictObject({ name: z.string(), count: z.int() })).describe("Their names, most frequent first"),
});

const createBody = z.strictObject({ match, from: time.optional(), until: time, reason, by });
const changeBody = z.strictObject({ match: match.optional(), until: time.optional(), reason: reason.optional(), by });
const endBody = z.strictObject({ by }).prefault({});

const NO_SILENCE = { 404: ["SILENCE_NOT_FOUND"] } as const;
const WRONG = { 400: ["SILENCE_INVALID"] } as const;

/** Alerts that are stored and not sent for a time. */
export const silenceRoutes = defineRoutes({
  listSilences: {
    methods: ["GET"],
    path: "/api/silences",
    scope: "read",
    summary: "Silences, the last to end first. Those that are over are kept for a year",
    query: z.strictObject({ state: oneOrMore.optional().describe("`active`, `pending`, `expired`") }),
    answers: { 200: z.strictObject({ silences: list(silence) }) },
  },
  getSilence: {
    methods: ["GET"],
    path: "/api/silences/{id}",
    scope: "read",
    summary: "One silence",
    answers: { 200: silence },
    errors: NO_SILENCE,
  },
  createSilence: {
    methods: ["POST"],
    path: "/api/silences",
    scope: "operate",
    summary: "Mutes alerts from `from`, by default now, until `until`. They are stored and say by what they were muted",
    body: createBody,
    answers: { 201: silence },
    errors: WRONG,
  },
  previewSilence: {
    methods: ["POST"],
    path: "/api/silences/preview",
    scope: "read",
    summary: "Which of the open alerts of the last day a silence would mute",
    body: z.strictObject({ match }),
    answers: { 200: silencePreview },
    errors: WRONG,
  },
  changeSilence: {
    methods: ["PATCH"],
    path: "/api/silences/{id}",
    scope: "operate",
    summary: "Changes what a silence mutes, until when, or why",
    body: changeBody,
    answers: { 200: silence },
    errors: { ...WRONG, ...NO_SILENCE, ...OTHER_VERSION },
  },
  endSilence: {
    methods: ["DELETE"],
    path: "/api/silences/{id}",
    scope: "operate",
    summary: "Ends a silence now; it stays in the list",
    body: endBody,
    answers: { 200: silence },
    errors: { ...NO_SILENCE, ...OTHER_VERSION },
  },
});
