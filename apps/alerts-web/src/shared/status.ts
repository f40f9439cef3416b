import type { AlertFields, AlertStatus, CloseReason } from "@mozdef/alert-api";
import { toText } from "./to-text.ts";

const LABELS: Readonly<Record<AlertStatus, string>> = {
  manual: "Manual",
  inProgress: "In progress",
  acknowledged: "Acknowledged",
  escalated: "Escalated",
  closed: "Closed",
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

/** Whether nobody has to do anything about the alert any more. */
export const isClosed = (alert: AlertFields): boolean => alert.status === "closed";

const REASONS: Readonly<Record<CloseReason, string>> = {
  truePositive: "True positive",
  falsePositive: "False positive",
  benign: "Benign",
  duplicate: "Duplicate",
};

/** What an alert can be closed as. */
export const closeReasons = Object.keys(REASONS) as readonly CloseReason[];

/** A reason for reading; one that is unknown is shown as it is. */
export const reasonLabel = (reason: unknown): string => {
  const text = toText(reason);
  if (text === "resolved") return "Resolved by itself";
  return Object.hasOwn(REASONS, text) ? REASONS[text as CloseReason] : text;
};
