import type { z } from "zod";
import { errorAnswer } from "./errors.ts";
import {
  alert,
  alertChanges,
  alertEvent,
  type alertFields,
  alertGroup,
  alertGroups,
  alertHistogram,
  alertListItem,
  alertPage,
  type alertStatus,
  type closeReason,
  facet,
  relatedEntity,
} from "./routes/alerts.ts";
import { backtest, explanation } from "./routes/analysis.ts";
import { auditEntry } from "./routes/audit.ts";
import { backfill } from "./routes/backfills.ts";
import { delivery } from "./routes/deliveries.ts";
import { eventField, eventHistogram, eventPage, eventSource, fieldValues, storedEvent } from "./routes/events.ts";
import { exception, exceptionPreview } from "./routes/exceptions.ts";
import { bulkAnswer, intakeReport, refusal, refusedIntake } from "./routes/intake.ts";
import {
  about,
  alertRun,
  gap,
  legacySchedule,
  runList,
  schedule,
  scheduleDetails,
  type scheduleInput,
  schedulePreview,
} from "./routes/schedules.ts";
import { serviceStatus, statusProblem } from "./routes/service.ts";
import { session, user } from "./routes/session.ts";
import { silence, silencePreview } from "./routes/silences.ts";
import { madeToken, token } from "./routes/tokens.ts";
import { addedWatchItem, watchItem } from "./routes/watchlist.ts";

/** The shapes of answers by name: components of the OpenAPI document. */
export const namedSchemas = {
  AddedWatchItem: addedWatchItem,
  Alert: alert,
  AlertAbout: about,
  AlertChanges: alertChanges,
  AlertEvent: alertEvent,
  AlertGroup: alertGroup,
  AlertGroups: alertGroups,
  AlertHistogram: alertHistogram,
  AlertListItem: alertListItem,
  AlertPage: alertPage,
  AlertRun: alertRun,
  AuditEntry: auditEntry,
  Backfill: backfill,
  Backtest: backtest,
  BulkAnswer: bulkAnswer,
  Delivery: delivery,
  Error: errorAnswer,
  EventField: eventField,
  EventHistogram: eventHistogram,
  EventPage: eventPage,
  EventSource: eventSource,
  Exception: exception,
  ExceptionPreview: exceptionPreview,
  Explanation: explanation,
  Facet: facet,
  FieldValues: fieldValues,
  Gap: gap,
  IntakeReport: intakeReport,
  LegacySchedule: legacySchedule,
  MadeToken: madeToken,
  Refusal: refusal,
  RelatedEntity: relatedEntity,
  RefusedIntake: refusedIntake,
  RunList: runList,
  Schedule: schedule,
  ScheduleDetails: scheduleDetails,
  SchedulePreview: schedulePreview,
  ServiceStatus: serviceStatus,
  Session: session,
  Silence: silence,
  SilencePreview: silencePreview,
  StatusProblem: statusProblem,
  StoredEvent: storedEvent,
  Token: token,
  User: user,
  WatchItem: watchItem,
} as const satisfies Readonly<Record<string, z.ZodType>>;

/** An alert with its events. */
export type Alert = z.output<typeof alert>;
/** What came of changing several alerts. */
export type AlertChanges = z.output<typeof alertChanges>;
/** Alerts over time. */
export type AlertGroup = z.output<typeof alertGroup>;
export type AlertGroups = z.output<typeof alertGroups>;
export type AlertHistogram = z.output<typeof alertHistogram>;
/** An event inside an alert, as it was when the alert was made. */
export type AlertEvent = z.output<typeof alertEvent>;
/** The fields of an alert; unchecked, since alerts and older systems write what they like. */
export type AlertFields = z.output<typeof alertFields>;
/** An alert in a list: the number of its events stands for them. */
export type AlertListItem = z.output<typeof alertListItem>;
/** One page of a list of alerts. */
export type AlertPage = z.output<typeof alertPage>;
/** Whom or what the events of an alert are about. */
export type RelatedEntity = z.output<typeof relatedEntity>;
/** What came of one run of an alert. */
export type AlertRun = z.output<typeof alertRun>;
/** What people make of an alert. */
export type AlertStatus = z.output<typeof alertStatus>;
/** What was changed, by whom, or who was refused. */
export type AuditEntry = z.output<typeof auditEntry>;
/** Slots of the past that are run beside those of the present. */
export type Backfill = z.output<typeof backfill>;
/** What an alert would have made of slots of the past. */
export type Backtest = z.output<typeof backtest>;
/** Why an alert fires or stays silent at a moment. */
export type Exception = z.output<typeof exception>;
export type ExceptionPreview = z.output<typeof exceptionPreview>;
export type Explanation = z.output<typeof explanation>;
/** The answer to a bulk request, in Elasticsearch's shape. */
export type BulkAnswer = z.output<typeof bulkAnswer>;
/** Why people close an alert. */
export type CloseReason = z.output<typeof closeReason>;
/** An alert on its way to a target. */
export type Delivery = z.output<typeof delivery>;
/** The body of every answer that reports an error. */
export type ErrorAnswer = z.output<typeof errorAnswer>;
/** A field that events can be searched by. */
export type EventField = z.output<typeof eventField>;
/** Events over time. */
export type EventHistogram = z.output<typeof eventHistogram>;
/** One page of events. */
export type EventPage = z.output<typeof eventPage>;
/** Where events are. */
export type EventSource = z.output<typeof eventSource>;
/** What events have in a field. */
export type FieldValues = z.output<typeof fieldValues>;
/** One value of a field and how many alerts have it. */
export type Facet = z.output<typeof facet>;
/** Slots of an alert that were never run. */
export type Gap = z.output<typeof gap>;
/** What became of the events of a request. */
export type IntakeReport = z.output<typeof intakeReport>;
/** An alert and its schedule in MozDef's own shape. */
export type LegacySchedule = z.output<typeof legacySchedule>;
/** Why an event was refused. */
export type Refusal = z.output<typeof refusal>;
/** What ran, and what was missed. */
export type RunList = z.output<typeof runList>;
/** An alert and its schedule. */
export type Schedule = z.output<typeof schedule>;
/** One alert: its schedule, its configuration, and where they come from. */
export type ScheduleDetails = z.output<typeof scheduleDetails>;
/** What slots a schedule would have. */
export type SchedulePreview = z.output<typeof schedulePreview>;
/** A schedule as a request gives it. */
export type ScheduleInput = z.output<typeof scheduleInput>;
/** How the service is. */
export type ServiceStatus = z.output<typeof serviceStatus>;
/** Who has signed in with a browser. */
export type Session = z.output<typeof session>;
/** Alerts that are stored and not sent for a time. */
export type Silence = z.output<typeof silence>;
/** What a silence would mute. */
export type SilencePreview = z.output<typeof silencePreview>;
/** Something that is lost, held back or does not run, and what to do. */
export type StatusProblem = z.output<typeof statusProblem>;
/** An event as it is in its source. */
export type StoredEvent = z.output<typeof storedEvent>;
/** What a program signs in with, without its secret. */
export type Token = z.output<typeof token>;
/** Somebody who signs in with a password. */
export type User = z.output<typeof user>;
/** A term that events are watched for. */
export type WatchItem = z.output<typeof watchItem>;
