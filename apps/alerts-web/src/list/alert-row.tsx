import type { Alert, AlertListItem } from "@mozdef/alert-api";
import { type MouseEvent, useEffect, useEffectEvent, useRef } from "react";
import { navigate } from "../routing/location.ts";
import { detailsAddress } from "../routing/route.ts";
import { AckButton } from "../shared/ack-button.tsx";
import { hasModifier, Link } from "../shared/link.tsx";
import { SeverityBadge } from "../shared/severity-badge.tsx";
import { statusLabel } from "../shared/status.ts";
import { Timestamp } from "../shared/timestamp.tsx";
import { toText } from "../shared/to-text.ts";

interface AlertRowProps {
  readonly alert: AlertListItem;
  readonly isFresh: boolean;
  readonly isFocused: boolean;
  readonly onChange: (alert: Alert) => void;
  readonly onError: (error: Error) => void;
}

/** One alert. A click anywhere opens it; for the keyboard the summary is a link. */
export const AlertRow = ({ alert, isFresh, isFocused, onChange, onError }: AlertRowProps) => {
  const { _id: id, _source: fields } = alert;
  const summary = toText(fields.summary) || "(no summary)";
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
      <td role="cell" className="alerts__time">
        <Timestamp value={fields.utctimestamp} />
      </td>
      <td role="cell" className="alerts__severity">
        <SeverityBadge severity={fields.severity} />
      </td>
      <td role="cell" className="alerts__status">
        {statusLabel(fields.status)}
      </td>
      <td role="cell" className="alerts__category">
        {toText(fields.category)}
      </td>
      <td role="cell" className="alerts__summary">
        <Link ref={link} href={detailsAddress(id)}>
          {summary}
        </Link>
      </td>
      <td role="cell" className="alerts__ack">
        <AckButton id={id} alert={fields} label={summary} onChange={onChange} onError={onError} />
      </td>
    </tr>
  );
};
