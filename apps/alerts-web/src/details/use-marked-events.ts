import type { Alert, EventHistogram } from "@mozdef/alert-api";
import { countEvents } from "../api/event-api.ts";
import { usePolled } from "../shared/use-polled.ts";
import { eventsOf, textOfAlert } from "./alert-events.ts";
import { isOwnIndex } from "./event-sources.ts";

/** The events in the store that are marked with an alert. */
export interface MarkedEvents {
  readonly found: number;
  readonly histogram: EventHistogram;
}

/** Marks of events are written a moment after their alert, and later for those that are added to it. */
const REFRESH_MS = 30_000;

/** All events of an alert, also those that it does not carry along. Undefined while not known, and for events that the service only reads. */
export const useMarkedEvents = ({ _id: id, _source: fields }: Alert): MarkedEvents | undefined => {
  const isAsked = eventsOf(fields).some(({ _index }) => isOwnIndex(_index));
  const search = new URLSearchParams({ text: textOfAlert(id) }).toString();
  const { data: histogram } = usePolled(
    `${search} ${String(isAsked)}`,
    async (signal) => (isAsked ? countEvents(search, signal) : null),
    REFRESH_MS,
  );
  if (histogram === null || histogram === undefined) return undefined;
  return { histogram, found: histogram.buckets.reduce((sum, { count }) => sum + count, 0) };
};
