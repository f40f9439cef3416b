import type { EventPage, StoredEvent } from "@mozdef/alert-api";
import { toggled } from "../list/filters.ts";
import { visible } from "../shared/visible.ts";
import { EventFields } from "./event-fields.tsx";
import { valueAt } from "./event-cells.ts";
import { type EventColumns, EventRows } from "./event-rows.tsx";
import { clauseOf, narrowed } from "./query-text.ts";
import { LAST_PAGE, PAGE_SIZE, type SearchState } from "./search-state.ts";

interface EventResultsProps {
  readonly state: SearchState;
  readonly page: EventPage | undefined;
  /** Whether the page answers what is asked for now. */
  readonly isCurrent: boolean;
  readonly onChange: (part: Partial<SearchState>) => void;
}

/** The events found, one a row; each opens to all of its fields. */
export const EventResults = ({ state, page, isCurrent, onChange }: EventResultsProps) => {
  if (page === undefined) return <section aria-label="Found events">Loading…</section>;
  const columns: EventColumns = {
    names: state.column,
    toggle: (name) => onChange({ column: toggled(state.column, name) }),
  };
  const pages = Math.min(LAST_PAGE, Math.max(1, Math.ceil(page.total / PAGE_SIZE)));
  return (
    <section className={isCurrent ? undefined : "outdated"} aria-label="Found events">
      <p className="list-status">
        <span>
          <strong data-testid="total">{page.total}</strong> {page.total === 1 ? "event" : "events"}
        </span>
        <button type="button" onClick={() => onChange({ order: state.order === "" ? "oldest" : "" })}>
          {state.order === "" ? "Newest first" : "Oldest first"}
        </button>
      </p>
      {page.events.length === 0 && isCurrent && (
        <p className="notice">No event fits. Take a longer period, or less in the search.</p>
      )}
      {page.events.length > 0 && (
        <EventRows label="Events" events={page.events} columns={columns} isOpenFirst={state.id.length === 1}>
          {(event) => (
            <EventFields {...{ event, columns, source: state.source }}>
              {(name) => <Narrowing {...{ event, name, state, onChange }} />}
            </EventFields>
          )}
        </EventRows>
      )}
      <nav className="pager" aria-label="Pages">
        <div className="pager__steps">
          <button type="button" disabled={state.page <= 1} onClick={() => onChange({ page: state.page - 1 })}>
            Previous
          </button>
          <span className="pager__where">
            Page {state.page} of {pages}
          </span>
          <button type="button" disabled={state.page >= pages} onClick={() => onChange({ page: state.page + 1 })}>
            Next
          </button>
        </div>
        {page.total > LAST_PAGE * PAGE_SIZE && (
          <p className="pager__range">{LAST_PAGE * PAGE_SIZE} events can be paged; narrow the time for the others</p>
        )}
      </nav>
    </section>
  );
};

interface NarrowingProps extends Pick<EventResultsProps, "state" | "onChange"> {
  readonly event: StoredEvent;
  readonly name: string;
}

/** Only events that have the same there, or none of them. */
const Narrowing = ({ event, name, state, onChange }: NarrowingProps) => {
  const narrow = (isWithout: boolean) =>
    onChange({ text: narrowed(state.text, clauseOf(name, valueAt(event._source, name)), isWithout) });
  return (
    <>
      <button type="button" aria-label={`Only events with this ${visible(name)}`} onClick={() => narrow(false)}>
        Only
      </button>
      <button type="button" aria-label={`Events without this ${visible(name)}`} onClick={() => narrow(true)}>
        Without
      </button>
    </>
  );
};
