import type { AlertMessage } from "@mozdef/alert/runtime";
import type { Told } from "./message-text.ts";

/** Of one message, in number. */
export interface JsonBounds {
  /** Of each alert. */
  readonly mostEvents: number;
  /** Where a message stands for several. */
  readonly mostAlerts: number;
}

/**
 * An alert for programs: what is told about it, all of it with at most so many of its events, and the number of all. Where the message stands
 * for several alerts, the first of them too, oldest first.
 */
export const alertJson = (
  message: AlertMessage,
  { event, by, alerts }: Told,
  { mostEvents, mostAlerts }: JsonBounds,
): object => ({
  type: "alert",
  event,
  by,
  ...oneJson(message, mostEvents),
  alertCount: alerts.length,
  ...(alerts.length > 1 && { alerts: alerts.slice(0, mostAlerts).map((alert) => oneJson(alert, mostEvents)) }),
});

const oneJson = ({ _index, _id, _source: alert }: AlertMessage, mostEvents: number): object => ({
  id: _id,
  index: _index,
  eventCount: alert.events.length,
  alert: { ...alert, events: alert.events.slice(0, mostEvents) },
});
