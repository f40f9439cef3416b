/** Numbers of terms of one document. */
export interface TermList extends Iterable<number> {
  includes(term: number): boolean;
  some(passes: (term: number) => boolean): boolean;
}

/** The terms of the documents that have more than one. */
export interface Several {
  readonly size: number;
  has(document: number): boolean;
  get(document: number): TermList | undefined;
}

/** As {@link Several} is stored: the lists one after the other. */
export interface SeveralArrays {
  /** Ascending. */
  readonly documents: Uint32Array;
  readonly ends: Uint32Array;
  readonly terms: Uint32Array;
}

export const packSeveral = (lists: ReadonlyMap<number, readonly number[]>): SeveralArrays => {
  const documents = new Uint32Array(lists.size);
  let [at, count] = [0, 0];
  for (const [document, list] of lists) {
    documents[at++] = document;
    count += list.length;
  }
  documents.sort();
  const ends = new Uint32Array(documents.length);
  const terms = new Uint32Array(count);
  let end = 0;
  for (let i = 0; i < documents.length; i++) {
    for (const term of lists.get(documents[i] ?? 0) ?? []) terms[end++] = term;
    ends[i] = end;
  }
  return { documents, ends, terms };
};

/** Finds the lists where they are stored. */
export class PackedSeveral implements Several {
  readonly #arrays: SeveralArrays;

  constructor(arrays: SeveralArrays) {
    this.#arrays = arrays;
  }

  get size(): number {
    return this.#arrays.documents.length;
  }

  has(document: number): boolean {
    return this.#find(document) >= 0;
  }

  get(document: number): TermList | undefined {
    const { ends, terms } = this.#arrays;
    const at = this.#find(document);
    return at < 0 ? undefined : terms.subarray(at === 0 ? 0 : ends[at - 1], ends[at]);
  }

  #find(document: number): number {
    const { documents } = this.#arrays;
    // Often every document has several, or every one from some document on.
    const guess = document - (documents[0] ?? 0);
    if (documents[guess] === document) return guess;
    let [low, high] = [0, documents.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((documents[middle] ?? 0) < document) low = middle + 1;
      else high = middle;
    }
    return documents[low] === document ? low : -1;
  }
}
