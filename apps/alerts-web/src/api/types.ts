/** What `GET /api/alerts` lists: an alert without the sources of its events. */
export interface AlertListItem {
  readonly _id: string;
  readonly _index: string;
  readonly _source: AlertFields & { readonly eventCount?: number };
}

/** What `GET /api/alerts/:id` answers: the whole alert. */
export interface Alert {
  readonly _id: string;
  readonly _index: string;
  readonly _source: AlertFields & { readonly events?: readonly AlertEvent[] };
}

/**
 * The alert document. Every field is optional and `unknown` where alerts are free to write anything: documents of
 * older systems live in the same store.
 */
export interface AlertFields {
  readonly utctimestamp?: unknown;
  readonly severity?: unknown;
  readonly summary?: unknown;
  readonly category?: unknown;
  readonly status?: unknown;
  readonly tags?: unknown;
  readonly channel?: unknown;
  readonly classname?: unknown;
  readonly url?: unknown;
  readonly details?: unknown;
  readonly errors?: unknown;
  readonly notify_mozdefbot?: unknown;
  readonly acknowledged?: unknown;
  readonly acknowledgedby?: unknown;
}

/** An event that an alert covers, as it was when the alert was made. */
export interface AlertEvent {
  readonly documentindex?: unknown;
  readonly documentid?: unknown;
  readonly documentsource?: unknown;
}

/** One value of a field and how many alerts have it. */
export interface Facet {
  readonly value: string;
  readonly count: number;
}

/** A page of alerts, newest first. `total` counts every alert that matches, not only this page. */
export interface AlertPage {
  readonly total: number;
  readonly alerts: readonly AlertListItem[];
  readonly severities: readonly Facet[];
  readonly categories: readonly Facet[];
}

/** The states an alert can be put in. */
export const alertStatuses = ["manual", "inProgress", "acknowledged", "escalated"] as const;

export type AlertStatus = (typeof alertStatuses)[number];
