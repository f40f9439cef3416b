import type { SegmentStore } from "../index/segment-store.ts";
import type { JsonObject } from "../json/json.ts";

/** What is stored for an index besides its documents. */
export interface IndexRecord {
  /** Number under which its documents are stored; never reused. */
  readonly key: number;
  readonly name: string;
  readonly uuid: string;
  readonly createdMs: number;
  readonly settings: Readonly<Record<string, string | readonly string[]>>;
  readonly mapping: JsonObject;
  readonly aliases: Readonly<Record<string, JsonObject>>;
}

/** A document as stored. */
export interface DocumentRecord {
  readonly sequence: number;
  readonly id: string;
  readonly version: number;
  readonly source: string;
}

/**
 * Where writes go to outlive the process. Everything inside {@link Storage.transaction} is stored entirely or not at all,
 * and is durable once it returns.
 */
export interface Storage {
  /** False: the caller keeps the sources. */
  readonly keepsSources: boolean;
  transaction<T>(work: () => T): T;
  /** Called between two requests: work that can wait may go on. */
  turn(): void;
  /** @param record - Called only when the record is stored. */
  saveIndex(key: number, record: () => IndexRecord): void;
  deleteIndex(key: number): void;
  saveTemplate(name: string, template: JsonObject): void;
  deleteTemplate(name: string): void;
  /** Stores the fields that were added to the mapping of an index since its record was stored. @param mapping - Has them alone. */
  addFields(key: number, mapping: JsonObject): void;
  /** @param replaced - The sequence number of the document in whose place it comes. Default: none. */
  put(index: number, document: DocumentRecord, replaced?: number): void;
  remove(index: number, sequence: number): void;
  /** The next sequence number of an index, so that none is assigned twice. */
  saveNextSequence(index: number, next: number): void;
  /** Sources in the order of the sequence numbers; empty where there is none. */
  sources(index: number, sequences: readonly number[]): readonly string[];
  /** Where the segments of an index go that get no more documents; undefined when they stay in memory. @param seed - Text of which no two indices have the same. */
  segments(index: number, seed: string): SegmentStore | undefined;
  /**
   * Before any write, also one that will change nothing: what it finds in memory has to be stored, or it would confirm it too soon.
   *
   * @throws {StorageError} when it cannot be.
   */
  settle(): void;
  /** Why nothing can be written at present; undefined while writing works. Tries again what could not be written. */
  refusal(): string | undefined;
  /** Bytes that are free on its disk. */
  freeBytes(): number;
  close(): void;
}

/** Stores nothing. */
export const memoryStorage: Storage = Object.freeze({
  keepsSources: false,
  transaction: <T>(work: () => T): T => work(),
  turn: () => undefined,
  saveIndex: () => undefined,
  deleteIndex: () => undefined,
  saveTemplate: () => undefined,
  deleteTemplate: () => undefined,
  addFields: () => undefined,
  put: () => undefined,
  remove: () => undefined,
  saveNextSequence: () => undefined,
  sources: (_index: number, sequences: readonly number[]) => sequences.map(() => ""),
  segments: () => undefined,
  settle: () => undefined,
  refusal: () => undefined,
  freeBytes: () => Infinity,
  close: () => undefined,
});
