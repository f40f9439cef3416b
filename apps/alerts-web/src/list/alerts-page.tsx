import { useState } from "react";
import { ErrorNotice } from "../shared/error-notice.tsx";
import { navigate } from "../routing/location.ts";
import { listAddress } from "../routing/route.ts";
import { AlertsTable } from "./alerts-table.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { type Filters, formatFilters, isFiltered, noFilters, parseFilters, withFilter } from "./filters.ts";
import { FirstEvent } from "./first-event.tsx";
import { ListStatus } from "./list-status.tsx";
import { NothingFound } from "./nothing-found.tsx";
import { Pager } from "./pager.tsx";
import { useAlerts } from "./use-alerts.ts";

interface AlertsPageProps {
  /** The query part of the address, which holds the filters. */
  readonly search: string;
  /** The alert the reader comes back from; its row gets the focus. */
  readonly cameFrom: string | undefined;
}

/** The list of alerts with its filters, newest first, updating by itself. */
export const AlertsPage = ({ search, cameFrom }: AlertsPageProps) => {
  const filters = parseFilters(search);
  const { data, error, current, replace, reload } = useAlerts(filters);
  const [ackError, setAckError] = useState<Error>();

  const change = (filter: Partial<Filters>, replaceAddress = false) => {
    setAckError(undefined);
    navigate(listAddress(formatFilters(withFilter(filters, filter))), { replace: replaceAddress });
  };

  const notice = ackError ?? error;
  const shown = data?.alerts.length ?? 0;
  return (
    <>
      <h1 className="visually-hidden">Alerts</h1>
      {notice !== undefined && <ErrorNotice error={notice} onRetry={reload} />}
      <FilterBar
        filters={filters}
        severities={data?.severities ?? []}
        categories={data?.categories ?? []}
        onChange={change}
      />
      <ListStatus page={data} failing={error !== undefined} />
      {data !== undefined && (
        <div className={current ? undefined : "outdated"}>
          {shown > 0 && (
            <AlertsTable
              alerts={data.alerts}
              fresh={data.fresh}
              focus={cameFrom}
              onChange={(alert) => {
                setAckError(undefined);
                replace(alert);
              }}
              onError={setAckError}
            />
          )}
          {shown === 0 && current && !isFiltered(filters) && data.total === 0 && <FirstEvent />}
          {shown === 0 && current && (isFiltered(filters) || data.total > 0) && (
            <NothingFound onReset={() => change(noFilters)} />
          )}
          {data.total > 0 && <Pager filters={filters} shown={shown} total={data.total} onChange={change} />}
        </div>
      )}
    </>
  );
};
