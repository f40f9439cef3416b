import { useState } from "react";
import { OnlyFor } from "../session/only-for.tsx";
import { ApiError } from "../api/api-error.ts";
import { getSchedule } from "../api/schedule-api.ts";
import { PAGES } from "../routing/pages.ts";
import { ErrorNotice } from "../shared/error-notice.tsx";
import { Link } from "../shared/link.tsx";
import { usePolled } from "../shared/use-polled.ts";
import { visible } from "../shared/visible.ts";
import { RuleAbout } from "./rule-about.tsx";
import { RuleAlerts } from "./rule-alerts.tsx";
import { RuleBacktest } from "./rule-backtest.tsx";
import { RuleChanges } from "./rule-changes.tsx";
import { RuleConfig } from "./rule-config.tsx";
import { RuleExceptions } from "./rule-exceptions.tsx";
import { RuleExplain } from "./rule-explain.tsx";
import { RuleHeader } from "./rule-header.tsx";
import { RuleRuns } from "./rule-runs.tsx";
import { RuleSchedule } from "./rule-schedule.tsx";

const REFRESH_MS = 5_000;

/** Everything about one alert rule: what it is for, how it is doing, and what can be done with it. */
const RulePage = ({ name }: { readonly name: string }) => {
  const { data, error, reload } = usePolled(name, (signal) => getSchedule(name, signal), REFRESH_MS);
  const [changeError, setChangeError] = useState<Error>();
  // What was changed has an effect on each part of the page; each asks again.
  const [changes, setChanges] = useState(0);
  const settle = (failure?: Error) => {
    setChangeError(failure);
    setChanges((count) => count + 1);
    reload();
  };
  return (
    <article className="details" aria-label="Alert rule">
      <Link className="back" href={PAGES.schedules.address}>
        ← Manage alerts
      </Link>
      {changeError !== undefined && <ErrorNotice error={changeError} />}
      {error !== undefined && data === undefined && <LoadError name={name} error={error} onRetry={reload} />}
      {error === undefined && data === undefined && <p>Loading…</p>}
      {data !== undefined && (
        <>
          <RuleHeader schedule={data.schedule} onSettled={settle} />
          <RuleRuns name={name} version={changes} />
          <RuleAlerts name={name} version={changes} />
          <RuleAbout about={data.schedule.about} />
          <RuleExplain name={name} />
          <OnlyFor scope="operate">
            <RuleBacktest name={name} />
          </OnlyFor>
          <RuleExceptions schedule={data.schedule} version={changes} onSettled={settle} />
          <RuleSchedule details={data} onSettled={settle} />
          <RuleConfig details={data} />
          <RuleChanges name={name} version={changes} />
        </>
      )}
    </article>
  );
};

interface LoadErrorProps {
  readonly name: string;
  readonly error: Error;
  readonly onRetry: () => void;
}

const LoadError = ({ name, error, onRetry }: LoadErrorProps) =>
  error instanceof ApiError && error.status === 404 ? (
    <div className="notice" role="alert">
      <h1>No such alert rule</h1>
      <p>
        No alert of the name <code>{visible(name)}</code> is loaded.
      </p>
    </div>
  ) : (
    <ErrorNotice error={error} onRetry={onRetry} />
  );

export default RulePage;
