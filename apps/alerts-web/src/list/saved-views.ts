import { readStored, writeStored } from "../shared/stored.ts";
import { formatFilters, parseFilters, withFilter } from "./filters.ts";

/** A list that a reader comes back to. */
export interface SavedView {
  readonly name: string;
  /** The query part of its address, of its first page. */
  readonly search: string;
}

/** Views of one reader. */
export const MOST_VIEWS = 50;

/** Characters of a name. */
export const LONGEST_NAME = 100;

/** Readers who share a browser have views of their own where there is a log-in. */
const keyOf = (reader: string): string => (reader === "" ? "mozdef.views" : `mozdef.views.${reader}`);

/** The views of a reader, by name. What is none is left out. @param reader - Empty where there is no log-in. */
export const readViews = (reader: string): readonly SavedView[] => viewsIn(readStored(keyOf(reader)));

/** @returns whether the browser remembers them. */
export const writeViews = (reader: string, views: readonly SavedView[]): boolean =>
  writeStored(keyOf(reader), JSON.stringify(views));

const viewsIn = (text: string | null): readonly SavedView[] => {
  const views = parsed(text ?? "[]");
  return (Array.isArray(views) ? (views as readonly unknown[]) : []).flatMap(viewOf).slice(0, MOST_VIEWS);
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return [];
  }
};

const viewOf = (value: unknown): readonly SavedView[] => {
  const { name, search } = (value ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof name !== "string" || name === "" || typeof search !== "string") return [];
  return [{ name: name.slice(0, LONGEST_NAME), search: ofFirstPage(search) }];
};

const ofFirstPage = (search: string): string => formatFilters(withFilter(parseFilters(search), {}));

/** With this view, in place of one of the same name; as they were when there are too many. */
export const withView = (views: readonly SavedView[], name: string, search: string): readonly SavedView[] => {
  const others = withoutView(views, name);
  if (others.length >= MOST_VIEWS) return views;
  return [...others, { name, search: ofFirstPage(search) }].sort((a, b) => a.name.localeCompare(b.name));
};

/** The others. */
export const withoutView = (views: readonly SavedView[], name: string): readonly SavedView[] =>
  views.filter((view) => view.name !== name);
