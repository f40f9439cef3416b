import { getIntake, type IntakeView } from "../api/service-api.ts";
import { ErrorNotice } from "../shared/error-notice.tsx";
import { counted } from "../shared/format-number.ts";
import { Updated } from "../shared/updated.tsx";
import { usePolled } from "../shared/use-polled.ts";
import { HowToSend } from "./how-to-send.tsx";
import { OriginTable, RefusalTable, SenderTable } from "./origin-table.tsx";

const REFRESH_MS = 5_000;

const load = async (signal: AbortSignal) => ({ intake: await getIntake(signal), at: new Date() });

/** What comes in: how much of it, by which way, what became of it. */
const IntakePage = () => {
  const { data, error, reload } = usePolled("intake", load, REFRESH_MS);
  return (
    <>
      <h1 className="page-title">Intake</h1>
      {error !== undefined && <ErrorNotice error={error} onRetry={reload} />}
      {data === undefined && error === undefined && <p>Loading…</p>}
      {data !== undefined && (
        <>
          <Updated at={data.at} isFailing={error !== undefined} />
          <Intake intake={data.intake} />
        </>
      )}
    </>
  );
};

const Intake = ({ intake: { origins, senders, refusals } }: { readonly intake: IntakeView }) => (
  <>
    {origins.length === 0 ? (
      <section className="welcome" aria-labelledby="no-events">
        <h2 id="no-events">Nothing has come in since the start</h2>
        <HowToSend />
      </section>
    ) : (
      <section className="admin-section" aria-labelledby="origins">
        <h2 id="origins">Where events come from</h2>
        <p className="muted">{totalOf(origins)} Counted by this instance since its start.</p>
        <OriginTable origins={origins} />
      </section>
    )}
    {senders.length > 0 && (
      <section className="admin-section" aria-labelledby="senders">
        <h2 id="senders">Senders</h2>
        <p className="muted">By the name of the token, or by the address of whoever sends without one.</p>
        <SenderTable senders={senders} />
      </section>
    )}
    {refusals.length > 0 && (
      <section className="admin-section" aria-labelledby="refused">
        <h2 id="refused">Refused</h2>
        <p className="muted">Each sender was told. Events, and whole requests before their events were looked at.</p>
        <RefusalTable refusals={refusals} />
      </section>
    )}
    {origins.length > 0 && (
      <details className="raw">
        <summary>How to send events</summary>
        <HowToSend />
      </details>
    )}
  </>
);

const totalOf = (origins: IntakeView["origins"]): string => {
  const lastMinute = origins.reduce((sum, origin) => sum + origin.lastMinute, 0);
  return `${counted(lastMinute, "event")} in the last minute.`;
};

export default IntakePage;
