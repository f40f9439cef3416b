// What vitest has measured with MOZDEF_COVERAGE, as one table.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packages, root } from "../repository.ts";

const COLUMNS = ["lines", "branches", "functions"] as const;
const SUMMARY = ".reports/coverage/coverage-summary.json";

interface Count {
  readonly total: number;
  readonly covered: number;
}

type Counts = Readonly<Record<(typeof COLUMNS)[number], Count>>;

interface Row {
  readonly name: string;
  readonly counts: Counts;
}

const measured = (): readonly Row[] =>
  packages().flatMap(({ folder, manifest }) => {
    const file = join(root, folder, SUMMARY);
    if (!existsSync(file)) return [];
    const { total } = JSON.parse(readFileSync(file, "utf8")) as { readonly total: Counts };
    return [{ name: manifest.name, counts: total }];
  });

const sumOf = (rows: readonly Row[], column: keyof Counts): Count => ({
  total: rows.reduce((sum, { counts }) => sum + counts[column].total, 0),
  covered: rows.reduce((sum, { counts }) => sum + counts[column].covered, 0),
});

const percent = ({ total, covered }: Count): string => (total === 0 ? "-" : ((100 * covered) / total).toFixed(1));

/** A line a package and one for all; a hint when nothing was measured. */
export const coverageTable = (): string => {
  const rows = measured();
  if (rows.length === 0) return "Nothing was measured.";
  const all: Row = {
    name: "all",
    counts: { lines: sumOf(rows, "lines"), branches: sumOf(rows, "branches"), functions: sumOf(rows, "functions") },
  };
  const width = Math.max(...rows.map(({ name }) => name.length));
  const line = (name: string, cells: readonly string[]): string =>
    [name.padEnd(width), ...cells.map((cell) => cell.padStart(10))].join("");
  return [
    line("", COLUMNS),
    ...[...rows, all].map(({ name, counts }) =>
      line(
        name,
        COLUMNS.map((column) => percent(counts[column])),
      ),
    ),
  ].join("\n");
};
