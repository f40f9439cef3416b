import type { Alert } from "@mozdef/alert-api";
import { OnlyFor } from "../session/only-for.tsx";
import { useEffect, useRef, useState } from "react";
import { listEntities } from "../api/alert-api.ts";
import { ApiError } from "../api/api-error.ts";
import { ErrorNotice } from "../shared/error-notice.tsx";
import { Link } from "../shared/link.tsx";
import { usePolled } from "../shared/use-polled.ts";
import { AlertDeliveries } from "./alert-deliveries.tsx";
import { AlertFieldList } from "./alert-field-list.tsx";
import { AlertHeader } from "./alert-header.tsx";
import { CommentList } from "./comment-list.tsx";
import { EntityList } from "./entity-list.tsx";
import { EventList } from "./event-list.tsx";
import { Handling } from "./handling.tsx";
import { HistoryList } from "./history-list.tsx";
import { LinkList } from "./link-list.tsx";
import { RelatedAlerts } from "./related-alerts.tsx";
import { SilenceHere } from "./silence-here.tsx";
import { Triage } from "./triage.tsx";
import { useAlert } from "./use-alert.ts";
import type { ChangeProps } from "./use-change.ts";
import { useMarkedEvents } from "./use-marked-events.ts";
import { WhyFired } from "./why-fired.tsx";

interface AlertPageProps {
  readonly id: string;
  /** Address of the list, with the filters it had. */
  readonly back: string;
}

/** Everything about one alert. */
const AlertPage = ({ id, back }: AlertPageProps) => {
  const { data: alert, error, reload, replace } = useAlert(id);
  const [changeError, setChangeError] = useState<Error>();
  const top = useRef<HTMLElement>(null);
  useEffect(() => top.current?.focus(), []);

  const onChange = (changed: Alert) => {
    setChangeError(undefined);
    replace(changed);
  };
  return (
    <article className="details" ref={top} tabIndex={-1} aria-label="Alert">
      <Link className="back" href={back}>
        ← Alerts
      </Link>
      {changeError !== undefined && <ErrorNotice error={changeError} />}
      {error !== undefined && alert === undefined && <LoadError id={id} error={error} onRetry={reload} />}
      {error === undefined && alert === undefined && <p>Loading…</p>}
      {alert !== undefined && <Sections alert={alert} onChange={onChange} onError={setChangeError} />}
    </article>
  );
};

/** What happened, then what to do about it, then what else is known. */
const Sections = (props: ChangeProps) => {
  const { alert } = props;
  const { _id: id, _source: fields } = alert;
  const { data: entities = [] } = usePolled(id, (signal) => listEntities(id, signal));
  const marked = useMarkedEvents(alert);
  return (
    <>
      <AlertHeader {...props} marked={marked} />
      <EntityList alert={alert} entities={entities} />
      <EventList alert={alert} marked={marked} />
      <WhyFired alert={alert} />
      <Triage classname={fields.classname} />
      <Handling {...props} />
      <CommentList {...props} />
      <RelatedAlerts id={id} entities={entities} />
      <LinkList {...props} />
      <AlertDeliveries alert={alert} />
      <OnlyFor scope="operate">
        <SilenceHere alert={alert} />
      </OnlyFor>
      <HistoryList history={fields.history} />
      <AlertFieldList alert={alert} />
    </>
  );
};

const LoadError = ({ id, error, onRetry }: { id: string; error: Error; onRetry: () => void }) =>
  error instanceof ApiError && error.status === 404 ? (
    <div className="notice" role="alert">
      <h1>No such alert</h1>
      <p>
        There is no alert with the id <code>{id}</code>.
      </p>
    </div>
  ) : (
    <ErrorNotice error={error} onRetry={onRetry} />
  );

export default AlertPage;
