import type { AlertFields, AlertStatus } from "@mozdef/alert-api";
import { toText } from "./to-text.ts";

const LABELS: Readonly<Record<AlertStatus, string>> = {
  manual: "Manual",
  inProgress: "In progress",
  acknowledged: "Acknowledged",
  escalated: "Escalated",
};

/** The states an alert can be put in. */
export const alertStatuses = Object.keys(LABELS) as readonly AlertStatus[];

/** A status for reading. An alert without one counts as `manual`, one that is unknown is shown as it is. */
export const statusLabel = (status: unknown): string => {
  const text = toText(status);
  return text === "" ? "Manual" : isStatus(text) ? LABELS[text] : text;
};

/** Whether a text is one of {@link alertStatuses}. */
export const isStatus = (text: string): text is AlertStatus => Object.hasOwn(LABELS, text);

/** Whether somebody has taken note of the alert. */
export const isAcknowledged = (alert: AlertFields): boolean => toText(alert.acknowledged) !== "";

/** `Ack by: who`, as on MozDef's page. */
export const ackTitle = (alert: AlertFields): string => `Ack by: ${toText(alert.acknowledgedby) || "unknown"}`;
