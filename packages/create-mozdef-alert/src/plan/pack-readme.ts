import type { AlertName } from "../names/alert-name.ts";

const HEAD = /^\| Alert +\| Detects +\|\n\| -+ \| -+ \|\n(?:\|[^\n]*\n)*/m;

interface Row {
  readonly name: Pick<AlertName, "className" | "fileName">;
  readonly detects: string;
}

/** The table of alerts in the README of a pack. */
export const readmeTable = (rows: readonly Row[]): string =>
  ["| Alert | Detects |", "| --- | --- |", ...rows.map(rowOf)].join("\n");

const rowOf = ({ name, detects }: Row): string =>
  `| [${name.className}](src/${name.fileName}/README.md) | ${detects.replaceAll("|", "\\|")} |`;

/** The README with one more alert in its table; null when it has no such table. */
export const addToReadme = (readme: string, row: Row): string | null => {
  const table = HEAD.exec(readme)?.[0];
  if (table === undefined) return null;
  return readme.replace(table, () => `${table}${rowOf(row)}\n`);
};
