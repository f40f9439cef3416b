/** What this browser remembers under a name; null when it is nothing. */
export const readStored = (key: string): string | null => {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // storage is forbidden in some private windows
  }
};

/** Remembers a text. @returns whether the browser did: it may be forbidden, or full. */
export const writeStored = (key: string, text: string): boolean => {
  try {
    localStorage.setItem(key, text);
    return true;
  } catch {
    return false;
  }
};
