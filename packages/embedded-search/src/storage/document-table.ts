import type { DatabaseSync, StatementSync } from "node:sqlite";
import { crc32 } from "node:zlib";
import type { StoredRow } from "../index/segment-store.ts";
import { damagedPart } from "./storage-error.ts";
import type { DocumentRecord } from "./storage.ts";

/** The rows of one index, in a separate table so that deleting the index frees it as a whole. */
export class DocumentTable {
  readonly name: string;
  readonly #insert: StatementSync;
  readonly #delete: StatementSync;
  readonly #sources: StatementSync;
  readonly #row: StatementSync;

  constructor(database: DatabaseSync, key: number) {
    this.name = tableName(key);
    database.exec(
      `CREATE TABLE IF NOT EXISTS ${this.name}
       (sequence INTEGER PRIMARY KEY, id TEXT NOT NULL, version INTEGER NOT NULL, checksum INTEGER NOT NULL, source TEXT NOT NULL)`,
    );
    this.#insert = database.prepare(`INSERT INTO ${this.name} VALUES (?, ?, ?, ?, ?)`);
    this.#delete = database.prepare(`DELETE FROM ${this.name} WHERE sequence = ?`);
    // The list of numbers is the outer loop of the join, so rows come in its order.
    this.#sources = database.prepare(
      `SELECT sequence, stored.id, version, source, checksum
       FROM json_each(?) AS wanted LEFT JOIN ${this.name} AS stored ON sequence = wanted.value`,
    );
    this.#sources.setReturnArrays(true);
    this.#row = database.prepare(`SELECT id, version FROM ${this.name} WHERE sequence = ?`);
  }

  put(document: DocumentRecord): void {
    const { sequence, id, version, source } = document;
    this.#insert.run(sequence, id, version, checksumOf(document), source);
  }

  remove(sequence: number): void {
    this.#delete.run(sequence);
  }

  /** Without its source, which would have to be read from further pages. */
  row(sequence: number): StoredRow | undefined {
    const row = this.#row.get(sequence);
    return row && { id: textOf(row.id), version: Number(row.version) };
  }

  /**
   * In the requested order; empty where there is no such row. One statement for all costs half as much as one for each.
   *
   * @throws {StorageError} `STORAGE_DAMAGED` when one is not as it was written.
   */
  sources(sequences: readonly number[]): readonly string[] {
    const rows = this.#sources.all(JSON.stringify(sequences)) as unknown as readonly SourceRow[];
    return rows.map(([sequence, id, version, source, checksum]) => {
      if (sequence === null) return "";
      if (checksumOf({ sequence, id, version, source }) === checksum) return source;
      throw damagedPart(`document ${sequence} of ${this.name}`);
    });
  }
}

/** As SQLite gives it; all null where there is no such row. */
type SourceRow = readonly [sequence: number | null, id: string, version: number, source: string, checksum: number];

export const tableName = (key: number): string => `documents_${key}`;

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

const checksumOf = ({ sequence, id, version, source }: DocumentRecord): number =>
  crc32(source, crc32(`${sequence} ${version} ${id}`));

/** A row as written, or undefined when it is corrupted. */
export const checkedRow = (row: Readonly<Record<string, unknown>>): DocumentRecord | undefined => {
  const document: DocumentRecord = {
    sequence: Number(row.sequence),
    id: textOf(row.id),
    version: Number(row.version),
    source: textOf(row.source),
  };
  return checksumOf(document) === row.checksum ? document : undefined;
};
