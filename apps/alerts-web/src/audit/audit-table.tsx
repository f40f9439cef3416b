import type { AuditEntry } from "@mozdef/alert-api";
import { counted } from "../shared/format-number.ts";
import { Link } from "../shared/link.tsx";
import { type Column, Table } from "../shared/table.tsx";
import { Timestamp } from "../shared/timestamp.tsx";
import { visible } from "../shared/visible.ts";
import { type AuditFilters, outcomeLabel, readable } from "./audit-filters.ts";
import { auditAddress } from "./audit-filter-form.tsx";

interface AuditTableProps {
  readonly entries: readonly AuditEntry[];
  readonly filters: AuditFilters;
}

/** What was done, each with what was asked for. */
export const AuditTable = ({ entries, filters }: AuditTableProps) => (
  <Table label="Audit log" columns={columnsOf(filters)} rows={entries} keyOf={({ id }) => id} />
);

const columnsOf = (filters: AuditFilters): readonly Column<AuditEntry>[] => [
  { name: "When", cell: ({ at }) => <Timestamp value={at} /> },
  {
    name: "Who",
    cell: ({ by, via, address }) => (
      <>
        <Link href={auditAddress({ ...filters, by })}>{visible(by)}</Link>{" "}
        <span className="muted">{visible([viaOf(via), address].filter((part) => part !== "").join(" from "))}</span>
      </>
    ),
  },
  { name: "What", cell: (entry) => <What entry={entry} /> },
  {
    name: "Outcome",
    cell: (entry) => <Outcome entry={entry} />,
    isFailed: ({ outcome }) => outcome !== "done",
  },
];

const What = ({ entry }: { readonly entry: AuditEntry }) => {
  const { action, target, detail, id, status } = entry;
  return (
    <details className="audit__what">
      <summary>
        <span className="audit__action">{visible(readable(action))}</span>
        {target !== null && <span className="muted"> {visible(target)}</span>}
      </summary>
      <p className="muted">
        <code>{visible(action)}</code>, answered with status {status}. Entry <code>{visible(id)}</code>
      </p>
      {Object.keys(detail).length > 0 && (
        <pre tabIndex={0} aria-label="What was asked for">
          {visible(JSON.stringify(detail, null, 2))}
        </pre>
      )}
    </details>
  );
};

const Outcome = ({ entry: { outcome, code, times } }: { readonly entry: AuditEntry }) => (
  <>
    {visible(outcomeLabel(outcome))}
    {code !== null && (
      <>
        {" "}
        <code className="code">{visible(code)}</code>
      </>
    )}
    {times > 1 && <span className="muted"> {counted(times, "time")}</span>}
  </>
);

const VIAS: ReadonlyMap<string, string> = new Map([
  ["token", "by token"],
  ["password", "by password"],
  ["oidc", "by OpenID"],
  ["proxy", "by proxy"],
  ["local", "by command"],
  ["none", ""],
]);

const viaOf = (via: string): string => VIAS.get(via) ?? via;
