import { type AlertStore, readState, StoreError, writeState } from "@mozdef/alert-store";
import { randomBytes } from "node:crypto";

const ID = "linkkey";

/**
 * The key by which links are signed: made by whoever needs it first, the same for all instances on the store.
 *
 * @returns a function that asks the store until it has it, and no more after that. It throws a {StoreError}.
 */
export const linkKey = (store: AlertStore): (() => Promise<Buffer>) => {
  let key: Promise<Buffer> | null = null;
  return () =>
    (key ??= readOrMake(store).catch((error: unknown) => {
      key = null;
      throw error;
    }));
};

const readOrMake = async (store: AlertStore): Promise<Buffer> => {
  const stored = await read(store);
  if (stored !== null) return stored;
  const made = randomBytes(32);
  try {
    await writeState(store, ID, { type: ID, name: ID, key: made.toString("base64url") }, null);
    return made;
  } catch (error) {
    const first = error instanceof StoreError && error.code === "STORE_CONFLICT" ? await read(store) : null;
    if (first === null) throw error;
    return first;
  }
};

const read = async (store: AlertStore): Promise<Buffer | null> => {
  const state = await readState(store, ID);
  return typeof state?.source.key === "string" ? Buffer.from(state.source.key, "base64url") : null;
};
