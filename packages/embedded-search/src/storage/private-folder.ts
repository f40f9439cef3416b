import { chmodSync, closeSync, mkdirSync, openSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** Where backups may be, in the folder of the store. */
const BACKUPS = "backups";

/**
 * Creates the folder and the file of a store for their owner alone, and tightens those that are there: what is stored is not for
 * every user of the machine. A folder that holds other files, too, is left as it is.
 */
export const prepareFolder = (folder: string, fileName: string): void => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  closeSync(openSync(join(folder, fileName), "a", 0o600));
  const names = readdirSync(folder).filter((name) => name !== BACKUPS);
  const own = names.filter((name) => name.startsWith(fileName));
  for (const name of own) restrict(join(folder, name), 0o600);
  if (own.length === names.length) restrict(folder, 0o700);
};

const restrict = (path: string, mode: number): void => {
  try {
    chmodSync(path, mode);
  } catch {
    // Of another owner, or on a file system without modes: whoever made it so has decided.
  }
};
