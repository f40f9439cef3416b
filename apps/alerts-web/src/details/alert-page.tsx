import type { Alert } from "@mozdef/alert-api";
import { useEffect, useRef, useState } from "react";
import { ApiError } from "../api/api-error.ts";
import { ErrorNotice } from "../shared/error-notice.tsx";
import { Link } from "../shared/link.tsx";
import { AlertFieldList } from "./alert-field-list.tsx";
import { AlertHeader } from "./alert-header.tsx";
import { EventList } from "./event-list.tsx";
import { useAlert } from "./use-alert.ts";

interface AlertPageProps {
  readonly id: string;
  /** Address of the list, with the filters it had. */
  readonly back: string;
}

/** Everything about one alert. */
export const AlertPage = ({ id, back }: AlertPageProps) => {
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
      {alert !== undefined && (
        <>
          <AlertHeader alert={alert} onChange={onChange} onError={setChangeError} />
          <AlertFieldList alert={alert} />
          <EventList events={alert._source.events ?? []} />
        </>
      )}
    </article>
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
