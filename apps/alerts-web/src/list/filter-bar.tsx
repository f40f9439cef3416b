import type { Facet } from "@mozdef/alert-api";
import { useId } from "react";
import { type Filters, isFiltered, noFilters, periods } from "./filters.ts";
import { SelectFilter } from "./select-filter.tsx";
import { TextFilter } from "./text-filter.tsx";

interface FilterBarProps {
  readonly filters: Filters;
  readonly severities: readonly Facet[];
  readonly categories: readonly Facet[];
  readonly onChange: (change: Partial<Filters>, replace?: boolean) => void;
}

/** Text, severity, category and period; each change shows at once. */
export const FilterBar = ({ filters, severities, categories, onChange }: FilterBarProps) => {
  const id = useId();
  return (
    <form className="filters" role="search" aria-label="Filter alerts" onSubmit={(event) => event.preventDefault()}>
      <TextFilter value={filters.text} onChange={(text) => onChange({ text }, true)} />
      <SelectFilter
        label="Severity"
        any="All severities"
        value={filters.severity}
        options={severities}
        onChange={(severity) => onChange({ severity })}
      />
      <SelectFilter
        label="Category"
        any="All categories"
        value={filters.category}
        options={categories}
        onChange={(category) => onChange({ category })}
      />
      <div className="field">
        <label htmlFor={`${id}-period`}>Period</label>
        <select
          id={`${id}-period`}
          value={filters.period}
          onChange={(event) => onChange({ period: event.target.value })}
        >
          {periods.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </div>
      <button
        type="button"
        className="filters__reset"
        disabled={!isFiltered(filters)}
        onClick={() => onChange(noFilters)}
      >
        Reset filters
      </button>
    </form>
  );
};
