import type { DatabaseSync } from "node:sqlite";
import { type Chore, Pace } from "./background.ts";
import { isFull } from "./storage-error.ts";

/** Pages of the file that nothing is in. */
export const freePages = (database: DatabaseSync): number =>
  Number(database.prepare("PRAGMA freelist_count").get()?.freelist_count ?? 0);

/** Pages that a request gives back. */
const FEW_PAGES = 1_024;

/** Gives pages that nothing is in back to the file system, by moving others from the end of the file into their place. */
export class GiveBack implements Chore {
  /** The store itself uses free pages again at once, so there is time. */
  readonly share = 0.4;
  readonly #database: DatabaseSync;
  readonly #kept: number;
  readonly #pages = new Pace(16, FEW_PAGES);

  /** @param kept - Pages that stay free, for what is written next. */
  constructor(database: DatabaseSync, kept: number) {
    this.#database = database;
    this.#kept = kept;
  }

  step(): boolean {
    this.#pages.take((pages) => this.#giveBack(pages));
    if (freePages(this.#database) > this.#kept) return true;
    this.#database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    return false;
  }

  /** What belongs to a small index, at once. @returns whether that is all. */
  finishSmall(): boolean {
    try {
      this.#giveBack(FEW_PAGES);
      return !this.step();
    } catch (error) {
      if (!isFull(error)) throw error; // the room is free for the store all the same
      return false;
    }
  }

  #giveBack(pages: number): void {
    const most = Math.min(pages, freePages(this.#database) - this.#kept);
    if (most > 0) this.#database.exec(`PRAGMA incremental_vacuum(${most})`);
  }
}
