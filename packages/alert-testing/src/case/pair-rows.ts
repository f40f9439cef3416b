/** Rows that fit the same columns: what holds for one of them holds for all. */
interface RowKind {
  /** In ascending order. */
  readonly columns: readonly number[];
  /** How many of `columns` have been looked at. */
  next: number;
}

/**
 * Pairs as many rows with columns as possible. A row that fits several columns gives way to one that fits only a single one
 * (augmenting paths).
 *
 * Rows of one kind look at a column only once for all of them: a thousand equal rows take a million steps, not a billion.
 *
 * @param fits - The columns that each row fits, in ascending order.
 * @returns the column of each row; undefined where none is left.
 */
export const pairRows = (fits: readonly (readonly number[])[], columns: number): readonly (number | undefined)[] => {
  const kindOf = kindsOf(fits);
  const kinds = new Set(kindOf);
  const rowOf = new Array<number | undefined>(columns).fill(undefined);
  const chosen = fits.map((): number | undefined => undefined);
  for (const row of fits.keys()) {
    for (const kind of kinds) kind.next = 0;
    for (const { row: placed, column } of pathFrom(row, kindOf, rowOf)) {
      rowOf[column] = placed;
      chosen[placed] = column;
    }
  }
  return chosen;
};

const kindsOf = (fits: readonly (readonly number[])[]): readonly RowKind[] => {
  const kinds = new Map<string, RowKind>();
  return fits.map((columns) => {
    const key = columns.join();
    const kind = kinds.get(key) ?? { columns, next: 0 };
    kinds.set(key, kind);
    return kind;
  });
};

interface Step {
  readonly row: number;
  readonly column: number;
}

/**
 * From a row without a column to a column without a row: each row on the way takes the column of the next one. Empty when there
 * is none. Not recursive, since the way can be as long as there are rows.
 */
const pathFrom = (
  start: number,
  kindOf: readonly RowKind[],
  rowOf: readonly (number | undefined)[],
): readonly Step[] => {
  const tried = new Uint8Array(rowOf.length);
  const path: Step[] = [];
  let row: number | undefined = start;
  while (row !== undefined) {
    const column = nextColumn(kindOf[row], tried);
    if (column === undefined) {
      row = path.pop()?.row;
      continue;
    }
    tried[column] = 1;
    path.push({ row, column });
    if (rowOf[column] === undefined) return path;
    row = rowOf[column];
  }
  return [];
};

const nextColumn = (kind: RowKind | undefined, tried: Uint8Array): number | undefined => {
  while (kind !== undefined && kind.next < kind.columns.length) {
    const column = kind.columns[kind.next++];
    if (column !== undefined && tried[column] === 0) return column;
  }
  return undefined;
};
