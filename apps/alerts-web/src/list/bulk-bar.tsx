import type { AlertChanges, AlertListItem, RequestOf } from "@mozdef/alert-api";
import { useId, useState } from "react";
import { OnlyFor } from "../session/only-for.tsx";
import { changeAlerts } from "../api/alert-api.ts";
import { closeReasons, reasonLabel } from "../shared/status.ts";
import { readUserName } from "../shared/user-name.ts";
import { MuteRules } from "./mute-rules.tsx";
import { rulesOf } from "./rules-of.ts";

type Change = RequestOf<"changeAlerts">["body"]["change"];

interface BulkBarProps {
  readonly alerts: readonly AlertListItem[];
  readonly onDone: (result: AlertChanges) => void;
  readonly onError: (error: Error) => void;
  readonly onClear: () => void;
}

/** What can be done with all chosen alerts together. */
export const BulkBar = ({ alerts, onDone, onError, onClear }: BulkBarProps) => {
  const id = useId();
  const ids = alerts.map(({ _id }) => _id);
  const [busy, setBusy] = useState(false);
  const change = (wanted: Change) => {
    if (busy) return;
    const by = readUserName();
    setBusy(true);
    changeAlerts({ ids, change: wanted, ...(by !== "" && { by }) })
      .then(onDone, onError)
      .finally(() => setBusy(false));
  };
  return (
    <section className="bulk" aria-label="Chosen alerts">
      <strong>{ids.length} chosen</strong>
      <button type="button" aria-disabled={busy} onClick={() => change({ kind: "status", status: "acknowledged" })}>
        Acknowledge
      </button>
      <AssignAll busy={busy} onAssign={(assignee) => change({ kind: "assign", assignee })} />
      <div className="field field--inline">
        <label htmlFor={id}>Close as</label>
        <select
          id={id}
          value=""
          onChange={({ target }) => {
            const reason = closeReasons.find((one) => one === target.value);
            if (reason !== undefined) change({ kind: "close", reason });
          }}
        >
          <option value="">choose a reason</option>
          {closeReasons.map((reason) => (
            <option key={reason} value={reason}>
              {reasonLabel(reason)}
            </option>
          ))}
        </select>
      </div>
      {rulesOf(alerts).length > 0 && (
        <OnlyFor scope="operate">
          <MuteRules alerts={alerts} onDone={onClear} onError={onError} />
        </OnlyFor>
      )}
      <button type="button" onClick={onClear}>
        Choose none
      </button>
    </section>
  );
};

const AssignAll = ({ busy, onAssign }: { readonly busy: boolean; readonly onAssign: (name: string) => void }) => {
  const id = useId();
  const [name, setName] = useState("");
  return (
    <form
      className="field field--inline"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== "") onAssign(name.trim());
      }}
    >
      <label htmlFor={id}>Assign to</label>
      <input id={id} type="text" maxLength={200} value={name} onChange={({ target }) => setName(target.value)} />
      <button type="submit" aria-disabled={busy}>
        Assign
      </button>
    </form>
  );
};
