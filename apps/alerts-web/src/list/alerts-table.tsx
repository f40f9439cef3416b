import type { Alert, AlertListItem } from "@mozdef/alert-api";
import { OnlyFor } from "../session/only-for.tsx";
import { AlertRow } from "./alert-row.tsx";
import { type ColumnName, COLUMNS } from "./columns.ts";

interface AlertsTableProps {
  readonly alerts: readonly AlertListItem[];
  readonly columns: readonly ColumnName[];
  readonly fresh: readonly string[];
  /** The id whose row gets the keyboard focus when the table appears. */
  readonly focus: string | undefined;
  readonly chosen: readonly string[];
  readonly onChoose: (id: string) => void;
  readonly onChooseAll: () => void;
  readonly onChange: (alert: Alert) => void;
  readonly onError: (error: Error) => void;
}

/**
 * Rows are keyed by alert, so the focused one keeps its focus while others come in above it.
 * The roles repeat what the elements are: on narrow screens rows are laid out as cards, which would drop them.
 */
export const AlertsTable = (props: AlertsTableProps) => (
  <table className="alerts" role="table" aria-label="Alerts">
    <thead role="rowgroup">
      <tr role="row">
        <OnlyFor scope="handle">
          <th className="alerts__choose" role="columnheader" scope="col">
            <input
              type="checkbox"
              aria-label="Choose all on this page"
              checked={props.chosen.length === props.alerts.length}
              onChange={props.onChooseAll}
            />
          </th>
        </OnlyFor>
        {COLUMNS.filter(({ name }) => props.columns.includes(name)).map(({ name, label }) => (
          <th key={name} className={`alerts__${name}`} role="columnheader" scope="col">
            {label}
          </th>
        ))}
        <th className="alerts__ack" role="columnheader" scope="col">
          Ack
        </th>
      </tr>
    </thead>
    <tbody role="rowgroup">
      {props.alerts.map((alert) => (
        <AlertRow
          key={alert._id}
          alert={alert}
          columns={props.columns}
          isFresh={props.fresh.includes(alert._id)}
          isFocused={alert._id === props.focus}
          isChosen={props.chosen.includes(alert._id)}
          onChoose={() => props.onChoose(alert._id)}
          onChange={props.onChange}
          onError={props.onError}
        />
      ))}
    </tbody>
  </table>
);
