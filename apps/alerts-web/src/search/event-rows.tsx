import type { StoredEvent } from "@mozdef/alert-api";
import { type ReactNode, useState } from "react";
import { Timestamp } from "../shared/timestamp.tsx";
import { visible } from "../shared/visible.ts";
import { cellOf, timeOf } from "./event-cells.ts";

/** The fields that are shown beside the time. */
export interface EventColumns {
  readonly names: readonly string[];
  /** Shows a field as a column, or not any more. */
  readonly toggle: (name: string) => void;
}

interface EventRowsProps {
  readonly label: string;
  readonly events: readonly StoredEvent[];
  readonly columns: EventColumns;
  /** Whether the rows are open at first. */
  readonly isOpenFirst: boolean;
  /** What an open row shows. */
  readonly children: (event: StoredEvent) => ReactNode;
}

/** Events, one a row: when each was, and what its columns say. A row opens to more. */
export const EventRows = ({ label, events, columns, isOpenFirst, children }: EventRowsProps) => (
  <table className="table found" role="table" aria-label={label}>
    <thead role="rowgroup">
      <tr role="row">
        <th role="columnheader" scope="col" className="found__time">
          Time
        </th>
        {columns.names.map((name) => (
          <th key={name} role="columnheader" scope="col">
            {visible(name)}{" "}
            <button
              type="button"
              className="found__remove"
              aria-label={`Remove the column ${visible(name)}`}
              onClick={() => columns.toggle(name)}
            >
              ×
            </button>
          </th>
        ))}
      </tr>
    </thead>
    <tbody role="rowgroup">
      {events.map((event, place) => (
        // Samples of alerts need not have an id.
        <EventRow
          key={event._id === "" ? place : `${event._index} ${event._id}`}
          {...{ event, isOpenFirst, children }}
          names={columns.names}
        />
      ))}
    </tbody>
  </table>
);

interface EventRowProps extends Pick<EventRowsProps, "isOpenFirst" | "children"> {
  readonly event: StoredEvent;
  readonly names: readonly string[];
}

const EventRow = ({ event, names, isOpenFirst, children }: EventRowProps) => {
  const [isOpen, setIsOpen] = useState(isOpenFirst);
  return (
    <>
      <tr role="row" className="found__row">
        <td role="cell" className="found__time">
          <button
            type="button"
            className="found__open"
            aria-expanded={isOpen}
            aria-label={isOpen ? "Hide the fields" : "Show all fields"}
            onClick={() => setIsOpen(!isOpen)}
          >
            {isOpen ? "▾" : "▸"}
          </button>{" "}
          <Timestamp value={timeOf(event)} />
        </td>
        {names.map((name) => (
          <td key={name} role="cell" data-label={visible(name)}>
            <span className="found__value">{cellOf(event, name)}</span>
          </td>
        ))}
      </tr>
      {isOpen && (
        <tr role="row">
          <td role="cell" colSpan={names.length + 1}>
            {children(event)}
          </td>
        </tr>
      )}
    </>
  );
};
