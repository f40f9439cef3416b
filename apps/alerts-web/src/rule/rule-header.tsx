import type { Schedule } from "@mozdef/alert-api";
import { OnlyFor } from "../session/only-for.tsx";
import { EnableButton } from "../schedules/enable-button.tsx";
import { HealthBadge } from "../schedules/health-badge.tsx";
import { healthOf, problemsOf, severitiesOf } from "../schedules/schedule-health.ts";
import { describeRun } from "../schedules/schedule.ts";
import { useActions } from "../schedules/use-actions.ts";
import { SeverityBadge } from "../shared/severity-badge.tsx";
import { Timestamp } from "../shared/timestamp.tsx";
import { visible } from "../shared/visible.ts";

interface RuleHeaderProps {
  readonly schedule: Schedule;
  readonly onSettled: (error?: Error) => void;
}

/** What the rule is, how it is doing, and the two things that are done most. */
export const RuleHeader = ({ schedule, onSettled }: RuleHeaderProps) => {
  const { name, pack, source, enabled, replacedBy } = schedule;
  const { busy, run, enable } = useActions(name, onSettled);
  return (
    <header className="details__header">
      <h1>{visible(name)}</h1>
      <div className="details__meta">
        <HealthBadge health={healthOf(schedule)} />
        {severitiesOf(schedule).map((severity) => (
          <SeverityBadge key={severity} severity={severity} />
        ))}
        <span className="muted">{pack}</span>
        <span className="muted">looks at {source === null ? "the service's own events" : `the source ${source}`}</span>
      </div>
      <p>
        {enabled ? "It is on." : "It is off."} {!enabled && replacedBy !== null && `${replacedBy} replaces it. `}
        <LastChange schedule={schedule} />
      </p>
      <LastRun schedule={schedule} />
      <OnlyFor scope="operate">
        <div className="details__actions">
          <button type="button" aria-disabled={busy} aria-label={`Run now: ${name}`} onClick={run}>
            Run now
          </button>
          <EnableButton name={name} enabled={enabled} onChange={enable} />
        </div>
      </OnlyFor>
    </header>
  );
};

/** A change may be of the schedule alone, so it does not say what it was: the list of changes does. */
const LastChange = ({ schedule: { modifiedat, modifiedby } }: { readonly schedule: Schedule }) => {
  if (modifiedat === null) return null;
  return (
    <span className="muted">
      Changed last by {visible(modifiedby ?? "unknown")}, <Timestamp value={modifiedat} />
    </span>
  );
};

const LastRun = ({ schedule }: { readonly schedule: Schedule }) => {
  const { lastRun } = schedule;
  if (lastRun === null) return <p className="muted">It has not run since the service was started.</p>;
  return (
    <div role="status">
      <p>
        Last run <Timestamp value={lastRun.slot} />: {describeRun(lastRun)}
        {lastRun.manual === true && ", asked for"}
      </p>
      {problemsOf(schedule).map((problem, index) => (
        <p key={index} className="schedules__error">
          {visible(problem)}
        </p>
      ))}
    </div>
  );
};
