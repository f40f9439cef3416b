import type { AlertGroup, AlertGroups } from "@mozdef/alert-api";
import { groupAlerts } from "../api/alert-api.ts";
import { listAddress } from "../routing/route.ts";
import { ErrorNotice } from "../shared/error-notice.tsx";
import { counted, formatCount } from "../shared/format-number.ts";
import { Link } from "../shared/link.tsx";
import { SeverityBadge } from "../shared/severity-badge.tsx";
import { shortened } from "../shared/shortened.ts";
import { type Column, Table } from "../shared/table.tsx";
import { Timestamp } from "../shared/timestamp.tsx";
import { toText } from "../shared/to-text.ts";
import { usePolled } from "../shared/use-polled.ts";
import { visible } from "../shared/visible.ts";
import { type Filters, formatFilters, groupFilters, groupQuery } from "./filters.ts";

const REFRESH_MS = 10_000;

/** The alerts of the list with those that have something in common as one row, which leads to them. */
export const GroupTable = ({ filters }: { readonly filters: Filters }) => {
  const { data, error, current, reload } = usePolled(
    formatFilters(filters),
    (signal) => groupAlerts(groupQuery(filters, new Date()), signal),
    REFRESH_MS,
  );
  return (
    <>
      {error !== undefined && <ErrorNotice error={error} onRetry={reload} />}
      {data === undefined && error === undefined && <p className="muted">Loading…</p>}
      {data !== undefined && (
        <div className={current ? undefined : "outdated"}>
          <p className="muted group-count">{groupsText(data)}</p>
          {data.groups.length > 0 && (
            <Table
              {...{ label: "Groups of alerts", columns: columnsOf(filters), rows: data.groups }}
              keyOf={({ value }) => value}
            />
          )}
        </div>
      )}
    </>
  );
};

const groupsText = ({ total, groups }: AlertGroups): string => {
  if (total > groups.length) return `The ${formatCount(groups.length)} largest of ${counted(total, "group")}`;
  return total === 0 ? "No alert of this list has anything to group it by." : counted(total, "group");
};

const columnsOf = (filters: Filters): readonly Column<AlertGroup>[] => [
  {
    name: filters.group === "entity" ? "About" : "Alert",
    cell: ({ value }) => (
      <Link href={listAddress(formatFilters(groupFilters(filters, value)))}>{shortened(visible(value))}</Link>
    ),
  },
  { name: "Alerts", isNumber: true, cell: ({ count }) => formatCount(count) },
  { name: "Open", isNumber: true, cell: ({ open }) => formatCount(open) },
  { name: "Worst", cell: ({ severity }) => <SeverityBadge severity={severity} /> },
  { name: "Newest", cell: ({ newest }) => <Timestamp value={newest.utctimestamp} /> },
  { name: "Summary of the newest", cell: ({ newest }) => shortened(toText(newest.summary) || "(no summary)") },
];
