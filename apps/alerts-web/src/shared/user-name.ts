const STORAGE_KEY = "mozdef.username";

/** Who acknowledges, as the reader of this browser wrote it; empty when not known. */
export const readUserName = (): string => {
  try {
    return localStorage.getItem(STORAGE_KEY) ?? "";
  } catch {
    return ""; // storage is forbidden in some private windows; the name is then asked for on each visit
  }
};

export const writeUserName = (name: string): void => {
  try {
    localStorage.setItem(STORAGE_KEY, name.trim());
  } catch {
    // as above: nothing else depends on the name being remembered
  }
};
