/**
 * Sources of documents that were replaced or deleted after a snapshot, by sequence number, for snapshots that still see them.
 *
 * A store on disk drops such a source at once. Each refresh starts a new list, and the previous one points to it: an old
 * snapshot keeps the lists since then alive, and when it is gone they are freed.
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
    // A loop, not recursion: there can be as many lists as refreshes while a snapshot is held.
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
