import type { ServiceStatus } from "@mozdef/alert-api";
import { getStatus } from "../api/service-api.ts";
import { ErrorNotice } from "../shared/error-notice.tsx";
import { formatDuration } from "../shared/format-number.ts";
import { Timestamp } from "../shared/timestamp.tsx";
import { Updated } from "../shared/updated.tsx";
import { usePolled } from "../shared/use-polled.ts";
import { visible } from "../shared/visible.ts";
import { ProblemList } from "./problem-list.tsx";
import { overallOf } from "./sentences.ts";
import {
  AlertsSection,
  DeliveriesSection,
  FailuresSection,
  IntakeSection,
  RunnersSection,
  StoreSection,
} from "./status-sections.tsx";

const REFRESH_MS = 5_000;

const load = async (signal: AbortSignal) => ({ status: await getStatus(signal), at: new Date() });

/** How the service is. */
const StatusPage = () => {
  const { data, error, reload } = usePolled("status", load, REFRESH_MS);
  return (
    <>
      <h1 className="page-title">Status</h1>
      {error !== undefined && <ErrorNotice error={error} onRetry={reload} />}
      {data === undefined && error === undefined && <p>Loading…</p>}
      {data !== undefined && (
        <>
          <Overall status={data.status} />
          <Updated at={data.at} isFailing={error !== undefined} />
          <Sections status={data.status} />
        </>
      )}
    </>
  );
};

const Overall = ({ status }: { readonly status: ServiceStatus }) => (
  <div className={`notice overall overall--${status.status}`}>
    <p role="status">
      <strong>{overallOf(status)}</strong>
    </p>
    <p className="muted">
      Version {visible(status.version)}, up since <Timestamp value={status.started} />
    </p>
  </div>
);

const Sections = ({ status }: { readonly status: ServiceStatus }) => (
  <>
    {status.problems.length > 0 && <ProblemList problems={status.problems} />}
    <div className="admin-grid">
      <AlertsSection alerts={status.alerts} slots={status.slots} running={status.running} />
      <StoreSection store={status.store} />
      <IntakeSection intake={status.intake} />
    </div>
    <RunnersSection runners={status.runners} />
    <DeliveriesSection deliveries={status.deliveries} />
    <FailuresSection failures={status.failures} />
    {status.clock.setBack !== null && (
      <p className="notice">
        The clock was set back by {formatDuration(status.clock.setBack.byMs)}:{" "}
        <Timestamp value={status.clock.setBack.at} />. Alerts follow it.
      </p>
    )}
    <details className="raw">
      <summary>As the API says it</summary>
      <pre tabIndex={0} aria-label="The answer of GET /status">
        {visible(JSON.stringify(status, null, 2))}
      </pre>
    </details>
  </>
);

export default StatusPage;
