import type { DocumentOrigin } from "../document/document-error.ts";
import type { DocumentLimits } from "../document/document-limits.ts";
import { parseDocument, type ParsedDocument } from "../document/parse-document.ts";
import { illegalArgument, ApiError } from "../errors/api-error.ts";
import { Documents, type Located } from "../index/documents.ts";
import type { StoredSource } from "../index/merging.ts";
import type { StoredSegment } from "../index/segment-store.ts";
import type { Segment } from "../index/segment.ts";
import { isLive, type Place } from "../index/snapshot.ts";
import { checkWrite, type StoredVersion, type WriteCondition } from "../index/write-check.ts";
import { type Json, type JsonObject, parseJson } from "../json/json.ts";
import { checkReferences } from "../mapping/check-mapping.ts";
import type { Mapping } from "../mapping/mapping.ts";
import type { MappingDefinition } from "../mapping/parse-mapping.ts";
import type { Query } from "../recipe/query.ts";
import type { DocumentRecord, IndexRecord, Storage } from "../storage/storage.ts";
import { documentLimits, refreshIntervalMs } from "./index-settings.ts";
import type { IndexSettings } from "./setting-value.ts";

/** How an alias points to an index. */
export interface IndexAlias {
  /** As declared: `filter`, `is_write_index`, ... */
  readonly declared: JsonObject;
  readonly filter: Query | undefined;
  readonly isWriteIndex: boolean | undefined;
}

/** The outcome of a write. */
export interface WriteResult extends StoredVersion {
  readonly result: "created" | "updated" | "deleted" | "not_found" | "noop";
}

/** A document that was asked for by its id. */
export interface StoredDocument extends StoredVersion {
  readonly source: string;
}

/** How long the version of a deleted document is remembered, as `index.gc_deletes`. */
const TOMBSTONE_MS = 60_000;

/** What an index is created from. */
export interface IndexParts {
  readonly key: number;
  readonly name: string;
  readonly uuid: string;
  readonly createdMs: number;
  readonly settings: IndexSettings;
  readonly mapping: Mapping;
  readonly aliases: ReadonlyMap<string, IndexAlias>;
}

/** One index: its mapping, settings, aliases and documents. */
export class StoredIndex {
  readonly key: number;
  readonly name: string;
  readonly uuid: string;
  readonly createdMs: number;
  readonly aliases: Map<string, IndexAlias>;
  settings: IndexSettings;
  mapping: Mapping;
  /** For whoever still has a snapshot of it. */
  isDeleted = false;
  readonly #documents: Documents;
  readonly #storage: Storage;
  readonly #now: () => number;
  #limits: { readonly settings: IndexSettings; readonly read: DocumentLimits };
  readonly #tombstones = new Map<string, { readonly version: number; readonly atMs: number }>();
  #nextSequence = 0;
  #refreshedMs: number;

  constructor(parts: IndexParts, storage: Storage, now: () => number) {
    this.key = parts.key;
    this.name = parts.name;
    this.uuid = parts.uuid;
    this.createdMs = parts.createdMs;
    this.settings = parts.settings;
    this.#limits = { settings: parts.settings, read: documentLimits(parts.settings) };
    this.mapping = parts.mapping;
    this.aliases = new Map(parts.aliases);
    const store = storage.segments(parts.key, parts.uuid);
    const home = store && { store, read: this.#readAgain };
    this.#documents = new Documents(!storage.keepsSources, home);
    this.#storage = storage;
    this.#now = now;
    this.#refreshedMs = now();
  }

  /** What is stored besides documents. */
  record(): IndexRecord {
    return {
      key: this.key,
      name: this.name,
      uuid: this.uuid,
      createdMs: this.createdMs,
      settings: Object.fromEntries(this.settings),
      mapping: this.mappingJson(),
      aliases: Object.fromEntries([...this.aliases].map(([name, alias]) => [name, alias.declared])),
    };
  }

  /** Stores the current {@link StoredIndex.record}. */
  save(): void {
    this.#storage.saveIndex(this.key, () => this.record());
  }

  /** The mapping as it is shown and stored. */
  mappingJson(): JsonObject {
    return this.mapping.toJson(this.limits.ignoresMalformed);
  }

  get limits(): DocumentLimits {
    if (this.#limits.settings !== this.settings)
      this.#limits = { settings: this.settings, read: documentLimits(this.settings) };
    return this.#limits.read;
  }

  get shards(): number {
    return Number(this.settings.get("index.number_of_shards") ?? 1);
  }

  get replicas(): number {
    return Number(this.settings.get("index.number_of_replicas") ?? 1);
  }

  get documents(): Documents {
    return this.#documents;
  }

  /** @throws {ApiError} 400 when a field would change its type or there are too many. */
  putMapping(update: MappingDefinition): void {
    const merged = this.mapping.merge(update);
    checkReferences(merged);
    if (merged.fieldCount > this.mapping.fieldCount) this.checkFields(merged);
    this.mapping = merged;
    this.save();
  }

  /** @throws {ApiError} 400 when a mapping that is declared has too many fields. */
  checkFields(mapping: Mapping): void {
    const { fields } = this.limits;
    if (mapping.fieldCount > fields) throw illegalArgument(`Limit of total fields [${fields}] has been exceeded`);
  }

  version(id: string): StoredVersion | undefined {
    return this.#documents.find(id);
  }

  get(id: string): StoredDocument | undefined {
    const place = this.#documents.find(id);
    if (!place) return undefined;
    const { version, sequence } = place;
    return { version, sequence, source: this.#sourceOf(place) };
  }

  #sourceOf({ segment, document, sequence }: Located): string {
    return segment.source(document) ?? this.#stored([sequence])[0] ?? "";
  }

  /** As {@link StoredIndex.get}, as of the last refresh. */
  getSearchable(id: string): StoredDocument | undefined {
    const ids = new Set([id]);
    for (const view of this.#documents.snapshot())
      for (const document of view.segment.documentsOf(ids)) {
        if (!isLive(view, document)) continue;
        const [source = ""] = this.sourcesIn([{ view, document }]);
        return { version: view.segment.version(document), sequence: view.segment.sequence(document), source };
      }
    return undefined;
  }

  source(segment: Segment, document: number): string {
    return segment.source(document) ?? this.#stored([segment.sequence(document)])[0] ?? "";
  }

  #stored(sequences: readonly number[]): readonly string[] {
    return sequences.length === 0 ? [] : this.#storage.sources(this.key, sequences);
  }

  /** The sources of documents in a snapshot, even if they have been replaced since. @throws {ApiError} 404 */
  sourcesIn(places: readonly Place[]): readonly string[] {
    const known = places.map(
      ({ view, document }) => view.segment.source(document) ?? view.replaced.find(view.segment.sequence(document)),
    );
    const missing = places.filter((_place, i) => known[i] === undefined);
    const stored = this.#stored(missing.map(({ view, document }) => view.segment.sequence(document)));
    let next = 0;
    return places.map((place, i) => {
      const source = known[i] ?? stored[next++] ?? "";
      return source === "" ? this.#gone(place) : source;
    });
  }

  #gone({ view, document }: Place): never {
    throw new ApiError(404, {
      type: "search_context_missing_exception",
      reason: `The source of [${view.segment.id(document)}] is gone with its index [${this.name}]`,
    });
  }

  /** @throws {ApiError} 409 when the condition does not hold, 400 when the mapping refuses the document. */
  put(id: string, document: Json, source: string, condition: WriteCondition = {}): WriteResult {
    // Read first: its fields are added even if the condition stops the write.
    const parsed = this.#parse({ id, source }, document);
    const current = condition.isNewId === true ? undefined : this.#documents.find(id);
    checkWrite(this, id, current, condition);
    const version = (current?.version ?? this.#tombstones.get(id)?.version ?? 0) + 1;
    const sequence = this.#takeSequence();
    this.#tombstones.delete(id);
    if (current) this.#keepForSnapshots(current);
    this.#storage.put(this.key, { sequence, id, version, source }, current?.sequence);
    this.#documents.put(id, sequence, version, source, parsed, current);
    return { version, sequence, result: current ? "updated" : "created" };
  }

  #parse(origin: DocumentOrigin, document: Json): ParsedDocument {
    const parsed = parseDocument(this.mapping, origin, document, this.limits);
    const { newFields } = parsed;
    if (newFields.length > 0) this.#addFields(newFields);
    return parsed;
  }

  #addFields(fields: ParsedDocument["newFields"]): void {
    this.mapping = this.mapping.withFields(fields);
    const added = this.mapping.onlyWith(fields)?.toJson(this.limits.ignoresMalformed);
    if (added) this.#storage.addFields(this.key, added);
    else this.save();
  }

  /** @throws {ApiError} 409 when the condition does not hold. */
  delete(id: string, condition: WriteCondition = {}): WriteResult {
    const current = this.#documents.find(id);
    checkWrite(this, id, current, condition);
    this.#forgetOldTombstones();
    const version = (current?.version ?? this.#tombstones.get(id)?.version ?? 0) + 1;
    const sequence = this.#takeSequence();
    this.#tombstones.set(id, { version, atMs: this.#now() });
    if (current) {
      this.#keepForSnapshots(current);
      this.#storage.remove(this.key, current.sequence);
      this.#documents.remove(current);
    }
    return { version, sequence, result: current ? "deleted" : "not_found" };
  }

  /** Before a document is dropped from disk: holders of a snapshot must still be able to read it. */
  #keepForSnapshots(place: Located): void {
    if (this.#storage.keepsSources) this.#documents.keepReplaced(place.sequence, this.#sourceOf(place));
  }

  #takeSequence(): number {
    const sequence = this.#nextSequence++;
    this.#storage.saveNextSequence(this.key, this.#nextSequence);
    return sequence;
  }

  /** They are in order of time, so the first recent one ends the loop. */
  #forgetOldTombstones(): void {
    const oldestMs = this.#now() - TOMBSTONE_MS;
    for (const [id, { atMs }] of this.#tombstones) {
      if (atMs > oldestMs) return;
      this.#tombstones.delete(id);
    }
  }

  refresh(): void {
    this.#documents.refresh(this.#readAgain);
    this.#refreshedMs = this.#now();
  }

  readonly #readAgain = (segment: Segment, documents: readonly number[]): readonly StoredSource[] => {
    const known = documents.map((document) => segment.source(document));
    const isKnown = known.every((source) => source !== undefined);
    const sources = isKnown ? known : this.#stored(documents.map((document) => segment.sequence(document)));
    return documents.map((document, i) => {
      const source = sources[i] ?? "";
      const parsed = parseDocument(this.mapping, { id: segment.id(document), source }, parseJson(source), this.limits);
      return { source, parsed };
    });
  };

  /** As {@link StoredIndex.refresh}, when the refresh interval has passed. */
  refreshIfDue(): void {
    this.#documents.dropSealed();
    if (!this.#documents.hasChanges) return;
    const intervalMs = refreshIntervalMs(this.settings);
    if (intervalMs !== undefined && this.#now() - this.#refreshedMs >= intervalMs) this.refresh();
  }

  /** Stores its segment that still gets documents, when it has so many. */
  seal(least: number): void {
    this.#documents.seal(least);
  }

  /** As {@link StoredIndex.seal}, between requests. */
  startSealing(least: number): void {
    this.#documents.startSealing(least);
  }

  /** Restores a stored full segment. */
  restoreSegment(segment: StoredSegment): void {
    this.#documents.restore(segment);
  }

  /** Restores a stored document. @throws {ApiError} when it no longer fits the mapping. */
  restore({ id, sequence, version, source }: DocumentRecord, document: Json): void {
    const parsed = parseDocument(this.mapping, { id, source }, document, this.limits);
    this.#documents.put(id, sequence, version, source, parsed);
    this.#nextSequence = Math.max(this.#nextSequence, sequence + 1);
  }

  /** Continues numbering where an earlier run left off. */
  continueFrom(nextSequence: number): void {
    this.#nextSequence = Math.max(this.#nextSequence, nextSequence);
  }
}
