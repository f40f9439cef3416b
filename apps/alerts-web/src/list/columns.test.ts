import { afterEach, expect, it, vi } from "vitest";
import { type ColumnName, linkedColumn, readColumns, USUAL_COLUMNS, withColumn, writeColumns } from "./columns.ts";

const remembering = (text: string | null) => {
  const kept = { text };
  vi.stubGlobal("localStorage", {
    getItem: () => kept.text,
    setItem: (_key: string, value: string) => {
      kept.text = value;
    },
  });
};

afterEach(() => void vi.unstubAllGlobals());

it.each<readonly [string | null, readonly string[]]>([
  [null, USUAL_COLUMNS],
  ["", USUAL_COLUMNS],
  ["constructor <b>", USUAL_COLUMNS],
  ["summary time tags lost", ["time", "tags", "summary"]],
])("reads %j", (text, columns) => {
  remembering(text);
  expect(readColumns()).toEqual(columns);
});

it("remembers what was chosen", () => {
  remembering(null);
  writeColumns(["name", "tags"]);
  expect(readColumns()).toEqual(["name", "tags"]);
});

it.each<readonly [readonly ColumnName[], ColumnName, readonly ColumnName[]]>([
  [["time", "summary"], "tags", ["time", "tags", "summary"]],
  [["time", "summary"], "time", ["summary"]],
  [["summary"], "summary", ["summary"]],
])("%j with another choice of %s is %j", (shown, changed, next) => expect(withColumn(shown, changed)).toEqual(next));

it("leads to alerts from the summary, or else from the first column", () => {
  expect(linkedColumn(["time", "summary"])).toBe("summary");
  expect(linkedColumn(["severity", "tags"])).toBe("severity");
});
