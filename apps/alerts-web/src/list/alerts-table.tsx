import type { Alert, AlertListItem } from "@mozdef/alert-api";
import { AlertRow } from "./alert-row.tsx";

interface AlertsTableProps {
  readonly alerts: readonly AlertListItem[];
  readonly fresh: readonly string[];
  /** The id whose row gets the keyboard focus when the table appears. */
  readonly focus: string | undefined;
  readonly onChange: (alert: Alert) => void;
  readonly onError: (error: Error) => void;
}

/**
 * Rows are keyed by alert, so the focused one keeps its focus while others come in above it.
 * The roles repeat what the elements are: on narrow screens rows are laid out as cards, which would drop them.
 */
export const AlertsTable = ({ alerts, fresh, focus, onChange, onError }: AlertsTableProps) => (
  <table className="alerts" role="table" aria-label="Alerts, newest first">
    <thead role="rowgroup">
      <tr role="row">
        {columns.map(({ name, className }) => (
          <th key={name} className={className} role="columnheader" scope="col">
            {name}
          </th>
        ))}
      </tr>
    </thead>
    <tbody role="rowgroup">
      {alerts.map((alert) => (
        <AlertRow
          key={alert._id}
          alert={alert}
          isFresh={fresh.includes(alert._id)}
          isFocused={alert._id === focus}
          onChange={onChange}
          onError={onError}
        />
      ))}
    </tbody>
  </table>
);

const columns = [
  { name: "Time", className: "alerts__time" },
  { name: "Severity", className: "alerts__severity" },
  { name: "Status", className: "alerts__status" },
  { name: "Category", className: "alerts__category" },
  { name: "Summary", className: "alerts__summary" },
  { name: "Ack", className: "alerts__ack" },
];
