import type { EventField, EventHistogram, EventPage, EventSource, FieldValues } from "@mozdef/alert-api";
import { ask } from "./request.ts";

/** Where events are. */
export const listSources = async (signal: AbortSignal): Promise<readonly EventSource[]> =>
  (await ask<"listSources">("GET /api/sources", { signal })).sources;

/** One page of events. `search` is a query string. */
export const listEvents = (search: string, signal: AbortSignal): Promise<EventPage> =>
  ask<"listEvents">("GET /api/events", { search, signal });

export const countEvents = (search: string, signal: AbortSignal): Promise<EventHistogram> =>
  ask<"countEvents">("GET /api/events-over-time", { search, signal });

/** The fields that a source can be searched by. */
export const listEventFields = async (search: string, signal: AbortSignal): Promise<readonly EventField[]> =>
  (await ask<"listEventFields">("GET /api/event-fields", { search, signal })).fields;

/** The most frequent values of a field. `search` names the field. */
export const countFieldValues = (search: string, signal: AbortSignal): Promise<FieldValues> =>
  ask<"countFieldValues">("GET /api/event-values", { search, signal });
