/** How far back the list looks. `ms` is absent for "as far as there are alerts". */
export interface Period {
  readonly value: string;
  readonly label: string;
  readonly ms?: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The periods MozDef's page offers. */
export const periods: readonly Period[] = [
  { value: "1h", label: "Last hour", ms: HOUR_MS },
  { value: "2h", label: "Last 2 hours", ms: 2 * HOUR_MS },
  { value: "6h", label: "Last 6 hours", ms: 6 * HOUR_MS },
  { value: "1d", label: "Last day", ms: DAY_MS },
  { value: "2d", label: "Last 2 days", ms: 2 * DAY_MS },
  { value: "7d", label: "Last 7 days", ms: 7 * DAY_MS },
  { value: "30d", label: "Last 30 days", ms: 30 * DAY_MS },
  { value: "all", label: "Any time" },
];

export const PAGE_SIZES: readonly number[] = [25, 50, 100, 200];

/** What the list shows. Lives in the address of the page, so that it can be shared and survives "back". */
export interface Filters {
  readonly text: string;
  readonly severity: string;
  readonly category: string;
  readonly period: string;
  readonly size: number;
  /** Counts from 1. */
  readonly page: number;
}

export const noFilters: Filters = { text: "", severity: "", category: "", period: "all", size: 25, page: 1 };

/** Reads the filters from an address, e.g. `?severity=CRITICAL&page=2`. Values it does not know become the default. */
export const parseFilters = (search: string): Filters => {
  const params = new URLSearchParams(search);
  const period = params.get("period") ?? "";
  const size = Number(params.get("size"));
  const page = Number(params.get("page"));
  return {
    text: params.get("text") ?? "",
    severity: params.get("severity") ?? "",
    category: params.get("category") ?? "",
    period: periods.some(({ value }) => value === period) ? period : noFilters.period,
    size: PAGE_SIZES.includes(size) ? size : noFilters.size,
    page: Number.isSafeInteger(page) && page > 0 ? page : 1,
  };
};

/** The address of filters: `""`, or `?` and what differs from the default. */
export const formatFilters = (filters: Filters): string => {
  const params = new URLSearchParams();
  for (const key of ["text", "severity", "category", "period", "size", "page"] as const)
    if (filters[key] !== noFilters[key]) params.set(key, String(filters[key]));
  const text = params.toString();
  return text === "" ? "" : `?${text}`;
};

/** Changes some filters and goes back to the first page, whose rows are the only ones that still mean the same. */
export const withFilter = (filters: Filters, change: Partial<Filters>): Filters => ({ ...filters, page: 1, ...change });

/** Whether the list leaves any alert out. */
export const isFiltered = ({ text, severity, category, period }: Filters): boolean =>
  text !== "" || severity !== "" || category !== "" || period !== "all";

/** The query string for `GET /api/alerts`. The period is counted back from `now`. */
export const alertQuery = (filters: Filters, now: Date): string => {
  const params = new URLSearchParams({
    from: String((filters.page - 1) * filters.size),
    size: String(filters.size),
  });
  for (const key of ["text", "severity", "category"] as const) if (filters[key] !== "") params.set(key, filters[key]);
  const ms = periods.find(({ value }) => value === filters.period)?.ms;
  if (ms !== undefined) params.set("since", new Date(now.getTime() - ms).toISOString());
  return params.toString();
};
