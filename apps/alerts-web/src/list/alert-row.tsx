import type { Alert, AlertListItem } from "@mozdef/alert-api";
import { useMay } from "../session/session-context.ts";
import { type MouseEvent, type ReactNode, useEffect, useEffectEvent, useRef } from "react";
import { navigate } from "../routing/location.ts";
import { detailsAddress } from "../routing/route.ts";
import { AckButton } from "../shared/ack-button.tsx";
import { hasModifier, Link } from "../shared/link.tsx";
import { ackTitle, isAcknowledged } from "../shared/status.ts";
import { cells, summaryOf } from "./alert-cells.tsx";
import { type ColumnName, linkedColumn } from "./columns.ts";

interface AlertRowProps {
  readonly alert: AlertListItem;
  readonly columns: readonly ColumnName[];
  readonly isFresh: boolean;
  readonly isFocused: boolean;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
  readonly onChange: (alert: Alert) => void;
  readonly onError: (error: Error) => void;
}

/** One alert. A click anywhere opens it; for the keyboard the summary is a link, or the first column. */
export const AlertRow = (props: AlertRowProps) => {
  const { alert, columns, isFresh, isFocused, isChosen, onChoose, onChange, onError } = props;
  const { _id: id, _source: fields } = alert;
  const summary = summaryOf(fields);
  const mayHandle = useMay("handle");
  const link = useRef<HTMLAnchorElement>(null);

  const focusOnce = useEffectEvent(() => {
    if (isFocused) link.current?.focus();
  });
  useEffect(() => focusOnce(), []);

  const open = (event: MouseEvent) => {
    const selecting = (window.getSelection()?.toString() ?? "") !== "";
    if (!selecting && !hasModifier(event)) navigate(detailsAddress(id));
  };

  return (
    <tr role="row" className={isFresh ? "alert-row alert-row--fresh" : "alert-row"} onClick={open}>
      {mayHandle && (
        <td role="cell" className="alerts__choose" onClick={(event) => event.stopPropagation()}>
          <input type="checkbox" checked={isChosen} aria-label={`Choose: ${summary}`} onChange={onChoose} />
        </td>
      )}
      {columns.map((column) => (
        <td key={column} role="cell" className={`alerts__${column}`} data-label={LABELLED.get(column)}>
          {column === linkedColumn(columns) ? (
            <Link ref={link} href={detailsAddress(id)} data-alert={id}>
              {linkTextOf(cells[column](fields))}
            </Link>
          ) : (
            cells[column](fields)
          )}
        </td>
      ))}
      <td role="cell" className="alerts__ack">
        {mayHandle ? (
          <AckButton id={id} alert={fields} label={summary} onChange={onChange} onError={onError} />
        ) : (
          isAcknowledged(fields) && <span title={ackTitle(fields)}>Yes</span>
        )}
      </td>
    </tr>
  );
};

/** A link without a text could not be followed. */
const linkTextOf = (content: ReactNode): ReactNode => (content === "" ? "(none)" : content);

/** Cards of narrow screens say what these are. */
const LABELLED: ReadonlyMap<ColumnName, string> = new Map([
  ["name", "Alert"],
  ["assignee", "Assigned to"],
  ["tags", "Tags"],
]);
