import type { DatabaseSync } from "node:sqlite";
import { type Chore, Pace } from "./background.ts";
import { tableName } from "./document-table.ts";

/** Indices that are deleted, and whose rows are still there. */
export const DROPPED_TABLE = "CREATE TABLE IF NOT EXISTS dropped_indices (key INTEGER PRIMARY KEY);";

/** Rows, bytes of them and parts of segments that are dropped with a request: they take some milliseconds. */
const FEW_ROWS = 4_096;
const FEW_BYTES = 8 * 1024 * 1024;
const FEW_PARTS = 256;

/** Marks an index as deleted. A small one is gone then, a larger one is for {@link DroppedIndex}. */
export const dropIndex = (database: DatabaseSync, key: number): void => {
  for (const table of ["added_fields WHERE index_key", "indices WHERE key"])
    database.prepare(`DELETE FROM ${table} = ?`).run(key);
  if (!isSmall(database, key)) {
    database.prepare("INSERT OR IGNORE INTO dropped_indices VALUES (?)").run(key);
    return;
  }
  database.exec(`DROP TABLE IF EXISTS ${tableName(key)}`);
  for (const table of SEGMENT_TABLE_NAMES) database.prepare(`DELETE FROM ${table} WHERE index_key = ?`).run(key);
};

const SEGMENT_TABLE_NAMES = ["segment_entries", "segment_parts", "segment_deletes"];

const isSmall = (database: DatabaseSync, key: number): boolean => {
  const parts = database.prepare("SELECT count(*) AS parts FROM segment_parts WHERE index_key = ?").get(key);
  if (Number(parts?.parts) > FEW_PARTS) return false;
  if (!hasTable(database, key)) return true;
  const found = database
    .prepare(
      `SELECT count(*) AS count, total(octet_length(source)) AS bytes FROM (SELECT source FROM ${tableName(key)} LIMIT ${FEW_ROWS + 1})`,
    )
    .get();
  return Number(found?.count) <= FEW_ROWS && Number(found?.bytes) <= FEW_BYTES;
};

const hasTable = (database: DatabaseSync, key: number): boolean =>
  database.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?").get(tableName(key)) !== undefined;

/** Keys of indices that were deleted and are not gone yet. */
export const droppedKeys = (database: DatabaseSync): readonly number[] =>
  database
    .prepare("SELECT key FROM dropped_indices")
    .all()
    .map(({ key }) => Number(key));

/** Removes what is left of a deleted index. To drop its table at once would take as long as reading it. */
export class DroppedIndex implements Chore {
  readonly share = 0.5;
  readonly #database: DatabaseSync;
  readonly #key: number;
  readonly #rows = new Pace(16, 16_384);
  readonly #parts = new Pace(1, 256);

  constructor(database: DatabaseSync, key: number) {
    this.#database = database;
    this.#key = key;
  }

  step(): boolean {
    if (this.#rows.take((rows) => this.#deleteRows(rows)) || this.#parts.take((parts) => this.#deleteParts(parts)))
      return true;
    // Each is done for good by itself; the mark goes last.
    this.#database.exec(`DROP TABLE IF EXISTS ${tableName(this.#key)}`);
    for (const name of SEGMENT_TABLE_NAMES)
      this.#database.prepare(`DELETE FROM ${name} WHERE index_key = ?`).run(this.#key);
    this.#database.prepare("DELETE FROM dropped_indices WHERE key = ?").run(this.#key);
    return false;
  }

  #deleteRows(rows: number): boolean {
    if (!hasTable(this.#database, this.#key)) return false;
    const table = tableName(this.#key);
    const { changes } = this.#database
      .prepare(
        `DELETE FROM ${table} WHERE sequence <= (SELECT max(sequence) FROM (SELECT sequence FROM ${table} ORDER BY sequence LIMIT ?))`,
      )
      .run(rows);
    return Number(changes) > 0;
  }

  #deleteParts(parts: number): boolean {
    return deleteParts(this.#database, "index_key = ?", [this.#key], parts);
  }
}

/** @returns whether there were any. */
export const deleteParts = (
  database: DatabaseSync,
  where: string,
  values: readonly number[],
  limit: number,
): boolean => {
  const { changes } = database
    .prepare(`DELETE FROM segment_parts WHERE rowid IN (SELECT rowid FROM segment_parts WHERE ${where} LIMIT ${limit})`)
    .run(...values);
  return Number(changes) > 0;
};
