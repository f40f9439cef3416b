import type { StoredSegment } from "../index/segment-store.ts";
import { damaged } from "../storage/open-database.ts";
import type { SqliteStorage } from "../storage/sqlite-storage.ts";
import { isDamage } from "../storage/storage-error.ts";
import type { DocumentRecord } from "../storage/storage.ts";
import type { Cluster } from "./cluster.ts";

/** How far opening a store has come. */
export interface OpenProgress {
  readonly index: string;
  /** Documents of all indices read so far, and in all. The total may be too high until the last report. */
  readonly documents: number;
  readonly total: number;
}

/** Documents between two progress reports. */
const REPORT_EVERY = 10_000;

/**
 * Loads a stored cluster into memory.
 *
 * @throws {StorageError} `STORAGE_DAMAGED` when any of it differs from what was written.
 */
export const loadStore = (
  cluster: Cluster,
  storage: SqliteStorage,
  onProgress: (progress: OpenProgress) => void,
): void => {
  namingDamage(storage, () => {
    for (const [name, body] of storage.templates()) cluster.restoreTemplate(name, body);
    const indices = storage.indices().map((kept) => ({ ...kept, segments: storage.storedSegments(kept.record.key) }));
    const inSegments = indices.reduce((sum, { segments }) => sum + liveIn(segments), 0);
    const total = indices.reduce(
      (sum, { record, segments }) => sum + storage.countAtMost(record.key, lastOf(segments)),
      inSegments,
    );
    let documents = inSegments;
    for (const { record, nextSequence, added, segments } of indices) {
      const report = (): void => {
        documents++;
        if (documents % REPORT_EVERY !== 0) return;
        // Those of an older version are put into segments on the way: what is stored for good needs no memory.
        storage.commitPart();
        onProgress({ index: record.name, documents, total });
      };
      const kept = counted(storage.documents(record.key, lastOf(segments)), report);
      storage.transaction(() => cluster.restoreIndex(record, segments, kept, nextSequence, added));
    }
    cluster.continueKeys(storage.nextKey);
    const last = indices.at(-1);
    if (last && documents > 0) onProgress({ index: last.record.name, documents, total: documents });
  });
};

/**
 * Reads everything, of which opening a store reads only a part.
 *
 * @throws {StorageError} `STORAGE_DAMAGED`
 */
export const checkStore = (storage: SqliteStorage): void => {
  namingDamage(storage, () => storage.check());
};

/** @throws {StorageError} `STORAGE_DAMAGED` in place of what SQLite says. */
const namingDamage = (storage: SqliteStorage, work: () => void): void => {
  try {
    work();
  } catch (error) {
    if (!isDamage(error)) throw error;
    throw damaged(storage.file, error instanceof Error ? error.message : String(error), error);
  }
};

/** Documents that need not be read one by one. */
const liveIn = (segments: readonly StoredSegment[]): number =>
  segments.reduce((sum, { entry, deleted }) => sum + entry.size - (deleted?.count() ?? 0), 0);

/** The documents after it are not in a stored segment yet. */
const lastOf = (segments: readonly StoredSegment[]): number =>
  segments.reduce((last, { entry }) => Math.max(last, entry.lastSequence), -1);

function* counted(documents: Iterable<DocumentRecord>, report: () => void): Generator<DocumentRecord> {
  for (const document of documents) {
    yield document;
    report();
  }
}
