import type { AlertStore } from "../alert-store.ts";
import { removeState, statesOfType, writeState } from "./service-state.ts";

/** What one of several instances on a store says of itself. */
export interface RunnerRecord {
  /** Another one with each start. */
  readonly id: string;
  /** Grows each time: an instance whose number does not grow is dead, paused, or away from the store. */
  readonly renewals: number;
  /** The host it runs on. */
  readonly host: string;
  /** Its version. */
  readonly version: string;
  /** Versions of its packs by their names. */
  readonly packs: Readonly<Record<string, string>>;
  /** Why it does not get on with its alerts, in a sentence; null when it does. */
  readonly standstill: string | null;
}

/** What the `type` of their documents says. */
export const RUNNER = "runner";

const idOf = (id: string): string => `${RUNNER}-${id}`;

/**
 * Says that an instance is there, and reads who else is.
 *
 * @returns all that have said so and have not been taken out, itself included. Whether they are alive is for the reader to
 *   find out by a clock of its own: clocks of machines are never compared.
 * @throws {StoreError}
 */
export const renewRunner = async (store: AlertStore, record: RunnerRecord): Promise<readonly RunnerRecord[]> => {
  await writeState(store, idOf(record.id), { type: RUNNER, name: record.id, ...record });
  return (await statesOfType(store, RUNNER)) as unknown as readonly RunnerRecord[];
};

/** Takes an instance out: it has ended, or is taken for dead. @throws {StoreError} */
export const removeRunner = (store: AlertStore, id: string): Promise<void> => removeState(store, idOf(id));
