import type { Alert, AlertFields } from "@mozdef/alert-api";
import { useState } from "react";
import { acknowledgeAlert } from "../api/alert-api.ts";
import { ackTitle, isAcknowledged, isClosed } from "./status.ts";
import { readUserName } from "./user-name.ts";

interface AckButtonProps {
  readonly id: string;
  readonly alert: AlertFields;
  /** What the alert is about, for readers who hear the button without its row. */
  readonly label: string;
  readonly onChange: (alert: Alert) => void;
  readonly onError: (error: Error) => void;
}

/** `ack` acknowledges the alert; `acked` says who did and takes it back. Nothing for a closed one, which either would open again. */
export const AckButton = ({ id, alert, label, onChange, onError }: AckButtonProps) => {
  const [busy, setBusy] = useState(false);
  const acked = isAcknowledged(alert);

  const toggle = () => {
    if (busy) return;
    const by = readUserName();
    setBusy(true);
    acknowledgeAlert(id, { ...(by !== "" && { by }), ...(acked && { undo: true }) })
      .then(onChange, onError)
      .finally(() => setBusy(false));
  };

  if (isClosed(alert)) return null;
  // aria-disabled instead of disabled: a disabled button would lose the keyboard focus while the request runs.
  return (
    <button
      type="button"
      className={acked ? "ack ack--done" : "ack"}
      aria-pressed={acked}
      aria-disabled={busy}
      aria-label={`${acked ? "acked" : "ack"}: ${label}`}
      title={acked ? `${ackTitle(alert)}. Press to take it back.` : "Acknowledge this alert"}
      onClick={(event) => {
        event.stopPropagation();
        toggle();
      }}
    >
      {acked ? "acked" : "ack"}
    </button>
  );
};
