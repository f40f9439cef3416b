import { type AlertStore, sentMessages } from "@mozdef/alert-store";

/** Groups that are remembered; others are asked about again. */
const MOST = 10_000;

/** When a target got something of a group last. */
export class SentTimes {
  readonly #store: AlertStore;
  readonly #target: string;
  readonly #last = new Map<string, Date | null>();

  constructor(store: AlertStore, target: string) {
    this.#store = store;
    this.#target = target;
  }

  /** Null when it has got nothing. @throws {StoreError} */
  async last(groupid: string): Promise<Date | null> {
    const known = this.#last.get(groupid);
    if (known !== undefined) return known;
    const { last } = await sentMessages(this.#store, { target: this.#target, groupid }, new Date(0));
    this.#remember(groupid, last);
    return last;
  }

  note(groupid: string, now: Date): void {
    this.#remember(groupid, now);
  }

  /** Of many groups, those that came first are forgotten. */
  #remember(groupid: string, last: Date | null): void {
    this.#last.delete(groupid);
    this.#last.set(groupid, last);
    for (const oldest of this.#last.keys()) {
      if (this.#last.size <= MOST) return;
      this.#last.delete(oldest);
    }
  }
}
