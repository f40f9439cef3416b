import type { AlertRun, Schedule } from "@mozdef/alert-api";
import { useState } from "react";
import { runAlert, setEnabled } from "../api/schedule-api.ts";
import { Timestamp } from "../shared/timestamp.tsx";
import { readUserName } from "../shared/user-name.ts";
import { EnableButton } from "./enable-button.tsx";
import { changedBy, describeRun } from "./schedule.ts";

interface ScheduleRowProps {
  readonly schedule: Schedule;
  /** Called when a change is made, with the error when it failed. */
  readonly onSettled: (error?: Error) => void;
}

/** One alert: its schedule, its last run, and what can be done with it. */
export const ScheduleRow = ({ schedule, onSettled }: ScheduleRowProps) => {
  const { name, pack, enabled, replacedBy, nextSlot, lastRun } = schedule;
  const [busy, setBusy] = useState(false);
  const act = (action: () => Promise<unknown>) => {
    if (busy) return;
    setBusy(true);
    action()
      .then(() => onSettled(), onSettled)
      .finally(() => setBusy(false));
  };
  return (
    <tr role="row">
      <td role="cell" className="schedules__name">
        <strong>{name}</strong> <span className="muted">{pack}</span>
      </td>
      <td role="cell" data-label="Schedule">
        <code>{schedule.schedule}</code> <span className="muted">{schedule.scheduleType}</span>
      </td>
      <td role="cell" data-label="Last run">
        {lastRun === null ? "not since the service was started" : <LastRun run={lastRun} />}
      </td>
      <td role="cell" data-label="Next run">
        {nextSlot === null ? "–" : <Timestamp value={nextSlot} />}
      </td>
      <td role="cell" data-label="Enabled" title={changedBy(schedule)}>
        {enabled ? "Yes" : "No"}
        {!enabled && replacedBy !== null && <div className="muted">{replacedBy} replaces it</div>}
      </td>
      <td role="cell">
        <div className="schedules__actions">
          <button
            type="button"
            aria-disabled={busy}
            aria-label={`Run ${name} now`}
            onClick={() => act(() => runAlert(name))}
          >
            Run now
          </button>
          <EnableButton
            name={name}
            enabled={enabled}
            onChange={(next) => act(() => setEnabled(name, { enabled: next, by: readUserName() }))}
          />
        </div>
      </td>
    </tr>
  );
};

const LastRun = ({ run }: { readonly run: AlertRun }) => (
  <>
    <Timestamp value={run.slot} />
    <br />
    {run.health === "ok" ? (
      <span className="muted">{describeRun(run)}</span>
    ) : (
      <span className="schedules__error">{run.errors[0]?.message}</span>
    )}
  </>
);
