import type { AlertChangeRecord, AlertMessage, DeliveryEvent } from "@mozdef/alert/runtime";

/** An alert that somebody has acknowledged or closed. */
export interface AlertNotice {
  /** As it is now. */
  readonly alert: AlertMessage;
  readonly event: Exclude<DeliveryEvent, "trigger">;
  readonly by: string;
  /** When that was: the same however often it is said. */
  readonly at: Date;
}

const EVENTS: Readonly<Record<string, AlertNotice["event"]>> = { acknowledged: "acknowledge", closed: "resolve" };

/** What is told of an alert as it is; null when it is nothing. */
export const noticeOf = (alert: AlertMessage): AlertNotice | null => {
  const event = EVENTS[alert._source.status];
  const change = changeOfStatus(alert);
  return event === undefined || change === undefined ? null : { alert, event, by: change.by, at: new Date(change.at) };
};

const OF_STATUS: readonly string[] = ["status", "close", "reopen"];

/** The change by which an alert came to the status that it has, which somebody may have said several times. */
const changeOfStatus = ({ _source: { status, history = [] } }: AlertMessage): AlertChangeRecord | undefined =>
  history.findLast(({ action, from, to }) => OF_STATUS.includes(action) && to === status && from !== status);
