/** Bytes that all requests together may hold. */
export class ByteBudget {
  readonly limit: number;
  #used = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  get used(): number {
    return this.#used;
  }

  hasRoom(bytes: number): boolean {
    return this.#used + bytes <= this.limit;
  }

  /** Takes bytes, or none when there is no room for all of them. */
  take(bytes: number): boolean {
    if (!this.hasRoom(bytes)) return false;
    this.#used += bytes;
    return true;
  }

  give(bytes: number): void {
    this.#used -= bytes;
  }
}
