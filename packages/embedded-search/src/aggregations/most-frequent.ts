/** What is known of the order of groups without looking at their keys. */
export interface Ordered {
  /** Groups of one owner are in the order of their places. */
  owner(group: number): number;
  /** undefined = not known. */
  place(group: number): number | undefined;
}

/** Counts from here on are not told apart: hardly any groups have them. */
const MOST_TOLD_APART = 4_095;

/**
 * Leaves out groups that are not among the first `size` by count, the greatest first, and then by key: where a hundred thousand
 * groups have one document each, comparing all their keys takes longest.
 */
export const mostFrequent = (
  groups: readonly number[],
  size: number,
  countOf: (group: number) => number,
  ordered: Ordered,
): readonly number[] => {
  if (groups.length <= 4 * size) return groups;
  const limit = limitOf(groups, size, countOf);
  const kept: number[] = [];
  const equal = new FirstGroups(size, ordered);
  for (const group of groups) {
    const count = countOf(group);
    if (count > limit || count >= MOST_TOLD_APART) kept.push(group);
    else if (count === limit) equal.offer(group);
  }
  return [...kept, ...equal.groups()];
};

/** The greatest count that at least `size` groups have or exceed. */
const limitOf = (groups: readonly number[], size: number, countOf: (group: number) => number): number => {
  const having = new Uint32Array(MOST_TOLD_APART + 1);
  for (const group of groups) {
    const count = Math.min(countOf(group), MOST_TOLD_APART);
    having[count] = (having[count] ?? 0) + 1;
  }
  let limit = MOST_TOLD_APART;
  for (let found = having[limit] ?? 0; found < size && limit > 0; found += having[limit] ?? 0) limit--;
  return limit;
};

/** The groups of one owner that may be among the first. */
interface Owned {
  groups: number[];
  /** Of a group that `size` others come before. */
  limit: number;
}

/** Keeps the first groups of each owner, and those without a place. */
class FirstGroups {
  readonly #size: number;
  readonly #ordered: Ordered;
  readonly #byOwner = new Map<number, Owned>();
  readonly #unplaced: number[] = [];
  #lastOwner = Number.NaN;
  #last: Owned = { groups: [], limit: Number.POSITIVE_INFINITY };

  constructor(size: number, ordered: Ordered) {
    this.#size = size;
    this.#ordered = ordered;
  }

  offer(group: number): void {
    const place = this.#ordered.place(group);
    if (place === undefined) {
      this.#unplaced.push(group);
      return;
    }
    const owner = this.#ordered.owner(group);
    const owned = owner === this.#lastOwner ? this.#last : this.#of(owner);
    if (place > owned.limit) return;
    owned.groups.push(group);
    if (owned.groups.length >= 2 * this.#size + 16) this.#cut(owned);
  }

  #of(owner: number): Owned {
    const known = this.#byOwner.get(owner) ?? { groups: [], limit: Number.POSITIVE_INFINITY };
    this.#byOwner.set(owner, known);
    [this.#lastOwner, this.#last] = [owner, known];
    return known;
  }

  #cut(owned: Owned): void {
    const placeOf = (group: number): number => this.#ordered.place(group) ?? 0;
    owned.groups = owned.groups.sort((a, b) => placeOf(a) - placeOf(b)).slice(0, this.#size);
    owned.limit = placeOf(owned.groups.at(-1) ?? 0);
  }

  groups(): readonly number[] {
    return [...this.#unplaced, ...[...this.#byOwner.values()].flatMap(({ groups }) => groups)];
  }
}
