import type { StoredEvent } from "@mozdef/alert-api";
import { searchAddress } from "../search/search-state.ts";
import { counted, formatCount } from "../shared/format-number.ts";
import { Link } from "../shared/link.tsx";
import { visible } from "../shared/visible.ts";
import { textOfAlert } from "./alert-events.ts";
import { bucketsOf } from "./event-buckets.ts";

interface WayToAllProps {
  readonly id: string;
  /** Events that the alert covers. */
  readonly count: number;
  /** Those in the store; undefined while that is not known. */
  readonly found: number | undefined;
}

/** Leads from the events that an alert carries along to all that it covers. */
export const WayToAll = ({ id, count, found }: WayToAllProps) => {
  if (found === undefined) return null;
  if (found === 0)
    return <p className="muted">The store has none of them under this alert: they are deleted, or not marked yet.</p>;
  return (
    <p>
      <Link href={searchAddress({ text: textOfAlert(id), period: "all" })}>
        {found === 1 ? "The event in the search" : `All ${formatCount(found)} events in the search`}
      </Link>
      {found < count && (
        <span className="muted">
          {" "}
          The store has {formatCount(found)} of {counted(count, "event")}: the others are deleted, or not marked yet.
        </span>
      )}
    </p>
  );
};

interface EventsElsewhereProps {
  readonly events: readonly StoredEvent[];
  readonly count: number;
  /** Undefined: no source that is known has them. */
  readonly source: string | undefined;
}

/** Says what is known of events that the service reads and does not keep. */
export const EventsElsewhere = ({ events, count, source }: EventsElsewhereProps) => {
  const rest = count - events.length;
  return (
    <p className="muted">
      {whereabouts(source)}
      {rest > 0 && ` The alert covers ${counted(rest, "further event")}, of which it knows the number alone.`}
      {source !== undefined && source !== "" && (
        <>
          {" "}
          <Link href={searchAddress({ source, ...timeOfAll(events) })}>Events of the source at that time</Link>
        </>
      )}
    </p>
  );
};

const whereabouts = (source: string | undefined): string => {
  if (source === undefined) return "No source of the configuration as it is now has the index of these events.";
  if (source === "") return "These events carry no mark of their alert, so that the search cannot list all of them.";
  return `These events are in the source ${visible(source)}, which is only read: nothing there says which alert they are part of.`;
};

/** From the first to the last one, whole buckets. */
const timeOfAll = (events: readonly StoredEvent[]) => {
  const { buckets, intervalMs } = bucketsOf(events);
  const [first, last] = [buckets[0], buckets.at(-1)];
  if (first === undefined || last === undefined) return { period: "all" };
  return { since: first.at, until: new Date(Date.parse(last.at) + intervalMs).toISOString() };
};
