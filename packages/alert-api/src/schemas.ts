import type { z } from "zod";
import { errorAnswer } from "./errors.ts";
import {
  alert,
  alertEvent,
  type alertFields,
  alertListItem,
  alertPage,
  type alertStatus,
  facet,
} from "./routes/alerts.ts";
import { backfill } from "./routes/backfills.ts";
import { delivery } from "./routes/deliveries.ts";
import { bulkAnswer, intakeReport, refusal, refusedIntake } from "./routes/intake.ts";
import { about, alertRun, gap, legacySchedule, runList, schedule, type scheduleInput } from "./routes/schedules.ts";
import { serviceStatus, statusProblem } from "./routes/service.ts";
import { addedWatchItem, watchItem } from "./routes/watchlist.ts";

/** The shapes of answers by name: components of the OpenAPI document. */
export const namedSchemas = {
  AddedWatchItem: addedWatchItem,
  Alert: alert,
  AlertAbout: about,
  AlertEvent: alertEvent,
  AlertListItem: alertListItem,
  AlertPage: alertPage,
  AlertRun: alertRun,
  Backfill: backfill,
  BulkAnswer: bulkAnswer,
  Delivery: delivery,
  Error: errorAnswer,
  Facet: facet,
  Gap: gap,
  IntakeReport: intakeReport,
  LegacySchedule: legacySchedule,
  Refusal: refusal,
  RefusedIntake: refusedIntake,
  RunList: runList,
  Schedule: schedule,
  ServiceStatus: serviceStatus,
  StatusProblem: statusProblem,
  WatchItem: watchItem,
} as const satisfies Readonly<Record<string, z.ZodType>>;

/** An alert with its events. */
export type Alert = z.output<typeof alert>;
/** An event inside an alert, as it was when the alert was made. */
export type AlertEvent = z.output<typeof alertEvent>;
/** The fields of an alert; unchecked, since alerts and older systems write what they like. */
export type AlertFields = z.output<typeof alertFields>;
/** An alert in a list: the number of its events stands for them. */
export type AlertListItem = z.output<typeof alertListItem>;
/** One page of a list of alerts. */
export type AlertPage = z.output<typeof alertPage>;
/** What came of one run of an alert. */
export type AlertRun = z.output<typeof alertRun>;
/** What people make of an alert. */
export type AlertStatus = z.output<typeof alertStatus>;
/** Slots of the past that are run beside those of the present. */
export type Backfill = z.output<typeof backfill>;
/** The answer to a bulk request, in Elasticsearch's shape. */
export type BulkAnswer = z.output<typeof bulkAnswer>;
/** An alert on its way to a target. */
export type Delivery = z.output<typeof delivery>;
/** The body of every answer that reports an error. */
export type ErrorAnswer = z.output<typeof errorAnswer>;
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
/** A schedule as a request gives it. */
export type ScheduleInput = z.output<typeof scheduleInput>;
/** How the service is. */
export type ServiceStatus = z.output<typeof serviceStatus>;
/** Something that is lost, held back or does not run, and what to do. */
export type StatusProblem = z.output<typeof statusProblem>;
/** A term that events are watched for. */
export type WatchItem = z.output<typeof watchItem>;
