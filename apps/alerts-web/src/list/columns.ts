import { readStored, writeStored } from "../shared/stored.ts";

/** What the list can show of an alert, in its order. */
export const COLUMNS = [
  { name: "time", label: "Time" },
  { name: "severity", label: "Severity" },
  { name: "status", label: "Status" },
  { name: "category", label: "Category" },
  { name: "name", label: "Alert" },
  { name: "assignee", label: "Assigned to" },
  { name: "tags", label: "Tags" },
  { name: "summary", label: "Summary" },
] as const;

/** One of {@link COLUMNS}. */
export type ColumnName = (typeof COLUMNS)[number]["name"];

/** What is shown until somebody chooses. */
export const USUAL_COLUMNS: readonly ColumnName[] = ["time", "severity", "status", "category", "summary"];

const STORAGE_KEY = "mozdef.columns";

/** What the reader of this browser chose: at least one, in the order of the list. */
export const readColumns = (): readonly ColumnName[] => columnsIn(readStored(STORAGE_KEY));

/** Remembers the choice; where the browser may not, it lasts as long as the page. */
export const writeColumns = (columns: readonly ColumnName[]): void => {
  writeStored(STORAGE_KEY, columns.join(" "));
};

const columnsIn = (text: string | null): readonly ColumnName[] => {
  const words = text?.split(" ") ?? [];
  const known = COLUMNS.map(({ name }) => name).filter((name) => words.includes(name));
  return known.length === 0 ? USUAL_COLUMNS : known;
};

/** Without a column, or with it in its place. The last one stays: rows without any lead nowhere. */
export const withColumn = (shown: readonly ColumnName[], changed: ColumnName): readonly ColumnName[] => {
  const next = COLUMNS.map(({ name }) => name).filter((name) => shown.includes(name) !== (name === changed));
  return next.length === 0 ? shown : next;
};

/** The column whose cells lead to the alerts. */
export const linkedColumn = (shown: readonly ColumnName[]): ColumnName =>
  shown.includes("summary") ? "summary" : (shown[0] ?? "summary");
