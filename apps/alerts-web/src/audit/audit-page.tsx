import { ErrorNotice } from "../shared/error-notice.tsx";
import { counted } from "../shared/format-number.ts";
import { AuditFilterForm } from "./audit-filter-form.tsx";
import { formatAuditFilters, parseAuditFilters } from "./audit-filters.ts";
import { AuditTable } from "./audit-table.tsx";
import { type LoadedAudit, useAudit } from "./use-audit.ts";

/** What was changed, by whom, and who was refused. */
const AuditPage = ({ search }: { readonly search: string }) => {
  const filters = parseAuditFilters(search);
  const query = formatAuditFilters(filters);
  const audit = useAudit(query);
  const { entries, error, reload } = audit;
  return (
    <>
      <h1 className="page-title">Audit log</h1>
      {error !== undefined && <ErrorNotice error={error} onRetry={reload} />}
      <AuditFilterForm
        key={query}
        filters={filters}
        people={distinct(entries?.map(({ by }) => by))}
        actions={distinct(entries?.map(({ action }) => action))}
      />
      {entries === undefined && error === undefined && <p>Loading…</p>}
      {entries?.length === 0 && (
        <p className="notice">
          {query === "" ? "Nothing was changed, and nobody was refused." : "No entry fits these filters."}
        </p>
      )}
      {entries !== undefined && entries.length > 0 && <AuditTable entries={entries} filters={filters} />}
      {entries !== undefined && <Foot audit={audit} shown={entries.length} />}
    </>
  );
};

const Foot = ({ audit, shown }: { readonly audit: LoadedAudit; readonly shown: number }) => (
  <div className="admin-foot">
    <span className="muted" role="status">
      {counted(shown, "entry", "entries")} shown{audit.hasMore ? "" : ", which is all"}
    </span>
    {audit.hasMore && (
      <button type="button" aria-disabled={audit.isLoading} onClick={audit.more}>
        Load more
      </button>
    )}
    <button type="button" onClick={audit.reload}>
      Start with the newest
    </button>
  </div>
);

const distinct = (values: readonly string[] = []): readonly string[] => [...new Set(values)].sort();

export default AuditPage;
