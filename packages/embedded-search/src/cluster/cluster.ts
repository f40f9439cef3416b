import { illegalArgument, indexNotFound, ApiError } from "../errors/api-error.ts";
import type { StoredSegment } from "../index/segment-store.ts";
import { type JsonObject, parseJson } from "../json/json.ts";
import type { Normalizers } from "../analysis/normalizer.ts";
import { checkReferences } from "../mapping/check-mapping.ts";
import { Mapping } from "../mapping/mapping.ts";
import type { MappingDefinition } from "../mapping/parse-mapping.ts";
import { readMapping } from "../document/read-mapping.ts";
import { StorageError } from "../storage/storage-error.ts";
import type { DocumentRecord, IndexRecord, Storage } from "../storage/storage.ts";
import { Capacity, type StoreUsage } from "./capacity.ts";
import { newUuid } from "./identifiers.ts";
import { checkAliasFree, parseAliases } from "./index-alias.ts";
import { invalidName } from "./expression-parts.ts";
import { type ExpressionOptions, type IndexNames, type Resolved, resolveExpression } from "./index-expression.ts";
import { checkIndexName } from "./index-name.ts";
import { normalizersOf } from "./index-analysis.ts";
import type { IndexSettings } from "./setting-value.ts";
import { checkOverlap, composed, type IndexTemplate, parseTemplate, templateFor } from "./index-template.ts";
import type { MemoryBudget } from "./memory-budget.ts";
import { PointsInTime } from "./points-in-time.ts";
import { type IndexAlias, StoredIndex } from "./stored-index.ts";

/** What a new index is to have, in addition to its template. */
export interface NewIndex {
  readonly settings: IndexSettings;
  /** Read when the settings of the index are known. */
  readonly mappings: JsonObject | undefined;
  readonly aliases: ReadonlyMap<string, IndexAlias>;
}

const nothingAsked: NewIndex = { settings: new Map(), mappings: undefined, aliases: new Map() };

/** All indices and templates of a store. */
export class Cluster {
  readonly storage: Storage;
  readonly now: () => number;
  readonly pits: PointsInTime;
  /** Set when the store is opened: what was stored before is loaded, whatever it takes. */
  capacity: Capacity;
  /** Of a store on disk. */
  memory: MemoryBudget | undefined;
  readonly #indices = new Map<string, StoredIndex>();
  readonly #templates = new Map<string, IndexTemplate>();
  #aliases: ReadonlyMap<string, readonly string[]> | undefined;
  #nextKey = 1;

  constructor(storage: Storage, now: () => number) {
    this.storage = storage;
    this.now = now;
    this.capacity = new Capacity(Infinity, [], storage);
    this.pits = new PointsInTime(now);
  }

  get indices(): ReadonlyMap<string, StoredIndex> {
    return this.#indices;
  }

  get templates(): ReadonlyMap<string, IndexTemplate> {
    return this.#templates;
  }

  /** Names of the indices of each alias. */
  get aliases(): ReadonlyMap<string, readonly string[]> {
    this.#aliases ??= collectAliases(this.#indices.values());
    return this.#aliases;
  }

  /** Call this when the aliases of an index have changed. */
  aliasesChanged(index: StoredIndex): void {
    this.#aliases = undefined;
    index.save();
  }

  /** @throws {ApiError} 400 when the name is invalid or taken. */
  createIndex(name: string, asked: NewIndex = nothingAsked): StoredIndex {
    checkIndexName(name);
    this.#checkFree(name);
    const template = templateFor(name, this.#templates.values());
    const aliases = new Map([...(template?.aliases ?? []), ...asked.aliases]);
    for (const alias of aliases.keys()) {
      if (alias === name) throw illegalArgument(`alias name [${name}] self-conflicts with index name`);
      checkAliasFree(alias, this.#indices);
    }
    const settings = new Map([...(template?.settings ?? []), ...asked.settings]);
    const mapping = newMapping(template?.mappings, asked.mappings, normalizersOf(settings));
    const index = new StoredIndex(
      {
        key: this.#nextKey++,
        name,
        uuid: newUuid(),
        createdMs: this.now(),
        settings,
        mapping,
        aliases,
      },
      this.storage,
      this.now,
    );
    index.checkFields(mapping);
    checkReferences(mapping);
    this.#indices.set(name, index);
    this.capacity.indicesChanged();
    this.aliasesChanged(index);
    return index;
  }

  #checkFree(name: string): void {
    const taken = this.#indices.get(name);
    if (taken)
      throw new ApiError(400, {
        type: "resource_already_exists_exception",
        reason: `index [${name}/${taken.uuid}] already exists`,
        details: { index_uuid: taken.uuid, index: name },
      });
    if (!this.aliases.has(name)) return;
    throw new ApiError(400, {
      type: "invalid_index_name_exception",
      reason: `Invalid index name [${name}], already exists as alias`,
      details: { index_uuid: "_na_", index: name },
    });
  }

  deleteIndex(index: StoredIndex): void {
    index.isDeleted = true;
    this.#indices.delete(index.name);
    this.capacity.indicesChanged();
    this.#aliases = undefined;
    this.storage.deleteIndex(index.key);
  }

  putTemplate(name: string, body: JsonObject): void {
    const createdMs = this.#templates.get(name)?.createdMs ?? this.now();
    const template = parseTemplate(name, body, { createdMs, modifiedMs: this.now() });
    checkOverlap(template, this.#templates.values());
    composed(name, () => {
      for (const alias of template.aliases.keys()) checkAliasFree(alias, this.#indices);
    });
    this.#templates.set(name, template);
    this.storage.saveTemplate(name, body);
  }

  deleteTemplate(name: string): void {
    this.#templates.delete(name);
    this.storage.deleteTemplate(name);
  }

  /** Resolves an expression of names, patterns and aliases to indices, in order of name. */
  resolve(
    expression: string,
    options: ExpressionOptions,
  ): readonly { readonly index: StoredIndex; readonly by: Resolved }[] {
    const names: IndexNames = { indices: [...this.#indices.keys()], aliases: this.aliases };
    return resolveExpression(expression, names, options).flatMap((by) => {
      const index = this.#indices.get(by.index);
      return index ? [{ index, by }] : [];
    });
  }

  /** What the store holds and may hold. */
  usage(): StoreUsage {
    const usage = this.capacity.usage(this.#indices);
    if (!this.memory) return usage;
    const { memoryBytes, cacheBytes } = this.memory;
    return {
      ...usage,
      memoryBytes: this.memory.taken(usage.memoryBytes) + cacheBytes,
      cacheBytes,
      memoryLimitBytes: memoryBytes,
      shares: usage.shares.map((share) => ({ ...share, memoryLimitBytes: memoryBytes })),
    };
  }

  /** @param name - Of the index or alias that is to be written. @throws {ApiError} 429, or {StorageError}, when there is no room for it. */
  checkRoom(name: string): void {
    this.storage.settle();
    this.memory?.check(this.#indices.values());
    const target = this.#indices.has(name) ? name : (this.aliases.get(name)?.at(-1) ?? name);
    this.capacity.check(target, this.#indices);
  }

  /** The index that the name of an index or alias means for a write. @throws {ApiError} 400 */
  writeIndex(name: string): StoredIndex | undefined {
    const index = this.#indices.get(name);
    if (index) return index;
    const targets = this.aliases.get(name);
    if (!targets) return undefined;
    const members = targets.map((target) => this.#indices.get(target)).filter((member) => member !== undefined);
    const chosen = members.find((member) => member.aliases.get(name)?.isWriteIndex === true);
    const [only, ...more] = members;
    if (chosen) return chosen;
    if (only && more.length === 0 && only.aliases.get(name)?.isWriteIndex !== false) return only;
    throw illegalArgument(
      `no write index is defined for alias [${name}]. The write index may be explicitly disabled using is_write_index=false or the alias points to multiple indices without one being designated as a write index`,
    );
  }

  /** As {@link Cluster.writeIndex}; a missing index is created from its template. */
  writeIndexOrNew(name: string): StoredIndex {
    return this.writeIndex(name) ?? this.createIndex(name);
  }

  /** Writes what is still to be written and releases the files. */
  close(): void {
    try {
      this.memory?.sealAll(this.#indices.values());
    } catch (error) {
      // Segments are only a short cut: every document is stored.
      if (!(error instanceof StorageError)) throw error;
    } finally {
      this.storage.close();
    }
  }

  /** The one index that a name means for a read. @throws {ApiError} 404, or 400 for an alias of several. */
  readIndex(name: string): StoredIndex {
    const index = this.#indices.get(name);
    if (index) return index;
    const [only, ...more] = this.aliases.get(name) ?? [];
    if (name.startsWith("_")) throw invalidName(name, "must not start with '_'.");
    if (name.startsWith("-"))
      throw illegalArgument(
        "unable to return a single index as the index and options provided got resolved to multiple indices",
      );
    if (only === undefined) throw indexNotFound(name);
    if (more.length > 0) {
      const all = [only, ...more].sort().join(", ");
      throw illegalArgument(
        `alias [${name}] has more than one index associated with it [${all}], can't execute a single index op`,
      );
    }
    const found = this.#indices.get(only);
    if (!found) throw indexNotFound(name);
    return found;
  }

  /** Restores a stored index; its documents follow. @param added - Mappings of fields found since its record was stored. */
  restoreIndex(
    record: IndexRecord,
    segments: Iterable<StoredSegment>,
    documents: Iterable<DocumentRecord>,
    nextSequence: number,
    added: readonly JsonObject[],
  ): StoredIndex {
    const settings: IndexSettings = new Map(Object.entries(record.settings));
    const normalizers = normalizersOf(settings);
    const read = (mapping: JsonObject): MappingDefinition => readMapping(mapping, undefined, normalizers);
    const parts = {
      ...record,
      settings,
      mapping: new Mapping(read(record.mapping)).mergeAll(added.map(read)),
      aliases: parseAliases(record.aliases),
    };
    const index = new StoredIndex(parts, this.storage, this.now);
    for (const segment of segments) index.restoreSegment(segment);
    for (const document of documents) index.restore(document, parseJson(document.source));
    index.continueFrom(nextSequence);
    index.refresh();
    this.#indices.set(record.name, index);
    this.#aliases = undefined;
    this.#nextKey = Math.max(this.#nextKey, record.key + 1);
    return index;
  }

  /** @param next - What is stored under smaller numbers is, or was, of another index. */
  continueKeys(next: number): void {
    this.#nextKey = Math.max(this.#nextKey, next);
  }

  /** Copies the templates and indices of this cluster, without documents, to an empty one. */
  copyBlank(other: Cluster): void {
    for (const [name, template] of this.#templates) other.#templates.set(name, template);
    for (const [name, { key, uuid, createdMs, settings, mapping, aliases }] of this.#indices) {
      const parts = { key, name, uuid, createdMs, settings: new Map(settings), mapping, aliases };
      other.#indices.set(name, new StoredIndex(parts, other.storage, other.now));
    }
    other.#nextKey = this.#nextKey;
    other.#aliases = undefined;
  }

  restoreTemplate(name: string, body: JsonObject): void {
    this.#templates.set(name, parseTemplate(name, body, { createdMs: this.now(), modifiedMs: this.now() }));
  }
}

/** What an index declares itself, over what its template says. */
const newMapping = (
  template: JsonObject | undefined,
  own: JsonObject | undefined,
  normalizers: Normalizers,
): Mapping => {
  const read = (mappings: JsonObject): MappingDefinition => readMapping(mappings, undefined, normalizers);
  const base = template ? new Mapping(read(template)) : new Mapping({ ...Mapping.empty.definition, normalizers });
  return own ? base.overlay(read(own)) : base;
};

const collectAliases = (indices: Iterable<StoredIndex>): ReadonlyMap<string, readonly string[]> => {
  const aliases = new Map<string, string[]>();
  for (const index of indices)
    for (const name of index.aliases.keys()) {
      const members = aliases.get(name);
      if (members) members.push(index.name);
      else aliases.set(name, [index.name]);
    }
  return aliases;
};
