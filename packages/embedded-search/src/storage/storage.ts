import type { SegmentImage } from "../index/segment.ts";
import type { JsonObject } from "../json/json.ts";

/** What is kept of an index besides its documents. */
export interface IndexRecord {
  /** Number by which its documents are kept; never used again. */
  readonly key: number;
  readonly name: string;
  readonly uuid: string;
  readonly createdMs: number;
  readonly settings: Readonly<Record<string, string>>;
  readonly mapping: JsonObject;
  readonly aliases: Readonly<Record<string, JsonObject>>;
}

/** A document as it is kept. */
export interface DocumentRecord {
  readonly sequence: number;
  readonly id: string;
  readonly version: number;
  readonly source: string;
}

/**
 * Where writes go to outlive the process. Everything inside {@link Storage.transaction} is kept whole or not at all,
 * and is kept once it returns.
 */
export interface Storage {
  /** False: sources are remembered by the one who writes them. */
  readonly keepsSources: boolean;
  transaction<T>(work: () => T): T;
  /** @param record - Asked for only where it is kept. */
  saveIndex(key: number, record: () => IndexRecord): void;
  deleteIndex(key: number): void;
  saveTemplate(name: string, template: JsonObject): void;
  deleteTemplate(name: string): void;
  put(index: number, document: DocumentRecord): void;
  remove(index: number, sequence: number): void;
  /** The next sequence number of an index, so that none is given twice. */
  saveNextSequence(index: number, next: number): void;
  /** Sources in the order of the sequence numbers; empty where there is none. */
  sources(index: number, sequences: readonly number[]): readonly string[];
  /** Keeps the image of a full segment, in the place of an earlier one of the same number. */
  saveSegment(index: number, number: number, image: () => SegmentImage): void;
  close(): void;
}

/** Keeps nothing. */
export const memoryStorage: Storage = Object.freeze({
  keepsSources: false,
  transaction: <T>(work: () => T): T => work(),
  saveIndex: () => undefined,
  deleteIndex: () => undefined,
  saveTemplate: () => undefined,
  deleteTemplate: () => undefined,
  put: () => undefined,
  remove: () => undefined,
  saveNextSequence: () => undefined,
  sources: (_index: number, sequences: readonly number[]) => sequences.map(() => ""),
  saveSegment: () => undefined,
  close: () => undefined,
});
