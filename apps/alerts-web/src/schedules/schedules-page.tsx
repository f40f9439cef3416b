import type { Schedule } from "@mozdef/alert-api";
import { useState } from "react";
import { listSchedules } from "../api/schedule-api.ts";
import { navigate } from "../routing/location.ts";
import { PAGES } from "../routing/pages.ts";
import { ErrorNotice } from "../shared/error-notice.tsx";
import { usePolled } from "../shared/use-polled.ts";
import { byHealth, hasWords, healthSummary } from "./schedule-health.ts";
import { ScheduleRow } from "./schedule-row.tsx";
import { ScheduleSearch } from "./schedule-search.tsx";

const REFRESH_MS = 5_000;

/** Every alert with its schedule: those that fail first, when it runs, what came of it, and whether it is on. */
const SchedulesPage = ({ search }: { readonly search: string }) => {
  const { data: schedules, error, reload } = usePolled("schedules", listSchedules, REFRESH_MS);
  const [changeError, setChangeError] = useState<Error>();
  const notice = changeError ?? error;
  const text = new URLSearchParams(search).get("text") ?? "";
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
        <>
          <ScheduleSearch text={text} onChange={(next) => navigate(addressOf(next), { replace: true })} />
          <Found schedules={schedules} text={text} onSettled={settle} />
        </>
      )}
    </>
  );
};

const addressOf = (text: string): string => {
  const { address } = PAGES.schedules;
  return text === "" ? address : `${address}?${new URLSearchParams({ text }).toString()}`;
};

interface FoundProps {
  readonly schedules: readonly Schedule[];
  readonly text: string;
  readonly onSettled: (error?: Error) => void;
}

const Found = ({ schedules, text, onSettled }: FoundProps) => {
  const found = byHealth(schedules.filter((schedule) => hasWords(schedule, text.trim())));
  return (
    <>
      <p className="list-status" role="status">
        <span>
          <strong>
            {found.length}/{schedules.length}
          </strong>{" "}
          alerts
        </span>
        <span>{healthSummary(found)}</span>
      </p>
      {found.length === 0 ? (
        <p className="notice">No alert has these words.</p>
      ) : (
        <ScheduleTable schedules={found} onSettled={onSettled} />
      )}
    </>
  );
};

const ScheduleTable = ({ schedules, onSettled }: Omit<FoundProps, "text">) => (
  <table className="alerts schedules" role="table" aria-label="Alerts and their schedules">
    <thead role="rowgroup">
      <tr role="row">
        {["Health", "Name", "Schedule", "Last run", "Next run", "Enabled", "Actions"].map((name) => (
          <th key={name} role="columnheader" scope="col">
            {name}
          </th>
        ))}
      </tr>
    </thead>
    <tbody role="rowgroup">
      {schedules.map((schedule) => (
        <ScheduleRow key={schedule.name} schedule={schedule} onSettled={onSettled} />
      ))}
    </tbody>
  </table>
);

export default SchedulesPage;
