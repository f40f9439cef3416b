import type { Alert, AlertPage, RequestOf } from "@mozdef/alert-api";
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
