import { z } from "zod";
import { defineRoutes, OTHER_VERSION } from "../route.ts";
import { by, failure, list, place, timestamp, wholeNumber } from "../values.ts";

const health = z.enum(["ok", "error"]);

const problem = failure.extend({ place });

export const alertRun = z.strictObject({
  alert: z.string(),
  slot: timestamp.describe("The time the alert looked at, not that of the machine"),
  health,
  hits: z.int().describe("Events that its searches matched"),
  alerts: list(z.string()).describe("Ids of the alerts it made"),
  durationMs: z.number(),
  errors: list(problem).describe("What failed, the first hundred; empty when nothing did"),
  warnings: list(problem).optional().describe("What may make the alert blind, such as no index where it looks"),
  manual: z.boolean().optional().describe("Whether somebody asked for the run"),
});

const textOrTexts = z.union([z.string(), list(z.string())]);

/** What an alert or a rule says about itself. */
export const about = z.strictObject({
  description: z.string(),
  severity: textOrTexts
    .optional()
    .describe("The severity, or several when it depends on the event, the usual one first"),
  attack: list(z.string()).optional().describe("Techniques of MITRE ATT&CK, such as T1110.001"),
  falsePositives: list(z.string()).optional(),
  triage: textOrTexts.optional().describe("What to do: a text, or steps in order"),
  references: list(z.string()).optional(),
  replaces: list(z.string()).optional().describe("Names of alerts that it does better"),
});

export const schedule = z.strictObject({
  name: z.string(),
  pack: z.string().describe("The pack it came from"),
  source: z.string().nullable().describe("The source of its events; null for the service's own events"),
  enabled: z.boolean(),
  replacedBy: z
    .string()
    .nullable()
    .describe("The alert that sees all that this one sees, for which it was switched off; null for none"),
  exceptions: list(
    z.strictObject({
      match: list(z.string()).describe("Clauses of the query DSL: an event that fits all of them is not looked at"),
      reason: z.string(),
      until: timestamp.nullable().describe("When it ends; null: never"),
    }),
  ).describe("Events that it does not look at, as the configuration says"),
  scheduleType: z.enum(["crontab", "interval"]),
  schedule: z
    .string()
    .describe(
      "As MozDef writes it: minute, hour, day of week, day of month, month, and the time zone unless it is UTC; or `30.0 seconds`",
    ),
  timezone: z
    .string()
    .nullable()
    .describe("Whose clocks a crontab goes by, such as `Europe/Berlin`; null for an interval"),
  changed: z.boolean().describe("Whether somebody has changed the schedule at run time"),
  lastSlot: timestamp,
  nextSlot: timestamp.nullable(),
  running: z.boolean(),
  runs: z.int().describe("Since the service was started"),
  lastRun: alertRun.nullable(),
  about: about.nullable().describe("What it detects and what to do; null when it does not say"),
  modifiedat: timestamp.nullable(),
  modifiedby: z.string().nullable(),
});

const scheduleList = z.strictObject({ schedules: list(schedule).describe("By name") });

/** Slots that were never run. */
export const gap = z.strictObject({
  alert: z.string(),
  from: timestamp.describe("Exclusive"),
  to: timestamp.describe("Inclusive"),
});

export const runList = z.strictObject({ runs: list(alertRun).describe("Newest first"), gaps: list(gap) });

/** A schedule in MozDef's own shape. */
export const legacySchedule = z.strictObject({
  _cls: z.literal("PeriodicTask"),
  name: z.string(),
  task: z.string(),
  enabled: z.boolean(),
  args: list(z.unknown()),
  kwargs: z.strictObject({}),
  schedule_type: z.enum(["crontab", "interval"]),
  schedule_str: z.string(),
  celery_schedule: z.unknown(),
  last_run_at: timestamp.nullable(),
  run_immediately: z.boolean(),
  total_run_count: z.int(),
  modifiedat: timestamp.nullable(),
  modifiedby: z.string().nullable(),
});

/** As long as a field that `crontab` reads, so that a longer one is refused before anything looks into it. */
const crontabField = z
  .union([z.string().max(256), z.number(), z.array(z.number()).max(256).readonly()], {
    error: "expected a text of at most 256 characters, a number or a list of numbers",
  })
  .optional();
const amount = z.number().optional();

/** A schedule in a request. Whether its fields make sense is for `crontab` and `interval` of `@mozdef/alert` to say. */
export const scheduleInput = z.union(
  [
    z.strictObject({
      crontab: z.strictObject({
        minute: crontabField,
        hour: crontabField,
        dayOfWeek: crontabField,
        dayOfMonth: crontabField,
        monthOfYear: crontabField,
        timezone: z.string().max(64).optional().describe("Of the IANA database, such as `Europe/Berlin`. Default UTC"),
      }),
    }),
    z.strictObject({ interval: z.strictObject({ days: amount, hours: amount, minutes: amount, seconds: amount }) }),
  ],
  { error: 'expected { "crontab": { "minute": "*/5" } } or { "interval": { "seconds": 30 } }' },
);

const upcoming = list(timestamp).describe("The next slots, at most five: fewer when the schedule has no more");

/** A schedule as the form that changes it has it. */
const scheduleFields = z.union([
  z.strictObject({
    crontab: z.strictObject({
      minute: z.string(),
      hour: z.string(),
      dayOfWeek: z.string(),
      dayOfMonth: z.string(),
      monthOfYear: z.string(),
      timezone: z.string(),
    }),
  }),
  z.strictObject({ interval: z.strictObject({ seconds: z.number() }) }),
]);

const origin = z.enum(["people", "configuration", "pack"]);

/** One alert: its schedule, and where what it goes by comes from. */
export const scheduleDetails = z.strictObject({
  schedule,
  fields: scheduleFields.describe("The schedule as `PATCH` takes it"),
  upcoming: upcoming.describe("The next slots by its schedule, at most five, also while it is off"),
  origins: z
    .strictObject({ schedule: origin, enabled: origin })
    .describe(
      "Who has the last word: what people changed at run time goes before the configuration, that before the pack",
    ),
  config: list(
    z.strictObject({
      key: z.string(),
      value: z.string().nullable().describe("As JSON, cut at 2,000 characters; null for one that is kept secret"),
      origin: z.enum(["configuration", "pack", "default"]),
    }),
  ).describe("The configuration of the alert itself"),
});

export const schedulePreview = z.strictObject({
  schedule: z.string().describe("As in `GET /api/schedules`"),
  upcoming,
});

const changeBody = z
  .strictObject({
    enabled: z.boolean().optional(),
    schedule: scheduleInput.nullable().optional(),
    release: z
      .literal(true)
      .optional()
      .describe("Lets an alert run again that is not run for a while, since it has taken its process along"),
    reason: z.string().trim().min(1).max(1_000).optional().describe("Why; kept with the change"),
    by,
  })
  .refine(
    ({ enabled, schedule: changed, release }) => enabled !== undefined || changed !== undefined || release === true,
    'expected "enabled", "schedule" or "release"',
  );

const changeList = z.strictObject({
  changes: list(
    z.strictObject({
      at: timestamp,
      by: z.string(),
      enabled: z.boolean().optional(),
      release: z.literal(true).optional().describe("It was let run again after it had taken its process along"),
      schedule: z.string().nullable().optional().describe("As in `GET /api/schedules`; null: the configured one again"),
      reason: z.string().optional().describe("Why, as whoever has changed it wrote"),
    }),
  ),
});

const runsQuery = z.strictObject({
  alert: z.string().optional(),
  health: health.optional(),
  ticks: wholeNumber(1, 1_000, 100),
});

/** When alerts run, and what came of it. */
export const scheduleRoutes = defineRoutes({
  listSchedules: {
    methods: ["GET"],
    path: "/api/schedules",
    scope: "read",
    summary: "Every alert: schedule, last and next slot, what came of the last run",
    answers: { 200: scheduleList },
  },
  getSchedule: {
    methods: ["GET"],
    path: "/api/schedules/{name}",
    scope: "read",
    summary: "One alert: its schedule with the next slots, its configuration, and where each value comes from",
    answers: { 200: scheduleDetails },
    errors: { 404: ["SCHEDULE_NOT_FOUND"] },
  },
  previewSchedule: {
    methods: ["POST"],
    path: "/api/schedules/preview",
    scope: "read",
    summary: "The next five slots that a schedule would have; changes nothing",
    body: z.strictObject({ schedule: scheduleInput }),
    answers: { 200: schedulePreview },
    errors: { 400: ["SCHEDULE_INVALID"] },
  },
  changeSchedule: {
    methods: ["PATCH"],
    path: "/api/schedules/{name}",
    scope: "operate",
    summary:
      'Enables or disables an alert, changes its schedule, or with `release` lets one run again that has taken its process along; kept in the store. `schedule`: `{ "crontab": { "minute": "*/5", "timezone": "Europe/Berlin" } }`, `{ "interval": { "seconds": 30 } }`, or null for the configured one',
    body: changeBody,
    answers: { 200: schedule },
    errors: { 400: ["SCHEDULE_INVALID"], 404: ["SCHEDULE_NOT_FOUND"], ...OTHER_VERSION },
  },
  listScheduleChanges: {
    methods: ["GET"],
    path: "/api/schedules/{name}/changes",
    scope: "read",
    summary: "Who has enabled or disabled an alert or changed its schedule, and when, newest first: the last thousand",
    answers: { 200: changeList },
    errors: { 404: ["SCHEDULE_NOT_FOUND"] },
  },
  runAlert: {
    methods: ["POST"],
    path: "/api/schedules/{name}/run",
    scope: "operate",
    summary: "Runs an alert now, by the instance that has it, and answers what came of it",
    answers: { 200: alertRun },
    errors: { 404: ["SCHEDULE_NOT_FOUND"], 503: ["SHUTTING_DOWN"], 504: ["RUN_UNANSWERED"] },
  },
  listRuns: {
    methods: ["GET"],
    path: "/api/runs",
    scope: "read",
    summary:
      "Every run with its slot, hits, alerts and errors, newest first, and the gaps. The `place` of an error is file and line in the code of the alert. `health` is `ok` or `error`; `ticks`, at most 1,000, says how many times back",
    query: runsQuery,
    answers: { 200: runList },
  },
  listLegacySchedules: {
    methods: ["GET"],
    path: "/alertschedules",
    scope: "read",
    summary: "The schedules, as in MozDef",
    answers: { 200: z.record(z.string(), legacySchedule) },
  },
});
