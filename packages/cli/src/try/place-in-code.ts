import { relative } from "node:path";
import { fileURLToPath } from "node:url";

/** An error, and what it was caused by. */
const chainOf = (error: unknown): readonly Error[] => (error instanceof Error ? [error, ...chainOf(error.cause)] : []);

/**
 * Where in a folder an error comes from, as `src/alert-x/alert-x.ts:25:13`; null when none of it was there.
 *
 * @param folder - Absolute, of the pack.
 */
export const placeInCode = (error: unknown, folder: string): string | null => {
  // What caused it is nearer to the place.
  for (const { stack = "" } of chainOf(error).toReversed())
    for (const [, url = "", position = ""] of stack.matchAll(/(file:\/\/[^\s()]+?)((?::\d+){1,2})\)?$/gm)) {
      const path = relative(folder, fileURLToPath(url));
      if (!path.startsWith("..") && !path.includes("node_modules")) return path + position;
    }
  return null;
};
