import { illegalArgument } from "../errors/api-error.ts";

/** Signs of a simple query string that can be switched on; each is one bit. */
export const SIMPLE_QUERY_FLAGS = {
  AND: 1,
  NOT: 2,
  OR: 4,
  PREFIX: 8,
  PHRASE: 16,
  PRECEDENCE: 32,
  ESCAPE: 64,
  WHITESPACE: 128,
  FUZZY: 256,
  NEAR: 512,
} as const;

/** All of them. */
export const ALL_FLAGS = -1;

const BITS: ReadonlyMap<string, number> = new Map([...Object.entries(SIMPLE_QUERY_FLAGS), ["SLOP", 512]]);

/**
 * Reads names joined by `|`.
 *
 * @throws {ApiError} 400 for a name that is none.
 */
export const parseSimpleQueryFlags = (text: string): number => {
  if (text === "") return ALL_FLAGS;
  let flags = 0;
  for (const name of text.split("|")) {
    const upper = name.toUpperCase();
    if (upper === "ALL") return ALL_FLAGS;
    if (upper === "NONE") return 0;
    const bit = BITS.get(upper);
    if (bit === undefined && name !== "") throw illegalArgument(`Unknown simple_query_string flag [${name}]`);
    flags |= bit ?? 0;
  }
  return flags;
};
