import type { SegmentScope } from "../hits/scope.ts";
import type { TermsColumn } from "../index/terms-column.ts";
import type { LeafField } from "../mapping/field.ts";
import type { Key } from "./keys.ts";
import { keyReader } from "./keys.ts";

/** Stands for a key in one segment: the number of a term, or the key itself. */
type LocalKey = Key;

/** The keys of one field in one segment, without looking terms up for each document. */
interface LocalKeys {
  read(document: number): readonly LocalKey[];
  key(local: LocalKey): Key;
}

/** The number that stands for the key of documents without any. */
const MISSING = -1;
const NONE: readonly LocalKey[] = [];

const ofTerms = (column: TermsColumn, missing: Key | undefined): LocalKeys => {
  const otherwise = missing === undefined ? NONE : [MISSING];
  return {
    read: (document) => {
      const single = column.single(document);
      if (single >= 0) return [single];
      const found: LocalKey[] = [];
      column.each(document, (term) => found.push(term));
      return found.length === 0 ? otherwise : found;
    },
    key: (local) => (local === MISSING && missing !== undefined ? missing : column.dictionary.term(Number(local))),
  };
};

const localKeys = (field: LeafField | undefined, scope: SegmentScope, missing: Key | undefined): LocalKeys => {
  const column = field && scope.view.segment.columns.get(field.name);
  if (column?.kind === "terms") return ofTerms(column, missing);
  const each = keyReader(field, scope, missing);
  return {
    read: (document) => {
      const found: LocalKey[] = [];
      each(document, (key) => found.push(key));
      return found;
    },
    key: (local) => local,
  };
};

/** One level for each part of a key, and one for the bucket above; the last holds numbers of buckets. */
type Level = Map<Key, Level | number>;

const deeper = (level: Level, key: Key): Level => {
  const known = level.get(key);
  if (known instanceof Map) return known;
  const opened: Level = new Map();
  level.set(key, opened);
  return opened;
};

/** Finds the number that belongs to a list of keys, or asks for a new one. */
class Numbers {
  readonly #root: Level = new Map();

  at(parent: number, parts: readonly Key[], open: () => number): number {
    let level = deeper(this.#root, parent);
    const last = parts.length - 1;
    for (let i = 0; i < last; i++) level = deeper(level, parts[i] ?? MISSING);
    const end = parts[last] ?? MISSING;
    const known = level.get(end);
    if (typeof known === "number") return known;
    const number = open();
    level.set(end, number);
    return number;
  }
}

/** Numbers buckets by the combinations of keys of several fields, separately for each bucket of the aggregation above. */
export class CombinedKeys {
  readonly #open: () => number;
  readonly #numbers = new Numbers();
  readonly #parts: (readonly Key[])[] = [];
  readonly #byParent = new Map<number, number[]>();

  /** @param open - Opens a bucket. */
  constructor(open: () => number) {
    this.#open = open;
  }

  /** Visits the bucket of each combination that a document of the segment has. */
  segment(
    fields: readonly (LeafField | undefined)[],
    missing: readonly (Key | undefined)[],
    scope: SegmentScope,
  ): (document: number, parent: number, visit: (bucket: number) => void) => void {
    const readers = fields.map((field, i) => localKeys(field, scope, missing[i]));
    const known = new Numbers();
    const keysOf = (locals: readonly LocalKey[]): Key[] => locals.map((local, i) => readers[i]?.key(local) ?? local);
    const bucketOf = (parent: number, locals: readonly LocalKey[]): number =>
      known.at(parent, locals, () => this.#bucket(parent, keysOf(locals)));
    return (document, parent, visit) => {
      const lists: (readonly LocalKey[])[] = [];
      const only: LocalKey[] = [];
      for (const reader of readers) {
        const list = reader.read(document);
        const [first] = list;
        if (first === undefined) return;
        lists.push(list);
        if (list.length === 1) only.push(first);
      }
      // Most documents have one value of each field, so one combination.
      if (only.length === lists.length) visit(bucketOf(parent, only));
      else for (const locals of combinations(lists)) visit(bucketOf(parent, locals));
    };
  }

  #bucket(parent: number, parts: readonly Key[]): number {
    return this.#numbers.at(parent, parts, () => {
      const bucket = this.#open();
      this.#parts[bucket] = parts;
      const siblings = this.#byParent.get(parent);
      if (siblings) siblings.push(bucket);
      else this.#byParent.set(parent, [bucket]);
      return bucket;
    });
  }

  /** The buckets of one bucket above, in the order in which they were opened. */
  of(parent: number): readonly number[] {
    return this.#byParent.get(parent) ?? [];
  }

  parts(bucket: number): readonly Key[] {
    return this.#parts[bucket] ?? [];
  }
}

/** Every choice of one value from each list. */
export const combinations = <T>(lists: readonly (readonly T[])[]): T[][] => {
  let found: T[][] = [[]];
  for (const list of lists) found = found.flatMap((parts) => list.map((part) => [...parts, part]));
  return found;
};
