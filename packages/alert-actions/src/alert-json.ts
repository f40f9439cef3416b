import type { AlertMessage } from "@mozdef/alert/runtime";

/** An alert for programs: all of it, with at most so many of its events, and the number of all. */
export const alertJson = ({ _index, _id, _source: alert }: AlertMessage, mostEvents: number): object => ({
  type: "alert",
  id: _id,
  index: _index,
  eventCount: alert.events.length,
  alert: { ...alert, events: alert.events.slice(0, mostEvents) },
});
