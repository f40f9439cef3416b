import type { AlertEvent } from "@mozdef/alert-api";
import { useState } from "react";
import { EventCard } from "./event-card.tsx";

/** An alert can carry thousands of events; more than this at once would make the page slow. */
const STEP = 25;

/** The events that an alert covers, in its own order. */
export const EventList = ({ events }: { readonly events: readonly AlertEvent[] }) => {
  const [limit, setLimit] = useState(STEP);
  const left = events.length - limit;
  return (
    <section aria-labelledby="events-title">
      <h2 id="events-title">Events ({events.length})</h2>
      {events.length === 0 && <p>This alert has no events: it reports that something did not happen.</p>}
      <ol className="events">
        {events.slice(0, limit).map((event, index) => (
          <li key={index}>
            <EventCard event={event} />
          </li>
        ))}
      </ol>
      {left > 0 && (
        <button type="button" onClick={() => setLimit(limit + STEP)}>
          Show {Math.min(STEP, left)} more of {left}
        </button>
      )}
    </section>
  );
};
