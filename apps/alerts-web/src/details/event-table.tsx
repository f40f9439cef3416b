import type { StoredEvent } from "@mozdef/alert-api";
import { useState } from "react";
import { toggled } from "../list/filters.ts";
import { valueAt } from "../search/event-cells.ts";
import { EventFields } from "../search/event-fields.tsx";
import { EventRows } from "../search/event-rows.tsx";
import { clauseOf } from "../search/query-text.ts";
import { searchAddress } from "../search/search-state.ts";
import { Link } from "../shared/link.tsx";
import { visible } from "../shared/visible.ts";
import { ColumnChoice } from "./column-choice.tsx";
import { defaultColumns, fieldsOf } from "./event-columns.ts";
import { useColumns } from "./use-columns.ts";

/** An alert can carry thousands of events: first as many as fit on a screen. */
const FIRST = 10;
const STEP = 50;

interface EventTableProps {
  readonly events: readonly StoredEvent[];
  /** Where the search finds them; undefined: nowhere. */
  readonly source: string | undefined;
  /** Columns are chosen for each class of alerts. */
  readonly classname: string;
}

/** The events that an alert carries along, in its own order, one a row; each opens to all of its fields. */
export const EventTable = ({ events, source, classname }: EventTableProps) => {
  const [limit, setLimit] = useState(FIRST);
  const columns = useColumns(classname, defaultColumns(events));
  const { names, choose } = columns;
  const toggle = (name: string) => choose(toggled(names, name));
  const left = events.length - limit;
  return (
    <div className="alert-events">
      <ColumnChoice columns={columns} fields={fieldsOf(events)} />
      <EventRows
        label="Events of the alert"
        events={events.slice(0, limit)}
        columns={{ names, toggle }}
        isOpenFirst={events.length === 1}
      >
        {(event) => (
          <EventFields columns={{ names, toggle }} {...{ event, source }}>
            {(name) => source !== undefined && <SearchLink {...{ event, name, source }} />}
          </EventFields>
        )}
      </EventRows>
      {left > 0 && (
        <button type="button" onClick={() => setLimit(limit + STEP)}>
          Show {Math.min(STEP, left)} more of {left}
        </button>
      )}
    </div>
  );
};

interface SearchLinkProps {
  readonly event: StoredEvent;
  readonly name: string;
  readonly source: string;
}

const SearchLink = ({ event, name, source }: SearchLinkProps) => (
  <Link
    href={searchAddress({ source, text: clauseOf(name, valueAt(event._source, name)), period: "all" })}
    aria-label={`Search events with this ${visible(name)}`}
  >
    Search
  </Link>
);
