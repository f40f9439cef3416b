import { useId } from "react";
import { type Filters, PAGE_SIZES } from "./filters.ts";
import { newerPage, olderPage, type PagePlace, pageRange } from "./page-range.ts";
import { useSeenPages } from "./use-seen-pages.ts";

interface PagerProps {
  readonly filters: Filters;
  readonly shown: number;
  readonly total: number;
  /** Where the next page begins; null at the end. */
  readonly next: string | null;
  /** Whether `next` is of this page, not of one before it. */
  readonly isCurrent: boolean;
  readonly onChange: (change: Partial<Filters>) => void;
}

/** Steps through the pages and sets how long they are. */
export const Pager = ({ filters, shown, total, next, isCurrent, onChange }: PagerProps) => {
  const id = useId();
  const { page, size } = filters;
  const { first, last, pages } = pageRange(page, size, shown, total);
  const place = { page, size, total, next, seen: useSeenPages(filters) };
  const go = (to: PagePlace) => {
    // Two quick presses would ask for one page under the number of another.
    if (isCurrent || to.after === "") onChange(to);
  };
  return (
    <nav className="pager" aria-label="Pages">
      <div className="pager__steps">
        <Step label="First" to={page > 1 ? { page: 1, after: "" } : undefined} onGo={go} />
        <Step label="Newer" to={newerPage(place)} onGo={go} />
        <span className="pager__where">
          Page {page} of {pages}
        </span>
        <Step label="Older" to={olderPage(place)} onGo={go} />
      </div>
      <p className="pager__range">
        {first}–{last} of {total}
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

interface StepProps {
  readonly label: string;
  readonly to: PagePlace | undefined;
  readonly onGo: (to: PagePlace) => void;
}

const Step = ({ label, to, onGo }: StepProps) => (
  <button
    type="button"
    disabled={to === undefined}
    onClick={() => {
      if (to !== undefined) onGo(to);
    }}
  >
    {label}
  </button>
);
