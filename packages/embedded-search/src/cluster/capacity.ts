import { ApiError } from "../errors/api-error.ts";
import type { Storage } from "../storage/storage.ts";
import { matchesSimplePattern } from "../text/simple-pattern.ts";
import type { StoredIndex } from "./stored-index.ts";

/** What some indices may take together at most, so that others can still be written when these are full. */
export interface IndexShare {
  /** Names, with `*`. */
  readonly indices: readonly string[];
  /** Their part of the memory limit of a store in memory, from 0 to 1; one on disk has no such limit. Default 1. */
  readonly memory?: number;
  /** Bytes that have to stay free on the disk for others. Default 0. */
  readonly freeDiskBytes?: number;
}

/** How much room a store, or a share of it, has. */
export interface Room {
  /** Estimated memory of what is in memory, in bytes. */
  readonly memoryBytes: number;
  /** Of a store in memory: above it writes are refused. Of one on disk: what the whole store keeps within by reading again what it has freed. */
  readonly memoryLimitBytes: number;
  /** Why writes are refused at present; null when they are taken. */
  readonly refusal: string | null;
}

/** What a store holds and may hold. */
export interface StoreUsage extends Room {
  /** Of its memory, what is kept of what was read from disk, in bytes: it makes way for documents. */
  readonly cacheBytes: number;
  /** In the order of the option `shares`. */
  readonly shares: readonly (Room & Pick<IndexShare, "indices">)[];
}

/** What the indices take. @see Capacity.check */
interface MemorySum {
  total: number;
  readonly ofShares: number[];
  /** How often it was asked for since all were added up. */
  asked: number;
  written: StoredIndex | undefined;
  writtenBytes: number;
}

/** After so many writes everything is added up again: a refresh of other indices changes what they take, too. */
const SUM_AGAIN = 1_000;

/** Says whether there is room for what is to be written. */
export class Capacity {
  readonly memoryLimitBytes: number;
  readonly #shares: readonly IndexShare[];
  readonly #storage: Storage;
  #sum: MemorySum | undefined;
  #lastShares: { readonly name: string; readonly positions: readonly number[] } = { name: "", positions: [] };

  constructor(memoryLimitBytes: number, shares: readonly IndexShare[], storage: Storage) {
    this.memoryLimitBytes = memoryLimitBytes;
    this.#shares = shares;
    this.#storage = storage;
  }

  /**
   * @param name - Of the index that is to be written, which may not exist yet.
   * @throws {ApiError} 429 when there is no room for it.
   */
  check(name: string, indices: ReadonlyMap<string, StoredIndex>): void {
    const { total, ofShares } = this.#memory(indices, indices.get(name));
    const limit = this.memoryLimitBytes;
    if (total > limit) throw tooMuchMemory(total, limit, "the store holds", "limit");
    for (const position of this.#sharesOf(name)) {
      const share = this.#shares[position];
      const error = share && this.#refusalOf(share, ofShares[position] ?? 0);
      if (error) throw error;
    }
  }

  /** Positions of the shares that an index belongs to. Most writes are to the index that the one before was to. */
  #sharesOf(name: string): readonly number[] {
    if (this.#lastShares.name !== name) {
      const positions = this.#shares.flatMap((share, position) => (isOf(share, name) ? [position] : []));
      this.#lastShares = { name, positions };
    }
    return this.#lastShares.positions;
  }

  /** Call this when indices were added or deleted. */
  indicesChanged(): void {
    this.#sum = undefined;
  }

  usage(indices: ReadonlyMap<string, StoredIndex>): StoreUsage {
    this.#sum = undefined;
    const { total, ofShares } = this.#memory(indices, undefined);
    const limit = this.memoryLimitBytes;
    const isFull = total > limit ? tooMuchMemory(total, limit, "the store holds", "limit").message : null;
    return {
      memoryBytes: total,
      cacheBytes: 0,
      memoryLimitBytes: limit,
      refusal: this.#storage.refusal() ?? isFull,
      shares: this.#shares.map((share, position) => {
        const memoryBytes = ofShares[position] ?? 0;
        const refusal = this.#refusalOf(share, memoryBytes)?.message ?? null;
        return { indices: share.indices, memoryBytes, memoryLimitBytes: this.#limitOf(share), refusal };
      }),
    };
  }

  /** Asked before each write, so only what has been written since is looked at again. @param next - What is written now. */
  #memory(indices: ReadonlyMap<string, StoredIndex>, next: StoredIndex | undefined): MemorySum {
    const sum = this.#sum === undefined || this.#sum.asked > SUM_AGAIN ? this.#sumOf(indices) : this.#sum;
    this.#sum = sum;
    if (sum.written) this.#add(sum, sum.written, sum.written.documents.memoryBytes - sum.writtenBytes);
    sum.asked++;
    sum.written = next;
    sum.writtenBytes = next?.documents.memoryBytes ?? 0;
    return sum;
  }

  #sumOf(indices: ReadonlyMap<string, StoredIndex>): MemorySum {
    const ofShares = this.#shares.map(() => 0);
    const sum: MemorySum = { total: 0, ofShares, asked: 0, written: undefined, writtenBytes: 0 };
    for (const index of indices.values()) this.#add(sum, index, index.documents.memoryBytes);
    return sum;
  }

  #add(sum: MemorySum, { name }: StoredIndex, bytes: number): void {
    sum.total += bytes;
    for (const position of this.#sharesOf(name)) sum.ofShares[position] = (sum.ofShares[position] ?? 0) + bytes;
  }

  #limitOf({ memory = 1 }: IndexShare): number {
    return Math.floor(this.memoryLimitBytes * memory);
  }

  #refusalOf(share: IndexShare, bytes: number): ApiError | undefined {
    const limit = this.#limitOf(share);
    const names = share.indices.join(", ");
    if (bytes > limit) return tooMuchMemory(bytes, limit, `[${names}] hold`, "share");
    const { freeDiskBytes = 0 } = share;
    const free = freeDiskBytes > 0 ? this.#storage.freeBytes() : Infinity;
    return free < freeDiskBytes ? tooLittleDisk(names, free, freeDiskBytes) : undefined;
  }
}

const isOf = ({ indices }: IndexShare, name: string): boolean =>
  indices.some((pattern) => matchesSimplePattern(pattern, name));

const tooMuchMemory = (bytes: number, limit: number, what: string, of: string): ApiError =>
  new ApiError(429, {
    type: "circuit_breaking_exception",
    reason: `[parent] Data too large: ${what} [${bytes}] bytes, which is larger than the ${of} of [${limit}] bytes. Delete old indices, or raise the limit.`,
    details: { bytes_wanted: bytes, bytes_limit: limit, durability: "PERMANENT" },
  });

const tooLittleDisk = (names: string, free: number, needed: number): ApiError =>
  new ApiError(429, {
    type: "cluster_block_exception",
    reason: `[${names}] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, index has read-only-allow-delete block]; [${free}] bytes are free on the disk, and [${needed}] have to stay free for others`,
  });
