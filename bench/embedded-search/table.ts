import { type Figure, show } from "./figures.ts";

/** The figures of one store at one size. */
export interface Column {
  readonly head: string;
  readonly figures: readonly Figure[];
}

/** All figures as a table in Markdown: a row for each figure, empty where a store has none. */
export const tableOf = (columns: readonly Column[]): string => {
  const names = [...new Set(columns.flatMap(({ figures }) => figures.map(({ name }) => name)))];
  const rows = names.map((name) => [
    name,
    ...columns.map(({ figures }) => {
      const figure = figures.find((other) => other.name === name);
      return figure ? show(figure, figure.value) : "";
    }),
  ]);
  const head = ["", ...columns.map((column) => column.head)];
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
};
