import { useState } from "react";
import { type ColumnName, readColumns, writeColumns } from "./columns.ts";

/** The columns of the list, and what chooses others and remembers them. */
export const useColumns = (): readonly [readonly ColumnName[], (columns: readonly ColumnName[]) => void] => {
  const [columns, setColumns] = useState(readColumns);
  const choose = (next: readonly ColumnName[]) => {
    setColumns(next);
    writeColumns(next);
  };
  return [columns, choose];
};
