import type { Alert } from "@mozdef/alert-api";
import { OnlyFor } from "../session/only-for.tsx";
import { ruleAddress } from "../routing/route.ts";
import { AckButton } from "../shared/ack-button.tsx";
import { Link } from "../shared/link.tsx";
import { SeverityBadge } from "../shared/severity-badge.tsx";
import { ackTitle, isAcknowledged, statusLabel } from "../shared/status.ts";
import { Timestamp } from "../shared/timestamp.tsx";
import { toText } from "../shared/to-text.ts";
import { AlertSummary } from "./alert-summary.tsx";
import { countText } from "./alert-events.ts";
import { StatusPicker } from "./status-picker.tsx";
import type { MarkedEvents } from "./use-marked-events.ts";

interface AlertHeaderProps {
  readonly alert: Alert;
  readonly marked: MarkedEvents | undefined;
  readonly onChange: (alert: Alert) => void;
  readonly onError: (error: Error) => void;
}

/** What the alert says, how it stands, and what can be done with it. */
export const AlertHeader = ({ alert, marked, onChange, onError }: AlertHeaderProps) => {
  const { _id: id, _source: fields } = alert;
  const summary = toText(fields.summary) || "(no summary)";
  return (
    <header className="details__header">
      <Standing fields={fields} found={marked?.found} />
      <AlertSummary text={summary} />
      <div className="details__actions">
        <OnlyFor scope="handle">
          <StatusPicker id={id} status={fields.status} onChange={onChange} onError={onError} />
          <AckButton id={id} alert={fields} label={summary} onChange={onChange} onError={onError} />
        </OnlyFor>
        {isAcknowledged(fields) && (
          <span className="details__ack">
            {ackTitle(fields)}, <Timestamp value={fields.acknowledged} />
          </span>
        )}
      </div>
    </header>
  );
};

interface StandingProps {
  readonly fields: Alert["_source"];
  readonly found: number | undefined;
}

const Standing = ({ fields, found }: StandingProps) => {
  const name = toText(fields.classname);
  const lastSeen = new Map(Object.entries(fields)).get("lastseen");
  return (
    <p className="details__meta">
      <SeverityBadge severity={fields.severity} />
      <span className="details__status">{statusLabel(fields.status)}</span>
      <Timestamp value={fields.utctimestamp} />
      <span>
        {countText(fields, found)}
        {lastSeen !== undefined && lastSeen !== fields.utctimestamp && (
          <>
            , last <Timestamp value={lastSeen} />
          </>
        )}
      </span>
      {name !== "" && typeof fields.classname === "string" && <Link href={ruleAddress(fields.classname)}>{name}</Link>}
    </p>
  );
};
