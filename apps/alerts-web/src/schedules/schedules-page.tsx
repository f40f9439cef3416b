import { useState } from "react";
import { listSchedules } from "../api/schedule-api.ts";
import { ErrorNotice } from "../shared/error-notice.tsx";
import { usePolled } from "../shared/use-polled.ts";
import { ScheduleRow } from "./schedule-row.tsx";

const REFRESH_MS = 5_000;

/** Every alert with its schedule: when it runs, what came of it, and whether it is on. */
export const SchedulesPage = () => {
  const { data: schedules, error, reload } = usePolled("schedules", listSchedules, REFRESH_MS);
  const [changeError, setChangeError] = useState<Error>();
  const notice = changeError ?? error;
  const settle = (failure?: Error) => {
    setChangeError(failure);
    reload();
  };
  return (
    <>
      <h1 className="page-title">Manage alerts</h1>
      {notice !== undefined && <ErrorNotice error={notice} onRetry={() => settle()} />}
      {schedules === undefined && error === undefined && <p>Loading…</p>}
      {schedules?.length === 0 && <p className="notice">No alert is loaded. The status of the service says why.</p>}
      {schedules !== undefined && schedules.length > 0 && (
        <table className="alerts schedules" role="table" aria-label="Alerts and their schedules">
          <thead role="rowgroup">
            <tr role="row">
              {["Name", "Schedule", "Last run", "Next run", "Enabled", "Actions"].map((name) => (
                <th key={name} role="columnheader" scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {schedules.map((schedule) => (
              <ScheduleRow key={schedule.name} schedule={schedule} onSettled={settle} />
            ))}
          </tbody>
        </table>
      )}
    </>
  );
};
