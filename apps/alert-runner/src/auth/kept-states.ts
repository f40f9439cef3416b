import type { Clock } from "@mozdef/alert-engine";
import { type AlertStore, statesOfType, type Versioned } from "@mozdef/alert-store";

type State = Versioned["source"];

/** Small documents of one type, as they were a few seconds ago at most. */
export interface KeptStates {
  /**
   * The first that fits. One that is not there is looked for in the store once more: it may be new.
   *
   * @throws {StoreError} when they were never read and cannot be.
   */
  readonly find: (fits: (state: State) => boolean) => Promise<State | null>;
  /** The next one who asks gets what the store has by then. */
  readonly forget: () => void;
}

/** How old what is kept may be: what another instance changes holds here by then. */
const LONGEST_MS = 5_000;

/** Between two looks for what is not there: whoever guesses must not make the store work. */
const MISSING_MS = 1_000;

/** Keeps small documents in memory, since every request asks for them. While the store does not answer, those read last hold. */
export const keptStates = (store: AlertStore, type: string, clock: Pick<Clock, "now">): KeptStates => {
  let kept: readonly State[] | null = null;
  let readAt = 0;
  let forgotten = 0;
  let reading: Promise<readonly State[]> | null = null;
  const age = (): number => Math.abs(clock.now().getTime() - readAt);
  const read = async (): Promise<readonly State[]> => {
    const asked = clock.now().getTime();
    try {
      const before = forgotten;
      kept = await statesOfType(store, type);
      // What was changed while it was read may not be in it.
      if (before === forgotten) readAt = asked;
      return kept;
    } catch (error) {
      if (kept === null) throw error;
      return kept;
    }
  };
  const begin = (): Promise<readonly State[]> => {
    const begun: Promise<readonly State[]> = read().finally(() => {
      if (reading === begun) reading = null;
    });
    return begun;
  };
  const atMost = (ms: number): Promise<readonly State[]> =>
    kept !== null && age() < ms ? Promise.resolve(kept) : (reading ??= begin());
  return {
    find: async (fits) => (await atMost(LONGEST_MS)).find(fits) ?? (await atMost(MISSING_MS)).find(fits) ?? null,
    forget: () => {
      readAt = Number.NEGATIVE_INFINITY;
      forgotten += 1;
      reading = null;
    },
  };
};
