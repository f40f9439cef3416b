import { type AlertFilter, type AlertStore, eachAlert, type ListedAlert } from "@mozdef/alert-store";
import { stringify } from "csv-stringify/sync";
import { Readable } from "node:stream";

const COLUMNS = [
  ...["utctimestamp", "severity", "status", "category", "classname", "summary", "tags", "assignee"],
  ...["acknowledgedby", "closedby", "closereason", "eventCount", "url"],
] as const;

/** Alerts as CSV with a head; what a spreadsheet would take for a formula begins with an apostrophe. */
export const alertsAsCsv = async (store: AlertStore, filter: AlertFilter): Promise<Readable> => {
  const rows = (alerts: readonly ListedAlert[]): string =>
    stringify(
      alerts.map(({ _id, _source }) => [_id, ...COLUMNS.map((name) => cellOf(_source[name as keyof typeof _source]))]),
      { escape_formulas: true, record_delimiter: "windows" },
    );
  return streamed(eachAlert(store, filter), rows, `${["id", ...COLUMNS].join(",")}\r\n`);
};

/** Alerts as JSON, one a line, each with its id. */
export const alertsAsLines = (store: AlertStore, filter: AlertFilter): Promise<Readable> =>
  streamed(eachAlert(store, filter), (alerts) =>
    alerts.map(({ _id, _source }) => `${JSON.stringify({ id: _id, ..._source })}\n`).join(""),
  );

const cellOf = (value: unknown): string => {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map(cellOf).join(" ");
  return typeof value === "string" ? value : JSON.stringify(value);
};

/** The first page is there before anything is sent: a store that does not answer is an error as everywhere else. */
const streamed = async (
  pages: AsyncGenerator<readonly ListedAlert[]>,
  write: (alerts: readonly ListedAlert[]) => string,
  head = "",
): Promise<Readable> => {
  const first = await pages.next();
  const pieces = async function* (): AsyncGenerator<string> {
    if (head !== "") yield head;
    if (first.done !== true) yield write(first.value);
    for await (const alerts of pages) yield write(alerts);
  };
  return Readable.from(pieces());
};
