import type { AlertFields, AlertStatus } from "../api/types.ts";
import { toText } from "./to-text.ts";

const labels = new Map<string, string>([
  ["manual", "Manual"],
  ["inProgress", "In progress"],
  ["acknowledged", "Acknowledged"],
  ["escalated", "Escalated"],
] satisfies [AlertStatus, string][]);

/** A status for reading. An alert without one counts as `manual`, one that is unknown is shown as it is. */
export const statusLabel = (status: unknown): string => {
  const text = toText(status);
  return text === "" ? "Manual" : (labels.get(text) ?? text);
};

/** Whether somebody has taken note of the alert. */
export const isAcknowledged = (alert: AlertFields): boolean => toText(alert.acknowledged) !== "";

/** `Ack by: who`, as MozDef's page says it. */
export const ackTitle = (alert: AlertFields): string => `Ack by: ${toText(alert.acknowledgedby) || "unknown"}`;
