import { periods } from "../list/filters.ts";

/** What the page of events shows. Lives in the address, so that it can be shared and survives "back". */
export interface SearchState {
  /** Lucene query string syntax. */
  readonly text: string;
  /** Ids of single events. */
  readonly id: readonly string[];
  /** As the configuration names it; empty: the events that the service keeps. */
  readonly source: string;
  readonly period: string;
  /** From when on and until when, in ISO 8601; both win over `period`. */
  readonly since: string;
  readonly until: string;
  /** `oldest`: oldest first. */
  readonly order: string;
  /** Fields shown beside the time. */
  readonly column: readonly string[];
  /** The field whose values are shown; empty: none. */
  readonly field: string;
  /** Counts from 1. */
  readonly page: number;
}

export const PAGE_SIZE = 50;

/** The server pages no further. */
export const LAST_PAGE = 10_000 / PAGE_SIZE;

const DEFAULT_COLUMNS: readonly string[] = ["hostname", "category", "summary"];

export const emptySearch: SearchState = {
  ...{ text: "", id: [], source: "", period: "1d", since: "", until: "", order: "" },
  ...{ column: DEFAULT_COLUMNS, field: "", page: 1 },
};

/** Reads an address, e.g. `?text=category:login&page=2`. Values it does not know become the default. */
export const parseSearch = (search: string): SearchState => {
  const params = new URLSearchParams(search);
  const textOf = (name: string): string => params.get(name) ?? "";
  const listOf = (name: string): readonly string[] => [...new Set(params.getAll(name).filter((value) => value !== ""))];
  const page = Number(params.get("page"));
  const column = listOf("column");
  return {
    ...{ text: textOf("text"), source: textOf("source"), field: textOf("field"), id: listOf("id") },
    period: periods.some(({ value }) => value === textOf("period")) ? textOf("period") : emptySearch.period,
    ...{ since: timeOf(textOf("since")), until: timeOf(textOf("until")) },
    order: textOf("order") === "oldest" ? "oldest" : "",
    column: column.length > 0 ? column : DEFAULT_COLUMNS,
    page: Number.isSafeInteger(page) && page > 0 && page <= LAST_PAGE ? page : 1,
  };
};

const timeOf = (text: string): string => {
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? "" : time.toISOString();
};

/** The address of a search: what differs from the default. */
export const searchAddress = (state: Partial<SearchState>): string => {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(state)) {
    const preset = emptySearch[name as keyof SearchState];
    if (String(value) === String(preset)) continue;
    for (const one of Array.isArray(value) ? (value as readonly string[]) : [String(value)]) params.append(name, one);
  }
  const text = params.toString();
  return text === "" ? "/search" : `/search?${text}`;
};

/** What the API is asked for: everything but the page. A period is counted back from `now`. */
export const eventQuery = ({ text, id, source, period, since, until }: SearchState, now: Date): URLSearchParams => {
  const params = new URLSearchParams();
  if (text.trim() !== "") params.set("text", text);
  if (source !== "") params.set("source", source);
  for (const one of id) params.append("id", one);
  const ms = periods.find(({ value }) => value === period)?.ms;
  const isAbsolute = since !== "" || until !== "";
  if (since !== "") params.set("since", since);
  if (until !== "") params.set("until", until);
  if (ms !== undefined && !isAbsolute && id.length === 0) {
    params.set("since", new Date(now.getTime() - ms).toISOString());
    params.set("until", now.toISOString());
  }
  return params;
};

/** Which fields a source has: its query string. */
export const sourceQuery = (source: string): string =>
  source === "" ? "" : new URLSearchParams({ source }).toString();

/** The query string of one page of events. */
export const pageQuery = (state: SearchState, now: Date): string => {
  const params = eventQuery(state, now);
  params.set("from", String((state.page - 1) * PAGE_SIZE));
  params.set("size", String(PAGE_SIZE));
  if (state.order !== "") params.set("order", state.order);
  return params.toString();
};
