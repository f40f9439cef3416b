/** Something that was read from disk and can be read again. */
export interface CacheEntry {
  /** Of {@link ColumnCache.tick} when it was last used. */
  lastUsed: number;
  memoryBytes(): number;
  /** Frees it. */
  evict(): void;
}

/** After an eviction so much of the limit is taken, so that the next one is some time off. */
const KEPT_SHARE = 0.9;

/** Uses after which what is kept is measured again: it grows a little while it is used. */
const MEASURED_EVERY = 100_000;

/** Keeps what was read from disk within a limit of bytes; what was used longest ago goes first. */
export class ColumnCache {
  readonly #entries = new Set<CacheEntry>();
  #limitBytes: number;
  #tick = 0;
  #measuredAt = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  set limitBytes(bytes: number) {
    this.#limitBytes = bytes;
    this.#trim();
  }

  get memoryBytes(): number {
    let sum = 0;
    for (const entry of this.#entries) sum += entry.memoryBytes();
    return sum;
  }

  /** Counts the uses. */
  tick(): number {
    if (++this.#tick - this.#measuredAt > MEASURED_EVERY) this.#trim();
    return this.#tick;
  }

  add(entry: CacheEntry): void {
    entry.lastUsed = ++this.#tick;
    this.#entries.add(entry);
    this.#trim();
  }

  remove(entry: CacheEntry): void {
    this.#entries.delete(entry);
  }

  /** What was used last stays, whatever it takes: it is in use. */
  #trim(): void {
    this.#measuredAt = this.#tick;
    let bytes = this.memoryBytes;
    if (bytes <= this.#limitBytes) return;
    const byUse = [...this.#entries].sort((a, b) => a.lastUsed - b.lastUsed).slice(0, -1);
    for (const entry of byUse) {
      if (bytes <= this.#limitBytes * KEPT_SHARE) return;
      bytes -= entry.memoryBytes();
      this.#entries.delete(entry);
      entry.evict();
    }
  }
}

/** What was made of stored bytes, and what it takes, now. */
export interface Loaded<T> {
  readonly value: T;
  readonly memoryBytes: () => number;
}

/** Something that is read when it is asked for. */
export class Cached<T extends object> implements CacheEntry {
  lastUsed = 0;
  readonly #cache: ColumnCache;
  readonly #load: () => Loaded<T>;
  #loaded: Loaded<T> | undefined;

  constructor(cache: ColumnCache, load: () => Loaded<T>) {
    this.#cache = cache;
    this.#load = load;
  }

  get(): T {
    if (this.#loaded === undefined) {
      this.#loaded = this.#load();
      this.#cache.add(this);
    } else this.lastUsed = this.#cache.tick();
    return this.#loaded.value;
  }

  /** What it is while it is in memory. */
  get current(): T | undefined {
    return this.#loaded?.value;
  }

  memoryBytes(): number {
    return this.#loaded?.memoryBytes() ?? 0;
  }

  evict(): void {
    this.#loaded = undefined;
  }

  /** Frees it for good. */
  drop(): void {
    this.#cache.remove(this);
    this.evict();
  }
}
