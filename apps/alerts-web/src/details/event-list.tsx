import type { Alert } from "@mozdef/alert-api";
import { listSources } from "../api/event-api.ts";
import { formatCount } from "../shared/format-number.ts";
import { toText } from "../shared/to-text.ts";
import { usePolled } from "../shared/use-polled.ts";
import { countOf, eventsOf } from "./alert-events.ts";
import { EventTable } from "./event-table.tsx";
import { isOwnIndex, sourceOf } from "./event-sources.ts";
import { EventTimes } from "./event-times.tsx";
import type { MarkedEvents } from "./use-marked-events.ts";
import { EventsElsewhere, WayToAll } from "./way-to-all.tsx";

interface EventListProps {
  readonly alert: Alert;
  readonly marked: MarkedEvents | undefined;
}

/** The events that the alert carries along, when they were, and the way to all that it covers. */
export const EventList = ({ alert: { _id: id, _source: fields }, marked }: EventListProps) => {
  const events = eventsOf(fields);
  const { data: sources } = usePolled("sources", listSources);
  const index = events[0]?._index ?? "";
  const source = sourceOf(index, sources ?? []);
  const count = countOf(fields, marked?.found);
  if (events.length === 0) return <NoEvents />;
  return (
    <section aria-labelledby="events-title">
      <h2 id="events-title">
        Events ({count > events.length ? `${formatCount(events.length)} of ${formatCount(count)}` : formatCount(count)})
      </h2>
      {isOwnIndex(index) ? (
        <WayToAll {...{ id, count, found: marked?.found }} />
      ) : (
        sources !== undefined && <EventsElsewhere {...{ events, count, source }} />
      )}
      <EventTimes {...{ id, events, marked: marked?.histogram }} />
      <EventTable {...{ events, source, classname: toText(fields.classname) }} />
    </section>
  );
};

const NoEvents = () => (
  <section aria-labelledby="events-title">
    <h2 id="events-title">Events (0)</h2>
    <p>This alert has no events: it reports that something did not happen.</p>
  </section>
);
