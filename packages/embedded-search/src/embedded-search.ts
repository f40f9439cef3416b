import { join } from "node:path";
import { getHeapStatistics } from "node:v8";
import type { BaseConnection } from "@elastic/elasticsearch";
import { handleRequest, type StoreRequest, type StoreResponse } from "./api/handle-request.ts";
import { Router } from "./api/router.ts";
import { routes } from "./api/routes.ts";
import { Capacity, type IndexShare, type StoreUsage } from "./cluster/capacity.ts";
import { Cluster } from "./cluster/cluster.ts";
import { DEFAULT_MEMORY_BYTES, MemoryBudget } from "./cluster/memory-budget.ts";
import { checkStore, loadStore, type OpenProgress } from "./cluster/load-store.ts";
import { recover, type Recovery } from "./cluster/recover.ts";
import { connectionTo } from "./connection.ts";
import { SEGMENT_SIZE } from "./index/segment.ts";
import { listen, type ListeningStore, type ListenOptions } from "./listen.ts";
import type { Backup } from "./storage/backup.ts";
import { FILE_NAME, SqliteStorage } from "./storage/sqlite-storage.ts";
import { StorageError } from "./storage/storage-error.ts";
import { memoryStorage } from "./storage/storage.ts";

/** Options of a store. */
export interface EmbeddedSearchOptions {
  /** The clock: what `now` means in queries, and when the refresh interval has passed. Default: the system clock. */
  readonly now?: () => Date;
  /** Folder of the store, created when missing. Default: memory only. */
  readonly path?: string;
  /**
   * Bytes of memory that a store in `path` takes, about, whatever is stored: what was read from disk and not used for longest goes first. The
   * rest of the process comes on top. Default: 512 MiB.
   */
  readonly memoryBytes?: number;
  /** Most documents of one segment of a store in `path`. With fewer, less is in memory and more has to be looked at. Default: 65,536. */
  readonly segmentDocuments?: number;
  /**
   * Of a store without `path`: estimated bytes of memory above which writes are answered with 429. Default: four fifths of what V8 allows the
   * process. One on disk refuses nothing for lack of memory, see `memoryBytes`.
   */
  readonly memoryLimitBytes?: number;
  /** What some indices may take at most, so that writes to others go on when these are full. Default: no such limit. */
  readonly shares?: readonly IndexShare[];
  /** When the store in `path` is damaged, continue with what is still readable; the damaged file is moved aside. Default false. */
  readonly recover?: boolean;
  /** Called from time to time while a large store is read from `path`. */
  readonly onProgress?: (progress: OpenProgress) => void;
}

const router = new Router(routes);

/** A full heap would end the process, so writes are refused before that. */
const defaultMemoryLimitBytes = (): number => Math.floor(getHeapStatistics().heap_size_limit * 0.8);

/**
 * A store in this process that answers a part of Elasticsearch's HTTP API.
 *
 * Unsupported features are answered with status 501 and their name, never with an empty result.
 *
 * @example
 * const store = new EmbeddedSearch({ path: "./data" });
 * const client = new Client({ node: "http://embedded", Connection: store.Connection });
 */
export class EmbeddedSearch {
  /** What was recovered, when the store was damaged. */
  readonly recovery: Recovery | undefined;
  readonly #cluster: Cluster;
  readonly #servers = new Set<ListeningStore>();
  #connection: typeof BaseConnection | undefined;

  /** @throws {StorageError} when the store in `path` is in use by another process, damaged, or of a newer format. */
  constructor({ now = () => new Date(), path, ...options }: EmbeddedSearchOptions = {}) {
    checkOptions(path, options);
    const nowMs = (): number => now().getTime();
    this.recovery = path !== undefined && options.recover === true ? recoverIfDamaged(path, nowMs) : undefined;
    const opened = path === undefined ? undefined : openStore(path, nowMs, options);
    this.#cluster = opened ?? new Cluster(memoryStorage, nowMs);
    const limit = opened ? Infinity : (options.memoryLimitBytes ?? defaultMemoryLimitBytes());
    this.#cluster.capacity = new Capacity(limit, options.shares ?? [], this.#cluster.storage);
  }

  /** The file that a store in a folder is in. */
  static fileIn(folder: string): string {
    return join(folder, FILE_NAME);
  }

  /** For the official client: `new Client({ node: "http://embedded", Connection: store.Connection })`. */
  get Connection(): typeof BaseConnection {
    return (this.#connection ??= connectionTo((request) => this.#handle(request)));
  }

  /** What the store holds and may hold, and why it refuses writes when it does. Tries again what a full disk has refused. */
  usage(): StoreUsage {
    return this.#cluster.usage();
  }

  /** Answers one request. Never rejects: failures are answers with an `error`. */
  handle(request: StoreRequest): Promise<StoreResponse> {
    return Promise.resolve(this.#handle(request));
  }

  #handle(request: StoreRequest): StoreResponse | Promise<StoreResponse> {
    return handleRequest(request, router, this.#cluster);
  }

  /** Answers over HTTP as well, until the store is closed. Rejects when the port is taken. */
  async listen(options: ListenOptions = {}): Promise<ListeningStore> {
    const server = await listen((request) => this.#handle(request), options);
    this.#servers.add(server);
    return server;
  }

  /**
   * Another store, in memory, with the templates and indices of this one and no documents, so that a set-up can be reused.
   * The two are independent from then on.
   */
  blankCopy({ now }: Pick<EmbeddedSearchOptions, "now"> = {}): EmbeddedSearch {
    const copy = new EmbeddedSearch(now === undefined ? {} : { now });
    this.#cluster.copyBlank(copy.#cluster);
    return copy;
  }

  /**
   * Copies the store to a file while it is in use. Everything that was answered before is in it, of what comes meanwhile perhaps some, and never a
   * part of a request. Searches and writes wait only while a few pages are copied; at its end, while the disk has them written.
   *
   * @throws {StorageError} `STORAGE_IN_MEMORY` when it has no `path`; `STORAGE_FULL` or `STORAGE_WRITE_FAILED` when memory has more than the disk.
   */
  backup(file: string): Promise<Backup> {
    const { storage } = this.#cluster;
    if (storage instanceof SqliteStorage) return storage.backup(file);
    throw new StorageError("STORAGE_IN_MEMORY", "This store is in memory only: there is no file to make a backup of.");
  }

  /** Closes the HTTP servers and releases the file. */
  async close(): Promise<void> {
    await Promise.all([...this.#servers].map((server) => server.close()));
    this.#servers.clear();
    this.#cluster.close();
  }
}

const openStore = (path: string, nowMs: () => number, options: EmbeddedSearchOptions): Cluster => {
  const storage = new SqliteStorage(path, segmentSizeOf(options));
  const cluster = new Cluster(storage, nowMs);
  try {
    cluster.memory = new MemoryBudget(options.memoryBytes ?? DEFAULT_MEMORY_BYTES, storage);
    loadStore(cluster, storage, options.onProgress ?? (() => undefined));
    return cluster;
  } catch (error) {
    storage.close();
    throw error;
  }
};

/** An option that has no effect would be taken for one that has. */
const checkOptions = (path: string | undefined, options: EmbeddedSearchOptions): void => {
  const others = path === undefined ? (["memoryBytes", "segmentDocuments"] as const) : (["memoryLimitBytes"] as const);
  const wrong = others.find((name) => options[name] !== undefined);
  if (wrong !== undefined)
    throw new TypeError(
      `${wrong} is for a store ${path === undefined ? "with" : "without"} path, and this one has ${path === undefined ? "none" : "one"}.`,
    );
};

const segmentSizeOf = ({ segmentDocuments = SEGMENT_SIZE }: EmbeddedSearchOptions): number => {
  if (Number.isInteger(segmentDocuments) && segmentDocuments >= 1 && segmentDocuments <= SEGMENT_SIZE)
    return segmentDocuments;
  throw new TypeError(`segmentDocuments must be a whole number from 1 to ${SEGMENT_SIZE}, got ${segmentDocuments}.`);
};

const recoverIfDamaged = (path: string, nowMs: () => number): Recovery | undefined => {
  try {
    const storage = new SqliteStorage(path);
    try {
      checkStore(storage);
    } finally {
      storage.close();
    }
    openStore(path, nowMs, {}).storage.close();
    return undefined;
  } catch (error) {
    if (!(error instanceof StorageError) || error.code !== "STORAGE_DAMAGED") throw error;
    return recover(path, String(nowMs()));
  }
};
