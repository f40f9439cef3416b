import type { StoredEvent } from "@mozdef/alert-api";
import type { ReactNode } from "react";
import { flatten } from "../shared/flatten.ts";
import { Link } from "../shared/link.tsx";
import { visible } from "../shared/visible.ts";
import type { EventColumns } from "./event-rows.tsx";
import { searchAddress } from "./search-state.ts";

interface EventFieldsProps {
  readonly event: StoredEvent;
  readonly columns: EventColumns;
  /** Where the search finds it, empty for the events of the service; undefined: nowhere. */
  readonly source: string | undefined;
  /** What can be done with a field that has a value. */
  readonly children: (name: string) => ReactNode;
}

/** Every field of an event by name, each a way to other events; at last the document itself. */
export const EventFields = ({ event, columns, source, children }: EventFieldsProps) => (
  <div className="event-fields">
    <dl className="fields">
      {flatten(event._source).map(({ name, value }) => (
        <div key={name} className="fields__row event-fields__row">
          <dt>{visible(name)}</dt>
          <dd>{value === "" ? "–" : value}</dd>
          <dd className="event-fields__actions">
            {value !== "" && children(name)}{" "}
            <button
              type="button"
              aria-label={`Column ${visible(name)}`}
              aria-pressed={columns.names.includes(name)}
              onClick={() => columns.toggle(name)}
            >
              Column
            </button>
          </dd>
        </div>
      ))}
    </dl>
    <p className="muted">
      {visible(event._index)}/{visible(event._id)}
      {source !== undefined && event._id !== "" && (
        <>
          {" · "}
          <Link href={searchAddress({ source, id: [event._id] })}>this event alone</Link>
        </>
      )}
    </p>
    <details>
      <summary>Raw JSON</summary>
      <pre tabIndex={0}>{visible(JSON.stringify(event, null, 2))}</pre>
    </details>
  </div>
);
