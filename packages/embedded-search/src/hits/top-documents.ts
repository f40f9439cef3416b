import type { SearchTarget, SegmentScope } from "./scope.ts";
import type { SortKey } from "./sort-plan.ts";
import type { SortValue } from "./sort-type.ts";

/** One hit before it is fetched. */
export interface Candidate {
  readonly scope: SegmentScope;
  readonly document: number;
  readonly score: number;
  readonly values: readonly SortValue[];
}

/** Keeps the best documents seen, at most `size`. */
export class TopDocuments {
  readonly #size: number;
  readonly #keys: readonly SortKey[];
  readonly #found = new Set<SearchTarget>();
  /** The worst of those kept is at the root. */
  readonly #heap: Candidate[] = [];

  constructor(size: number, keys: readonly SortKey[]) {
    this.#size = size;
    this.#keys = keys;
  }

  /** The indices that had something to offer. */
  get found(): ReadonlySet<SearchTarget> {
    return this.#found;
  }

  /**
   * Does it matter whether this index has any hit, also one behind all others? How values are shown depends on the kinds that the
   * indices with hits sort by.
   */
  mustFind(target: SearchTarget): boolean {
    if (this.#size === 0 || this.#found.has(target)) return false;
    const isKnown = (key: SortKey): boolean =>
      [...this.#found].some((found) => key.kindOf(found) === key.kindOf(target));
    return !this.#keys.every(isKnown);
  }

  /**
   * Offers the documents of one segment, in ascending order.
   *
   * @param after - Values of a hit as this index reads them; only what comes after it is kept.
   */
  segment(
    scope: SegmentScope,
    scored: boolean,
    after?: readonly SortValue[],
  ): (document: number, score: () => number) => void {
    const readers = this.#keys.map((key) => key.reader(scope));
    const [primary] = this.#keys;
    const [readPrimary] = readers;
    if (this.#size === 0) return () => undefined;
    const ahead = this.ahead(scope);
    let isFound = false;
    const note = (): void => {
      isFound = true;
      this.#found.add(scope.target);
    };
    return (document, score) => {
      const worst = this.#heap.length === this.#size ? this.#heap[0] : undefined;
      if (ahead?.(document, document + 1) === document + 1) return;
      const first = readPrimary?.(document, score) ?? null;
      if (worst !== undefined) {
        // Most documents of a large result end here, before any object is made for them.
        const order = primary?.compare(first, worst.values[0] ?? null) ?? 1;
        if (order > 0 || (order === 0 && readers.length === 1 && isBehind(scope, document, worst))) {
          if (!isFound) note();
          return;
        }
      }
      const values = readers.map((read, i) => (i === 0 ? first : read(document, score)));
      if (after && compareValues(this.#keys, values, after) <= 0) return;
      if (!isFound) note();
      this.#offer({ scope, document, score: scored ? score() : Number.NaN, values });
    };
  }

  /**
   * Finds the first document of a segment from one on, before `end`, that may be among the best; undefined where only its value
   * tells. Documents are offered in the order of their places.
   */
  ahead(scope: SegmentScope): ((from: number, end: number) => number) | undefined {
    const next = this.#size === 0 ? undefined : this.#keys[0]?.ahead?.(scope);
    if (next === undefined) return undefined;
    const withEqual = this.#keys.length > 1;
    return (from, end) => {
      const worst = this.#heap.length === this.#size ? this.#heap[0]?.values[0] : undefined;
      // An index is known to have hits by the first one that is looked at.
      return worst === undefined || !this.#found.has(scope.target) ? from : next(from, end, worst, withEqual);
    };
  }

  /** Would every document be rejected whose first sort value is no better than this one? */
  rejects(value: SortValue, placesAscend: boolean): boolean {
    if (this.#size === 0) return true;
    const worst = this.#heap.length === this.#size ? this.#heap[0] : undefined;
    const order = worst && this.#keys[0]?.compare(value, worst.values[0] ?? null);
    return order !== undefined && (order > 0 || (order === 0 && placesAscend && this.#keys.length === 1));
  }

  #offer(candidate: Candidate): void {
    if (this.#heap.length < this.#size) {
      this.#heap.push(candidate);
      this.#rise(this.#heap.length - 1);
    } else if (this.#heap[0] && this.#compare(candidate, this.#heap[0]) < 0) {
      this.#heap[0] = candidate;
      this.#sink(0);
    }
  }

  #compare(a: Candidate, b: Candidate): number {
    return compareValues(this.#keys, a.values, b.values) || comparePlaces(a, b);
  }

  #rise(start: number): void {
    for (let at = start; at > 0;) {
      const parent = (at - 1) >> 1;
      if (!this.#isWorse(at, parent)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  #sink(start: number): void {
    for (let at = start; ;) {
      let worst = at;
      for (const child of [2 * at + 1, 2 * at + 2])
        if (child < this.#heap.length && this.#isWorse(child, worst)) worst = child;
      if (worst === at) return;
      this.#swap(at, worst);
      at = worst;
    }
  }

  #isWorse(a: number, b: number): boolean {
    const [left, right] = [this.#heap[a], this.#heap[b]];
    return left !== undefined && right !== undefined && this.#compare(left, right) > 0;
  }

  #swap(a: number, b: number): void {
    const [left, right] = [this.#heap[a], this.#heap[b]];
    if (left === undefined || right === undefined) return;
    this.#heap[a] = right;
    this.#heap[b] = left;
  }

  /** The documents kept, best first. */
  sorted(): Candidate[] {
    return [...this.#heap].sort((a, b) => this.#compare(a, b));
  }
}

const compareValues = (keys: readonly SortKey[], a: readonly SortValue[], b: readonly SortValue[]): number => {
  for (const [i, key] of keys.entries()) {
    const order = key.compare(a[i] ?? null, b[i] ?? null);
    if (order !== 0) return order;
  }
  return 0;
};

const isBehind = ({ shard, view }: SegmentScope, document: number, { scope, document: other }: Candidate): boolean =>
  shard > scope.shard || (shard === scope.shard && view.base + document > scope.view.base + other);

const comparePlaces = (a: Candidate, b: Candidate): number =>
  a.scope.shard - b.scope.shard || a.scope.view.base + a.document - (b.scope.view.base + b.document);
