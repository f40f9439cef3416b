import type { Alert, AlertStatus } from "@mozdef/alert-api";
import { useId, useState } from "react";
import { setAlertStatus } from "../api/alert-api.ts";
import { alertStatuses, isStatus, statusLabel } from "../shared/status.ts";
import { toText } from "../shared/to-text.ts";
import { readUserName } from "../shared/user-name.ts";

interface StatusPickerProps {
  readonly id: string;
  readonly status: unknown;
  readonly onChange: (alert: Alert) => void;
  readonly onError: (error: Error) => void;
}

/** Shows the status of an alert and sets another. It is closed elsewhere, since that takes a reason. */
export const StatusPicker = ({ id, status, onChange, onError }: StatusPickerProps) => {
  const fieldId = useId();
  const [busy, setBusy] = useState(false);
  const current = toText(status) || "manual";
  const foreign = !isStatus(current);

  const choose = (next: AlertStatus) => {
    const by = readUserName();
    setBusy(true);
    setAlertStatus(id, { status: next, ...(by !== "" && { by }) })
      .then(onChange, onError)
      .finally(() => setBusy(false));
  };

  return (
    <div className="field field--inline">
      <label htmlFor={fieldId}>Status</label>
      <select
        id={fieldId}
        value={current}
        aria-disabled={busy}
        onChange={(event) => choose(event.target.value as AlertStatus)}
      >
        {foreign && <option value={current}>{current}</option>}
        {alertStatuses
          .filter((option) => option !== "closed" || current === "closed")
          .map((option) => (
            <option key={option} value={option}>
              {statusLabel(option)}
            </option>
          ))}
      </select>
    </div>
  );
};
