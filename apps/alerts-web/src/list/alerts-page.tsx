import { useState } from "react";
import { useMay } from "../session/session-context.ts";
import { ErrorNotice } from "../shared/error-notice.tsx";
import { navigate } from "../routing/location.ts";
import { listAddress } from "../routing/route.ts";
import { AlertsTable } from "./alerts-table.tsx";
import { BulkBar } from "./bulk-bar.tsx";
import { ExportLinks } from "./export-links.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { FilterChips } from "./filter-chips.tsx";
import { type Filters, formatFilters, isFiltered, noFilters, parseFilters, withFilter } from "./filters.ts";
import { FirstEvent } from "./first-event.tsx";
import { GroupTable } from "./group-table.tsx";
import { Histogram } from "./histogram.tsx";
import { ListStatus } from "./list-status.tsx";
import { ListTools } from "./list-tools.tsx";
import { NothingFound } from "./nothing-found.tsx";
import { Pager } from "./pager.tsx";
import { ShortcutHelp } from "./shortcut-help.tsx";
import { useAlerts } from "./use-alerts.ts";
import { useChoice } from "./use-choice.ts";
import { useColumns } from "./use-columns.ts";
import { useListKeys } from "./use-list-keys.ts";

interface AlertsPageProps {
  /** The query part of the address, which holds the filters. */
  readonly search: string;
  /** The alert the reader comes back from; its row gets the focus. */
  readonly cameFrom: string | undefined;
}

/** The list of alerts with its filters, newest first, updating by itself. */
export const AlertsPage = ({ search, cameFrom }: AlertsPageProps) => {
  const filters = parseFilters(search);
  const isGrouped = filters.group !== "";
  const [columns, setColumns] = useColumns();
  const { data, error, current, replace, reload } = useAlerts(filters);
  const [changeError, setChangeError] = useState<Error>();
  const mayHandle = useMay("handle");
  const [hasHelp, setHasHelp] = useState(false);
  const choice = useChoice(isGrouped ? [] : (data?.alerts.map(({ _id }) => _id) ?? []));
  const change = (filter: Partial<Filters>, replaceAddress = false) => {
    setChangeError(undefined);
    navigate(listAddress(formatFilters(withFilter(filters, filter))), { replace: replaceAddress });
  };
  const changed = (failed: readonly { readonly message: string }[]) => {
    setChangeError(failed.length === 0 ? undefined : new Error(`${failed.length} not changed. ${failed[0]?.message}`));
    choice.clear();
    reload();
  };
  useListKeys({
    alerts: isGrouped ? [] : (data?.alerts ?? []),
    choice,
    onChanged: changed,
    onError: setChangeError,
    mayHandle,
    onHelp: () => setHasHelp(!hasHelp),
  });

  const chosen = data?.alerts.filter(({ _id }) => choice.ids.includes(_id)) ?? [];
  const notice = changeError ?? error;
  const shown = data?.alerts.length ?? 0;
  return (
    <>
      <h1 className="visually-hidden">Alerts</h1>
      {notice !== undefined && <ErrorNotice error={notice} onRetry={reload} />}
      <FilterBar filters={filters} choosable={data} onChange={change} />
      <FilterChips filters={filters} onChange={change} />
      <Histogram filters={filters} onChange={change} />
      <ListStatus page={data} failing={error !== undefined} />
      <ListTools {...{ filters, search, columns }} onColumns={setColumns} onChange={change} />
      {hasHelp && <ShortcutHelp mayHandle={mayHandle} />}
      {isGrouped && <GroupTable filters={filters} />}
      {chosen.length > 0 && (
        <BulkBar
          alerts={chosen}
          onDone={({ failed }) => changed(failed)}
          onError={setChangeError}
          onClear={choice.clear}
        />
      )}
      {!isGrouped && data !== undefined && (
        <div className={current ? undefined : "outdated"}>
          {shown > 0 && (
            <AlertsTable
              {...{ alerts: data.alerts, columns, fresh: data.fresh, focus: cameFrom, chosen: choice.ids }}
              onChoose={choice.toggle}
              onChooseAll={choice.toggleAll}
              onChange={(alert) => {
                setChangeError(undefined);
                replace(alert);
              }}
              onError={setChangeError}
            />
          )}
          {shown === 0 && current && !isFiltered(filters) && data.total === 0 && <FirstEvent />}
          {shown === 0 && current && (isFiltered(filters) || data.total > 0) && (
            <NothingFound onReset={() => change(noFilters)} />
          )}
          {data.total > 0 && (
            <Pager
              filters={filters}
              shown={shown}
              total={data.total}
              next={data.next}
              isCurrent={current}
              onChange={change}
            />
          )}
          {data.total > 0 && <ExportLinks filters={filters} />}
        </div>
      )}
    </>
  );
};
