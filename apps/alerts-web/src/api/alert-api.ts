import { request, sending } from "./request.ts";
import type { Alert, AlertPage, AlertStatus } from "./types.ts";

const alertPath = (id: string): string => `/api/alerts/${encodeURIComponent(id)}`;

/** A page of alerts. `query` is a query string as `alertQuery` makes it. */
export const listAlerts = (query: string, signal: AbortSignal): Promise<AlertPage> =>
  request<AlertPage>(`/api/alerts?${query}`, { signal });

/** One whole alert, its events included. */
export const getAlert = (id: string, signal: AbortSignal): Promise<Alert> => request<Alert>(alertPath(id), { signal });

/** Acknowledges an alert in the name of `by`, or takes that back. Answers the changed alert. */
export const acknowledgeAlert = (id: string, change: { by?: string; undo?: boolean }): Promise<Alert> =>
  request<Alert>(`${alertPath(id)}/acknowledge`, sending("POST", change));

/** Puts an alert in another state. Answers the changed alert. */
export const setAlertStatus = (id: string, change: { status: AlertStatus; by?: string }): Promise<Alert> =>
  request<Alert>(`${alertPath(id)}/status`, sending("POST", change));
