/**
 * Sources of documents that were replaced or deleted after a snapshot, by sequence number, for those who still see them.
 *
 * A store on disk drops such a source at once. Each refresh begins a new list and the one before points to it: whoever
 * holds an old snapshot holds the lists since then, and when nobody does they are freed.
 */
export class ReplacedSources {
  readonly #sources = new Map<number, string>();
  #next: ReplacedSources | undefined;

  keep(sequence: number, source: string): void {
    this.#sources.set(sequence, source);
  }

  find(sequence: number): string | undefined {
    const own = this.#sources.get(sequence);
    if (own !== undefined) return own;
    // Step by step and not by calling itself: there can be as many lists as refreshes while a snapshot is held.
    for (let list = this.#next; list; list = list.#next) {
      const source = list.#sources.get(sequence);
      if (source !== undefined) return source;
    }
    return undefined;
  }

  /** The list for what is replaced from now on. */
  continued(): ReplacedSources {
    this.#next = new ReplacedSources();
    return this.#next;
  }
}
