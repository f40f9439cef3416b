import type { SqliteStorage } from "../storage/sqlite-storage.ts";
import type { StoredIndex } from "./stored-index.ts";

/** What a store on disk takes unless it is told otherwise. */
export const DEFAULT_MEMORY_BYTES = 512 * 1024 * 1024;

/** Writes between two looks at what they take. */
const LOOK_EVERY = 1_000;

/** Part of the budget that columns read from disk have at least, and that documents outside of segments on disk have at most. */
const LEAST_CACHE = 0.25;
const MOST_OPEN = 0.5;

/** From there on nothing else is done before they are on disk. */
const TOO_MUCH_OPEN = 0.75;

/** What documents in memory take, for each byte of the estimate that is made while they are written. */
const ESTIMATE_FACTOR = 1.5;

/** So few documents are read again when a store is opened: too few for a segment of their own. */
const FEW_DOCUMENTS = 1_024;

/** Looks at an index that has got no documents meanwhile, after which it is idle. */
const IDLE_LOOKS = 50;

/** Divides the memory of a store on disk: what new documents take is missing for what is read. */
export class MemoryBudget {
  /** What the store may take. */
  readonly memoryBytes: number;
  /** That without the pages of the file. */
  readonly #bytes: number;
  readonly #storage: SqliteStorage;
  #writes = 0;
  readonly #idle = new WeakMap<StoredIndex, { readonly bytes: number; readonly looks: number }>();

  constructor(memoryBytes: number, storage: SqliteStorage) {
    this.memoryBytes = memoryBytes;
    this.#bytes = storage.limitPages(memoryBytes);
    this.#storage = storage;
    storage.cache.limitBytes = this.#bytes;
  }

  /** Called before each write. */
  check(indices: Iterable<StoredIndex>): void {
    if (this.#writes++ % LOOK_EVERY === 0) this.fit([...indices]);
  }

  /** When there is too much in memory the largest indices go to disk. */
  fit(indices: readonly StoredIndex[]): void {
    for (const index of indices) {
      index.documents.dropSealed();
      this.#sealIdle(index);
    }
    const bySize = indices.map((index) => ({ index, bytes: ESTIMATE_FACTOR * index.documents.memoryBytes }));
    bySize.sort((a, b) => b.bytes - a.bytes);
    let open = bySize.reduce((sum, { bytes }) => sum + bytes, 0);
    this.#storage.cache.limitBytes = Math.max(this.#bytes * LEAST_CACHE, this.#bytes - open);
    for (const { index, bytes } of bySize) {
      if (open <= this.#bytes * MOST_OPEN) return;
      // In steps, unless these come too late.
      if (open > this.#bytes * TOO_MUCH_OPEN) index.seal(1);
      else if (!index.documents.isSealing) index.startSealing(1);
      open -= bytes;
    }
  }

  /** What it takes at present, without the cache. @param openBytes - The estimate for documents that are in memory alone. */
  taken(openBytes: number): number {
    return Math.round(ESTIMATE_FACTOR * openBytes);
  }

  /** What is kept of what was read from disk. */
  get cacheBytes(): number {
    return this.#storage.cache.memoryBytes;
  }

  /** Documents of days that are over would be read one by one when the store is opened. */
  #sealIdle(index: StoredIndex): void {
    const bytes = index.documents.memoryBytes;
    const before = this.#idle.get(index);
    const looks = before?.bytes === bytes ? before.looks + 1 : 0;
    this.#idle.set(index, { bytes, looks });
    if (looks === IDLE_LOOKS) index.startSealing(FEW_DOCUMENTS);
  }

  /** Before the store is closed, so that it opens soon. */
  sealAll(indices: Iterable<StoredIndex>): void {
    this.#storage.transaction(() => {
      for (const index of indices) {
        index.seal(FEW_DOCUMENTS);
        index.documents.saveFilter();
      }
    });
  }
}
