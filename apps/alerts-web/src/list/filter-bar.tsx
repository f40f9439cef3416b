import type { AlertPage } from "@mozdef/alert-api";
import { useId, useState } from "react";
import { statusLabel } from "../shared/status.ts";
import { withZone } from "../shared/time-zone.ts";
import { type Filters, isFiltered, noFilters, periods } from "./filters.ts";
import { SelectFilter } from "./select-filter.tsx";
import { TextFilter } from "./text-filter.tsx";
import { TimeFilter } from "./time-filter.tsx";

/** What can be chosen. */
export type Choosable = Pick<AlertPage, "severities" | "categories" | "statuses" | "names" | "assignees" | "tags">;

interface FilterBarProps {
  readonly filters: Filters;
  readonly choosable: Choosable | undefined;
  readonly onChange: (change: Partial<Filters>, replace?: boolean) => void;
}

const NOTHING: Choosable = { severities: [], categories: [], statuses: [], names: [], assignees: [], tags: [] };

/** Text, values and time; each change shows at once. */
export const FilterBar = ({ filters, choosable = NOTHING, onChange }: FilterBarProps) => {
  const id = useId();
  const [hasMore, setHasMore] = useState(false);
  return (
    <form className="filters" role="search" aria-label="Filter alerts" onSubmit={(event) => event.preventDefault()}>
      <TextFilter value={filters.text} onChange={(text) => onChange({ text }, true)} />
      <SelectFilter
        {...{ label: "Severity", any: "All severities", chosen: filters.severity, options: choosable.severities }}
        onChange={(severity) => onChange({ severity })}
      />
      <SelectFilter
        {...{ label: "Status", any: "All statuses", chosen: filters.status, options: choosable.statuses }}
        read={statusLabel}
        onChange={(status) => onChange({ status })}
      />
      <SelectFilter
        {...{ label: "Category", any: "All categories", chosen: filters.category, options: choosable.categories }}
        onChange={(category) => onChange({ category })}
      />
      <div className="field">
        <label htmlFor={`${id}-period`}>Period</label>
        <select
          id={`${id}-period`}
          value={filters.period}
          onChange={(event) => onChange({ period: event.target.value, since: "", until: "" })}
        >
          {periods.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </div>
      {hasMore && <MoreFilters {...{ filters, choosable, onChange }} />}
      <div className="filters__last">
        <label className="filters__open">
          <input
            type="checkbox"
            checked={filters.open === "true"}
            onChange={(event) => onChange({ open: event.target.checked ? "true" : "" })}
          />
          Only open ones
        </label>
        <label className="filters__open">
          <input
            type="checkbox"
            checked={filters.acknowledged === "false"}
            onChange={(event) => onChange({ acknowledged: event.target.checked ? "false" : "" })}
          />
          Not acknowledged
        </label>
        <button type="button" aria-expanded={hasMore} onClick={() => setHasMore(!hasMore)}>
          {hasMore ? "Fewer filters" : "More filters"}
        </button>
        <button
          type="button"
          className="filters__reset"
          disabled={!isFiltered(filters)}
          onClick={() => onChange(noFilters)}
        >
          Reset filters
        </button>
      </div>
    </form>
  );
};

/** What is wanted less often. Those in use are chips below, too. */
const MoreFilters = ({ filters, choosable, onChange }: FilterBarProps & { readonly choosable: Choosable }) => (
  <>
    <SelectFilter
      {...{ label: "Alert", any: "All alerts", chosen: filters.classname, options: choosable.names }}
      onChange={(classname) => onChange({ classname })}
    />
    <SelectFilter
      {...{ label: "Assigned to", any: "Anybody", chosen: filters.assignee, options: choosable.assignees }}
      onChange={(assignee) => onChange({ assignee })}
    />
    <SelectFilter
      {...{ label: "Tag", any: "All tags", chosen: filters.tag, options: choosable.tags }}
      onChange={(tag) => onChange({ tag })}
    />
    <TimeFilter label={withZone("From")} value={filters.since} onChange={(since) => onChange({ since })} />
    <TimeFilter label={withZone("Until")} value={filters.until} onChange={(until) => onChange({ until })} />
  </>
);
