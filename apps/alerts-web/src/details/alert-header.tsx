import type { Alert } from "@mozdef/alert-api";
import { AckButton } from "../shared/ack-button.tsx";
import { SeverityBadge } from "../shared/severity-badge.tsx";
import { ackTitle, isAcknowledged } from "../shared/status.ts";
import { Timestamp } from "../shared/timestamp.tsx";
import { toText } from "../shared/to-text.ts";
import { StatusPicker } from "./status-picker.tsx";

interface AlertHeaderProps {
  readonly alert: Alert;
  readonly onChange: (alert: Alert) => void;
  readonly onError: (error: Error) => void;
}

/** What the alert says, and what can be done with it. */
export const AlertHeader = ({ alert, onChange, onError }: AlertHeaderProps) => {
  const { _id: id, _source: fields } = alert;
  const summary = toText(fields.summary) || "(no summary)";
  return (
    <header className="details__header">
      <p className="details__meta">
        <SeverityBadge severity={fields.severity} /> <Timestamp value={fields.utctimestamp} />
      </p>
      <h1>{summary}</h1>
      <div className="details__actions">
        <StatusPicker id={id} status={fields.status} onChange={onChange} onError={onError} />
        <AckButton id={id} alert={fields} label={summary} onChange={onChange} onError={onError} />
        {isAcknowledged(fields) && (
          <span className="details__ack">
            {ackTitle(fields)}, <Timestamp value={fields.acknowledged} />
          </span>
        )}
      </div>
    </header>
  );
};
