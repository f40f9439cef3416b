import type { ReactNode } from "react";

/** One column of a table. */
export interface Column<Row> {
  /** Stands above the column, and on narrow screens in front of each cell. */
  readonly name: string;
  /** Whether narrow screens leave the name out, e.g. of buttons, which say themselves what they do. */
  readonly isBare?: boolean;
  readonly isNumber?: boolean;
  readonly cell: (row: Row) => ReactNode;
  /** Whether the cell says that something is wrong. */
  readonly isFailed?: (row: Row) => boolean;
}

interface TableProps<Row> {
  /** What it is a list of, for readers who hear it. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
}

/**
 * A table whose rows are cards on narrow screens. The roles are said, since browsers take those of elements away that are not laid out as a
 * table.
 */
export const Table = <Row,>({ label, columns, rows, keyOf }: TableProps<Row>) => (
  <table className="table" role="table" aria-label={label}>
    <thead role="rowgroup">
      <tr role="row">
        {columns.map(({ name, isNumber }) => (
          <th key={name} role="columnheader" scope="col" className={isNumber === true ? "table__number" : undefined}>
            {name}
          </th>
        ))}
      </tr>
    </thead>
    <tbody role="rowgroup">
      {rows.map((row) => (
        <tr key={keyOf(row)} role="row">
          {columns.map((column) => (
            <td
              key={column.name}
              role="cell"
              className={classOf(column, row)}
              data-label={column.isBare === true ? undefined : column.name}
            >
              {column.cell(row)}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  </table>
);

const classOf = <Row,>({ isNumber, isFailed }: Column<Row>, row: Row): string | undefined => {
  const names = [...(isNumber === true ? ["table__number"] : []), ...(isFailed?.(row) === true ? ["failed"] : [])];
  return names.length === 0 ? undefined : names.join(" ");
};
