import type { Alert, StoredEvent } from "@mozdef/alert-api";
import { clauseOf } from "../search/query-text.ts";
import { counted } from "../shared/format-number.ts";

type Fields = Alert["_source"];

/** The events that an alert carries along, as those of a search are. What has no index or id of its own gets an empty one. */
export const eventsOf = ({ events = [] }: Pick<Fields, "events">): readonly StoredEvent[] =>
  events.map(({ documentindex, documentid, documentsource }) => ({
    _index: textOf(documentindex),
    _id: textOf(documentid),
    _source: typeof documentsource === "object" && documentsource !== null ? { ...documentsource } : {},
  }));

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/**
 * How many events an alert covers. It carries the first ones along; those that came later are added to it as a number only. Of an alert
 * that carries no event the number says how often it was found.
 *
 * @param found - Those in the store that are marked with it, when that is known.
 */
export const countOf = (fields: Fields, found = 0): number => {
  const carried = Math.max(fields.events?.length ?? 0, found);
  const count = new Map(Object.entries(fields)).get("count");
  return typeof count === "number" && Number.isSafeInteger(count) && count > carried ? count : carried;
};

/** `1,234 events`; of an alert about something that did not happen, how often that was found. */
export const countText = (fields: Fields, found?: number): string => {
  const count = countOf(fields, found);
  if ((fields.events?.length ?? 0) > 0) return counted(count, "event");
  return count > 1 ? `Found ${counted(count, "time")}` : "No events";
};

/** What finds the events of an alert among those of the service, which keep the ids of their alerts. */
export const textOfAlert = (id: string): string => clauseOf("alerts.id", id);
