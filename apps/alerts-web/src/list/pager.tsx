import { useId } from "react";
import { type Filters, PAGE_SIZES } from "./filters.ts";
import { MAX_REACHABLE, pageRange } from "./page-range.ts";

interface PagerProps {
  readonly filters: Filters;
  readonly shown: number;
  readonly total: number;
  readonly onChange: (change: Partial<Filters>) => void;
}

/** Steps through the pages and sets how long they are. */
export const Pager = ({ filters: { page, size }, shown, total, onChange }: PagerProps) => {
  const id = useId();
  const { first, last, pages } = pageRange(page, size, shown, total);
  const go = (target: number) => () => onChange({ page: target });
  return (
    <nav className="pager" aria-label="Pages">
      <div className="pager__steps">
        <button type="button" disabled={page <= 1} onClick={go(1)}>
          First
        </button>
        <button type="button" disabled={page <= 1} onClick={go(Math.min(page - 1, pages))}>
          Newer
        </button>
        <span className="pager__where">
          Page {page} of {pages}
        </span>
        <button type="button" disabled={page >= pages} onClick={go(page + 1)}>
          Older
        </button>
      </div>
      <p className="pager__range">
        {first}–{last} of {total}
        {total > MAX_REACHABLE && ` (the newest ${MAX_REACHABLE} can be paged; filter for the rest)`}
      </p>
      <div className="field field--inline">
        <label htmlFor={id}>Rows</label>
        <select id={id} value={size} onChange={(event) => onChange({ size: Number(event.target.value) })}>
          {PAGE_SIZES.map((option) => (
            <option key={option} value={option}>
              {option}
            </option>
          ))}
        </select>
      </div>
    </nav>
  );
};
