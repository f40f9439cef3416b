import { AlertError } from "../alert-error.ts";
import type { EventParser } from "./event-parser.ts";
import type { AlertPack } from "./pack.ts";

/** The parsers of several packs. */
export interface PackParsers {
  /** In the order of the packs; of those with one name the first. */
  readonly parsers: readonly EventParser[];
  /** An error for each parser that was left out. */
  readonly conflicts: readonly { readonly source: string; readonly error: AlertError }[];
}

/**
 * The parsers of packs, one that several packs give once. One whose name is taken, by another parser of an earlier pack or by what
 * comes with the service, is left out and reported as `PACK_PARSER_CONFLICT`, naming both.
 *
 * @param packs - In the order in which they were loaded; `source` names each in messages.
 * @param builtIn - Names of the parsers that come with the service.
 */
export const parsersOfPacks = (
  packs: readonly { readonly source: string; readonly pack: Pick<AlertPack, "parsers"> }[],
  builtIn: readonly string[],
): PackParsers => {
  const owners = new Map(builtIn.map((name) => [name, "MozDef itself"]));
  const parsers: EventParser[] = [];
  const conflicts: { source: string; error: AlertError }[] = [];
  for (const { source, pack } of packs)
    for (const parser of pack.parsers) {
      const owner = owners.get(parser.name);
      if (owner === undefined) {
        owners.set(parser.name, source);
        parsers.push(parser);
      } else if (!parsers.includes(parser)) conflicts.push({ source, error: conflict(parser.name, owner, source) });
    }
  return { parsers, conflicts };
};

const conflict = (name: string, owner: string, source: string): AlertError =>
  new AlertError(
    "PACK_PARSER_CONFLICT",
    `There is already a parser ${name}, from ${owner}; the one from ${source} is left out. The name says in each event who has read it: rename one of the two, or leave one of the packs out.`,
  );
