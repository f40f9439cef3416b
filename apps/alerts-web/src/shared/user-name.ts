import { readStored, writeStored } from "./stored.ts";

const STORAGE_KEY = "mozdef.username";

/** Who acknowledges, as the reader of this browser wrote it; empty when not known. */
export const readUserName = (): string => readStored(STORAGE_KEY) ?? "";

/** Remembers it; where the browser may not, it is asked for on each visit. */
export const writeUserName = (name: string): void => {
  writeStored(STORAGE_KEY, name.trim());
};
