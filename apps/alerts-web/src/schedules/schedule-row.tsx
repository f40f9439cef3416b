import type { Schedule } from "@mozdef/alert-api";
import { OnlyFor } from "../session/only-for.tsx";
import { ruleAddress } from "../routing/route.ts";
import { Link } from "../shared/link.tsx";
import { SeverityBadge } from "../shared/severity-badge.tsx";
import { Timestamp } from "../shared/timestamp.tsx";
import { visible } from "../shared/visible.ts";
import { EnableButton } from "./enable-button.tsx";
import { HealthBadge } from "./health-badge.tsx";
import { healthOf, problemsOf, severitiesOf } from "./schedule-health.ts";
import { changedBy, describeRun } from "./schedule.ts";
import { useActions } from "./use-actions.ts";

interface ScheduleRowProps {
  readonly schedule: Schedule;
  /** Called when a change is made, with the error when it failed. */
  readonly onSettled: (error?: Error) => void;
}

/** One alert: how it is doing, its schedule, its last run, and what can be done with it. */
export const ScheduleRow = ({ schedule, onSettled }: ScheduleRowProps) => {
  const { name, enabled, replacedBy, nextSlot } = schedule;
  const { busy, run, enable } = useActions(name, onSettled);
  return (
    <tr role="row">
      <td role="cell" className="schedules__health">
        <HealthBadge health={healthOf(schedule)} />
      </td>
      <td role="cell" className="schedules__name">
        <NameCell schedule={schedule} />
      </td>
      <td role="cell" data-label="Schedule">
        <code className="schedules__times">{schedule.schedule}</code>{" "}
        <span className="muted">{schedule.scheduleType}</span>
      </td>
      <td role="cell" data-label="Last run" className="schedules__last">
        <LastRun schedule={schedule} />
      </td>
      <td role="cell" data-label="Next run">
        {nextSlot === null ? "–" : <Timestamp value={nextSlot} />}
      </td>
      <td role="cell" data-label="Enabled" title={changedBy(schedule)}>
        {enabled ? "Yes" : "No"}
        {!enabled && replacedBy !== null && <div className="muted">{replacedBy} replaces it</div>}
      </td>
      <td role="cell">
        <OnlyFor scope="operate">
          <div className="schedules__actions">
            <button type="button" aria-disabled={busy} aria-label={`Run now: ${name}`} onClick={run}>
              Run now
            </button>
            <EnableButton name={name} enabled={enabled} onChange={enable} />
          </div>
        </OnlyFor>
      </td>
    </tr>
  );
};

const NameCell = ({ schedule }: { readonly schedule: Schedule }) => (
  <>
    <Link href={ruleAddress(schedule.name)}>
      <strong>{visible(schedule.name)}</strong>
    </Link>
    <span className="muted">{schedule.pack}</span>
    <span className="schedules__severities">
      {severitiesOf(schedule).map((severity) => (
        <SeverityBadge key={severity} severity={severity} />
      ))}
    </span>
  </>
);

/** Problems of one run that are shown here; the page of the alert has all. */
const MOST_PROBLEMS = 2;

const LastRun = ({ schedule }: { readonly schedule: Schedule }) => {
  const { lastRun } = schedule;
  if (lastRun === null) return <span title="Not since the service was started">–</span>;
  const problems = problemsOf(schedule);
  return (
    <>
      <Timestamp value={lastRun.slot} />
      {lastRun.health === "ok" && <div className="muted">{describeRun(lastRun)}</div>}
      {problems.slice(0, MOST_PROBLEMS).map((problem, index) => (
        <div key={index} className="schedules__error">
          {visible(problem)}
        </div>
      ))}
      {problems.length > MOST_PROBLEMS && <div className="muted">and {problems.length - MOST_PROBLEMS} more</div>}
    </>
  );
};
