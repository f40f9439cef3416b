import { isReachable } from "./page-range.ts";

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

/** Filters of several values, any of which has to fit. */
export const CHOICES = [
  "severity",
  "category",
  "status",
  "classname",
  "assignee",
  "tag",
  "entity",
  "closereason",
] as const;

export type Choice = (typeof CHOICES)[number];

/** Filters of one text; empty when there is none. */
const TEXTS = ["text", "open", "acknowledged", "since", "until"] as const;

/** What the list shows. Lives in the address of the page, so that it can be shared and survives "back". */
export interface Filters extends Readonly<Record<Choice, readonly string[]>> {
  readonly text: string;
  /** `true`: only alerts that are not closed, `false`: only closed ones. */
  readonly open: string;
  /** `true`: only alerts that somebody has acknowledged, `false`: only others. */
  readonly acknowledged: string;
  readonly period: string;
  /** From when on and until when, in ISO 8601; both win over `period`. */
  readonly since: string;
  readonly until: string;
  /** `oldest`: oldest first. */
  readonly order: string;
  /** `name` or `entity`: alerts that have it in common are one row. */
  readonly group: string;
  readonly size: number;
  /** Counts from 1. */
  readonly page: number;
  /** Where the page begins, as the service named it; needed where pages by number end. */
  readonly after: string;
}

const NONE = Object.fromEntries(CHOICES.map((name) => [name, []])) as unknown as Readonly<
  Record<Choice, readonly string[]>
>;

export const noFilters: Filters = {
  ...NONE,
  ...{ text: "", open: "", acknowledged: "", period: "all", since: "", until: "", order: "", group: "" },
  ...{ size: 25, page: 1, after: "" },
};

/** Reads the filters from an address, e.g. `?severity=CRITICAL&page=2`. Values it does not know become the default. */
export const parseFilters = (search: string): Filters => {
  const params = new URLSearchParams(search);
  const period = params.get("period") ?? "";
  const asked = Number(params.get("size"));
  const size = PAGE_SIZES.includes(asked) ? asked : noFilters.size;
  const oneOf = (name: string, known: readonly string[]): string => known.find((one) => one === params.get(name)) ?? "";
  const chosen = CHOICES.map((name) => [name, [...new Set(params.getAll(name).filter((value) => value !== ""))]]);
  return {
    ...(Object.fromEntries(chosen) as Record<Choice, readonly string[]>),
    text: params.get("text") ?? "",
    open: oneOf("open", ["true", "false"]),
    acknowledged: oneOf("acknowledged", ["true", "false"]),
    period: periods.some(({ value }) => value === period) ? period : noFilters.period,
    since: timeOf(params.get("since")),
    until: timeOf(params.get("until")),
    order: oneOf("order", ["oldest"]),
    group: oneOf("group", ["name", "entity"]),
    size,
    ...placeOf(Number(params.get("page")), size, params.get("after") ?? ""),
  };
};

/** A page that no number reaches is only one with the place where it begins. */
const placeOf = (page: number, size: number, after: string): Pick<Filters, "page" | "after"> => {
  if (!Number.isSafeInteger(page) || page < 1) return { page: 1, after: "" };
  if (isReachable(page, size)) return { page, after: "" };
  return after === "" ? { page: 1, after } : { page, after };
};

const timeOf = (text: string | null): string => {
  const time = new Date(text ?? "");
  return Number.isNaN(time.getTime()) ? "" : time.toISOString();
};

const WRITTEN = [
  ...(["text", ...CHOICES, "open", "acknowledged", "period", "since", "until", "order", "group"] as const),
  ...(["size", "page", "after"] as const),
];

/** The address of filters: `""`, or `?` and what differs from the default. */
export const formatFilters = (filters: Filters): string => {
  const params = new URLSearchParams();
  for (const key of WRITTEN) {
    const value = filters[key];
    if (typeof value !== "object") {
      if (value !== noFilters[key]) params.set(key, String(value));
    } else for (const one of value) params.append(key, one);
  }
  const text = params.toString();
  return text === "" ? "" : `?${text}`;
};

/** Changes some filters and goes back to the first page, whose rows are the only ones that still mean the same. */
export const withFilter = (filters: Filters, change: Partial<Filters>): Filters => ({
  ...filters,
  ...{ page: 1, after: "" },
  ...change,
});

/** The other values of a filter, or this one beside them. */
export const toggled = (chosen: readonly string[], value: string): readonly string[] =>
  chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value];

/** Whether the list leaves any alert out. */
export const isFiltered = (filters: Filters): boolean =>
  CHOICES.some((name) => filters[name].length > 0) ||
  TEXTS.some((name) => filters[name] !== "") ||
  filters.period !== "all";

/** What is asked of the service, without the page. The period is counted back from `now`. */
export const filterQuery = (filters: Filters, now: Date): URLSearchParams => {
  const params = new URLSearchParams();
  for (const key of TEXTS) if (filters[key] !== "") params.set(key, filters[key]);
  for (const key of CHOICES) for (const value of filters[key]) params.append(key, value);
  const ms = periods.find(({ value }) => value === filters.period)?.ms;
  if (ms !== undefined && filters.since === "" && filters.until === "")
    params.set("since", new Date(now.getTime() - ms).toISOString());
  return params;
};

/** The query string for `GET /api/alerts`. */
export const alertQuery = (filters: Filters, now: Date): string => {
  const { page, size, after } = filters;
  const place = after === "" ? { from: String((page - 1) * size) } : { after };
  const params = new URLSearchParams({ ...place, size: String(size) });
  for (const [name, value] of filterQuery(filters, now)) params.append(name, value);
  if (filters.order !== "") params.set("order", filters.order);
  return params.toString();
};

/** The query string for `GET /api/alert-groups`. */
export const groupQuery = (filters: Filters, now: Date): string => {
  const params = filterQuery(filters, now);
  params.set("by", filters.group === "entity" ? "entity" : "classname");
  return params.toString();
};

/** The list narrowed to one group. */
export const groupFilters = (filters: Filters, value: string): Filters =>
  withFilter(filters, { group: "", [filters.group === "entity" ? "entity" : "classname"]: [value] });
