import type {
  Alert,
  AlertChanges,
  AlertGroups,
  AlertHistogram,
  AlertPage,
  RelatedEntity,
  RequestOf,
} from "@mozdef/alert-api";
import { ask } from "./request.ts";

/** A page of alerts. `search` is a query string as `alertQuery` makes it. */
export const listAlerts = (search: string, signal: AbortSignal): Promise<AlertPage> =>
  ask<"listAlerts">("GET /api/alerts", { search, signal });

/** One whole alert, its events included. */
export const getAlert = (id: string, signal: AbortSignal): Promise<Alert> =>
  ask<"getAlert">("GET /api/alerts/{id}", { params: { id }, signal });

/** Acknowledges an alert in the name of `by`, or takes that back. Answers the changed alert. */
export const acknowledgeAlert = (id: string, body: RequestOf<"acknowledgeAlert">["body"]): Promise<Alert> =>
  ask<"acknowledgeAlert">("POST /api/alerts/{id}/acknowledge", { params: { id }, body });

/** Puts an alert in another state. Answers the changed alert. */
export const setAlertStatus = (id: string, body: RequestOf<"setAlertStatus">["body"]): Promise<Alert> =>
  ask<"setAlertStatus">("POST /api/alerts/{id}/status", { params: { id }, body });

/** Closes an alert with a reason. Answers the changed alert. */
export const closeAlert = (id: string, body: RequestOf<"closeAlert">["body"]): Promise<Alert> =>
  ask<"closeAlert">("POST /api/alerts/{id}/close", { params: { id }, body });

/** Opens a closed alert again. Answers the changed alert. */
export const reopenAlert = (id: string, body: RequestOf<"reopenAlert">["body"]): Promise<Alert> =>
  ask<"reopenAlert">("POST /api/alerts/{id}/reopen", { params: { id }, body });

/** Says who takes care of an alert; null: nobody any more. Answers the changed alert. */
export const assignAlert = (id: string, body: RequestOf<"assignAlert">["body"]): Promise<Alert> =>
  ask<"assignAlert">("POST /api/alerts/{id}/assign", { params: { id }, body });

/** Adds a comment. Answers the changed alert. */
export const commentOnAlert = (id: string, body: RequestOf<"commentOnAlert">["body"]): Promise<Alert> =>
  ask<"commentOnAlert">("POST /api/alerts/{id}/comments", { params: { id }, body });

/** Adds the address of a ticket or the like. Answers the changed alert. */
export const linkAlert = (id: string, body: RequestOf<"linkAlert">["body"]): Promise<Alert> =>
  ask<"linkAlert">("POST /api/alerts/{id}/links", { params: { id }, body });

/** How many alerts there are over time. `search` is a query string without a page. */
export const countAlerts = (search: string, signal: AbortSignal): Promise<AlertHistogram> =>
  ask<"countAlerts">("GET /api/alerts-over-time", { search, signal });

/** The alerts of a list in groups. `search` is a query string as `groupQuery` makes it. */
export const groupAlerts = (search: string, signal: AbortSignal): Promise<AlertGroups> =>
  ask<"groupAlerts">("GET /api/alert-groups", { search, signal });

/** Changes several alerts at once. Answers which of them were, and why others were not. */
export const changeAlerts = (body: RequestOf<"changeAlerts">["body"]): Promise<AlertChanges> =>
  ask<"changeAlerts">("POST /api/alert-changes", { body });

/** Whom and what an alert is about. */
export const listEntities = async (id: string, signal: AbortSignal): Promise<readonly RelatedEntity[]> =>
  (await ask<"listEntities">("GET /api/alerts/{id}/entities", { params: { id }, signal })).entities;
